/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "cnn.h"
#include "cnn_comparison.h"
#include "run/load.h"

static struct { size_t steps, looks, tested; } set;

static void rows(run *r, const cnn_comparison *p)
{
    arena *memory = arena_new();
    dataset data = run_load(r, p->set, p->stand_in, memory);
    if (set.tested < data.test.x.rows) data.test.x = mat_rows(data.test.x, 0, set.tested);
    cnn c;
    network net;
    cnn_init(&c, &net, data.shape, data.classes, 2, memory);
    comparison_run(r, &data, net, cnn_recipe(set.steps), SQUARED_EUCLIDEAN, set.looks, memory);
    arena_free(memory);
}

int compare_cnn(int argc, char **argv, const cnn_comparison *p)
{
    run_setting settings[] = {
        { "steps", &set.steps, NULL, { 0 }, "of Adam", p->stated },
        { "looks", &set.looks, NULL, { 4, 10, 30, 30 }, "at both models, evenly over the steps", "ours" },
        { "tested", &set.tested, NULL, { 500, 100000, 100000, 100000 }, "test examples, at most", "ours" },
        { 0 }
    };
    memcpy(settings[0].value, p->steps, sizeof p->steps);
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = p->experiment, .purpose = p->purpose,
        .settings = { settings, entanglement_settings, cnn_training_settings, cnn_settings } });
    rows(r, p);
    run_end(r);
    return STATUS_DONE;
}
