/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 15: on MNIST every layer disentangles

A network with one convolution and three dense layers learns MNIST with cross-entropy alone, and we
watch how entangled the classes are in each of its layers. On easy data the entanglement falls
everywhere, although nobody asked for it. Figure 3 shows that harder data do something else.

    fig15-mnist --seed 1

*Reads* MNIST. *Writes* the entanglement of each layer along the training, and its course as numbers.
*Checked by* the claims of Figure 15 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_init */
#include "history.h"             /* gives: history_look, history_course */
#include "run/load.h"            /* gives: run_load */

static struct { size_t steps, looks, batches; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 40, 1000, 14000, 14000 }, "of Adam", "footnote 3" },
    { "looks", &set.looks, NULL, { 4, 20, 70, 70 }, "at the layers, evenly over the steps; one more before the first", "ours" },
    { "batches", &set.batches, NULL, { 1, 2, 4, 4 }, "of the training set that each look measures", "ours" },
    { 0 }
};

static const char *const layer[] = { "convolution", "dense 1", "dense 2", "scores" };
enum { LAYERS = sizeof layer / sizeof *layer };

/*
# A look

The paper measures each training batch as it comes. We measure the same few batches at every look, so
that what changes from look to look is the network. The third dense layer's outputs are the scores.
*/
static void look(history *h, trainer *m, examples part)
{
    history_look(h, m, part, SQUARED_EUCLIDEAN);
    for (size_t i = 0; i < LAYERS; i++)
        run_row(m->r, layer[i], (double)m->at.step, "snnl", h->at[i * h->looks + m->at.looks]);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig15-mnist",
        .purpose = "Figure 15: entanglement of each layer while a network learns MNIST.",
        .settings = { settings, cnn_training_settings, cnn_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "mnist", NULL, memory);
    cnn c;
    network net;
    cnn_init(&c, &net, data.shape, data.classes, 1, memory);
    recipe how = cnn_recipe(set.steps);
    examples part = run_part(r, data.train, "measured", how.batch * set.batches, memory);
    trainer m;
    trainer_init(&m, r, net, data.shape, how, 1, data.train.x.rows, memory);
    history h = history_new(&net, set.looks + 1, run_checkpoint(r), memory);
    run_resume(r);
    for (; m.at.looks <= set.looks; m.at.looks++) {
        training_run(&m, &objective_baseline, data.train, trainer_look(&m, m.at.looks, set.looks));
        look(&h, &m, part);
    }
    for (size_t i = 0; i < LAYERS; i++) course_rows(r, layer[i], history_course(&h, i, 0));
    run_row(r, "network", RUN_NO_X, "accuracy", network_evaluate(&net, m.t, data.test).accuracy);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
