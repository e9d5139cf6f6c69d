/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cnn.h"
#include "cnn_comparison.h"
#include "run/load.h"

static struct { size_t looks, tested; } set;

const run_setting cnn_comparison_settings[] = {
    { "looks", &set.looks, NULL, { 4, 10, 30, 30 }, "at both models, evenly over the steps", "ours" },
    { "tested", &set.tested, NULL, { 500, 100000, 100000, 100000 }, "test examples, at most", "ours" },
    { 0 }
};

void compare_cnn(run *r, const char *name, const char *stand_in, size_t steps)
{
    arena *memory = arena_new();
    dataset data = run_load(r, name, stand_in, memory);
    if (set.tested < data.test.x.rows) data.test.x = mat_rows(data.test.x, 0, set.tested);
    cnn c;
    network net;
    cnn_init(&c, &net, data.shape, data.classes, 2, memory);
    comparison_run(r, &data, net, cnn_recipe(steps), SQUARED_EUCLIDEAN, set.looks, memory);
    arena_free(memory);
}
