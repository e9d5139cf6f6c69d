/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 15: on MNIST every layer disentangles

A network with one convolution and three dense layers learns MNIST with cross-entropy alone, and we
watch how entangled the classes are in each of its layers. On easy data the entanglement falls
everywhere, although nobody asked for it. Figure 3 shows that harder data do something else.

    fig15-mnist --seed 1

*Reads* MNIST. *Writes* the entanglement of each layer along the training, and its course as one number.
*Checked by* the claims of Figure 15 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "cnn.h"                 /* gives: cnn_init */
#include "measuring.h"           /* gives: measure_layers, history */
#include "run/load.h"            /* gives: run_load */
#include "training.h"            /* gives: train */

static struct { size_t steps, batch, looks, batches; double rate; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 40, 1000, 14000, 14000 }, "of Adam", "footnote 3" },
    { "batch", &set.batch, NULL, { 32, 256, 256, 256 }, "examples a step, and of a measurement", "footnote 3" },
    { "rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-4, 1e-4 }, "of Adam", "footnote 3" },
    { "looks", &set.looks, NULL, { 4, 20, 70, 70 }, "at the layers, evenly over the steps; one more before the first", "ours" },
    { "batches", &set.batches, NULL, { 1, 2, 4, 4 }, "of the training set that each look measures", "ours" },
    { 0 }
};

static const char *const layer[] = { "convolution", "dense 1", "dense 2" };

/*
# A look

The paper measures each training batch as it comes. We measure the same few batches at every look, so
that what changes from look to look is the network.
*/
static void look(trainer *m, history *h, examples part)
{
    double loss[MOST_LAYERS];
    size_t k = m->at.looks;
    measure_layers(loss, &m->net, part, set.batch, SQUARED_EUCLIDEAN, m->t, m->scratch);
    h->step[k] = (double)m->at.step;
    for (size_t i = 0; i < h->layers; i++) {
        h->at[i * h->looks + k] = loss[i];
        run_row(m->r, layer[i], h->step[k], "snnl", loss[i]);
    }
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig15-mnist",
        .purpose = "Figure 15: entanglement of each layer while a network learns MNIST.",
        .settings = { settings, cnn_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "mnist", NULL, memory);
    cnn c;
    network net;
    cnn_init(&c, &net, data.shape, data.classes, 1, memory);
    size_t every = set.steps / set.looks, n = data.train.x.rows;
    gsl_rng *pick = rng_new(run_seed(r), "measured");
    examples part = examples_subset(data.train, set.batch * set.batches, pick, memory);
    gsl_rng_free(pick);
    trainer m;
    trainer_init(&m, r, net, data.shape,
                 (recipe){ &adam, ADAM_DEFAULTS, set.rate, set.rate, set.batch, set.looks * every, .moves = { 0 } }, 1, n, memory);
    history h = history_new(net.layers, set.looks + 1, run_checkpoint(r), memory);
    run_resume(r);
    for (; m.at.looks <= set.looks; m.at.looks++) {
        train(&m, &baseline, data.train, m.at.looks * every);
        look(&m, &h, part);
    }
    for (size_t i = 0; i < net.layers; i++) {
        course of = history_course(&h, i, 0, memory);
        run_row(r, layer[i], RUN_NO_X, "over_first", of.over_first);
        run_row(r, layer[i], RUN_NO_X, "over_least", of.over_least);
        run_row(r, layer[i], RUN_NO_X, "correlation", of.correlation);
    }
    run_row(r, "network", RUN_NO_X, "accuracy", network_skill(&net, m.t, data.test).accuracy);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
