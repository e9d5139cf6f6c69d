/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figures 3 and 16: what a residual network disentangles, and what it does not

A residual network (`papers/frosst2019/resnet.h`) learns CIFAR-10 with cross-entropy alone. How entangled
are the classes in its layers? The paper finds two regimes. At first all layers of the last stage
disentangle. Then the entanglement of its lower layers *rises* again, while its output goes on falling
(Figure 3). Averaged over the layers of a stage it stays, or rises, everywhere but in the last
(Figure 16): the lower layers look for features that classes share.

    fig03-16-resnet --seed 1

*Reads* CIFAR-10. *Writes* the entanglement of each layer and stage along the training, and its course as
numbers. *Checked by* the claims of Figures 3 and 16 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "measuring.h"           /* gives: measure_layers, history */
#include "resnet.h"              /* gives: resnet_init, resnet_recipe */
#include "run/load.h"            /* gives: run_load */

static struct { size_t looks, measured, examples; } set;

static const run_setting settings[] = {
    { "looks", &set.looks, NULL, { 2, 8, 40, 106 }, "at the layers, evenly over the training; one more before it", "ours" },
    { "measured", &set.measured, NULL, { 32, 512, 1024, 50000 }, "training examples that each look measures", "App. C" },
    { "examples", &set.examples, NULL, { 320, 5120, 50000, 50000 }, "of the training set to learn from", "ours" },
    { 0 }
};

/*
# A look

The layers of a residual network are large and far from one another in scale, so the paper measures
the cosine distance (App. C). We measure batches of the size that the network trains with, as it does.
*/
typedef struct layers { char name[16]; size_t first, count; } layers;   /* which layers a series averages */

static void record(run *r, const history *h, const layers *of, size_t k)
{
    double mean = 0;
    for (size_t i = of->first; i < of->first + of->count; i++)
        mean += h->at[i * h->looks + k] / (double)of->count;
    run_row(r, of->name, h->step[k], "snnl", mean);
}

static void look(trainer *m, history *h, const layers *series, size_t count, examples part)
{
    double loss[MOST_LAYERS];
    size_t k = m->at.looks;
    measure_layers(loss, &m->net, part, m->how.batch, COSINE, m->t, m->scratch);
    h->step[k] = (double)m->at.step;
    for (size_t i = 0; i < h->layers; i++) h->at[i * h->looks + k] = loss[i];
    for (size_t s = 0; s < count; s++) record(m->r, h, &series[s], k);
}

/*
# The series

Every layer by itself, "layer 1" to "layer 14", and the mean over each stage, "stage 1" to "stage 4".
*/
enum { SERIES = RESNET_LAYERS + RESNET_STAGES };

static void series_of(layers *series)
{
    for (size_t i = 0; i < RESNET_LAYERS; i++) {
        series[i] = (layers){ .first = i, .count = 1 };
        snprintf(series[i].name, sizeof series[i].name, "layer %zu", i + 1);
        layers *stage = &series[RESNET_LAYERS + resnet_stage(i)];
        if (stage->count++ == 0) stage->first = i;
        snprintf(stage->name, sizeof stage->name, "stage %zu", resnet_stage(i) + 1);
    }
}

/* The course of a series from the end of the first epoch on: of the mean of its layers. */
static void record_course(run *r, const history *h, const layers *of, size_t epoch, arena *memory)
{
    size_t from = 0;
    while (from + 2 < h->looks && h->step[from] < (double)epoch) from++;
    history mean = { 1, h->looks, arena_take(memory, h->looks, sizeof *mean.at), h->step };
    for (size_t k = 0; k < h->looks; k++) {
        mean.at[k] = 0;
        for (size_t i = of->first; i < of->first + of->count; i++)
            mean.at[k] += h->at[i * h->looks + k] / (double)of->count;
    }
    course c = history_course(&mean, 0, from, memory);
    run_row(r, of->name, RUN_NO_X, "fall", c.fall);
    run_row(r, of->name, RUN_NO_X, "over_first", c.over_first);
    run_row(r, of->name, RUN_NO_X, "over_least", c.over_least);
    run_row(r, of->name, RUN_NO_X, "correlation", c.correlation);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig03-16-resnet",
        .purpose = "Figures 3 and 16: entanglement of each layer while a residual network learns CIFAR-10.",
        .settings = { settings, resnet_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "cifar-10", NULL, memory);
    gsl_rng *pick = rng_new(run_seed(r), "examples");
    examples from = examples_subset(data.train, set.examples, pick, memory),
             part = examples_subset(from, set.measured, pick, memory);
    gsl_rng_free(pick);
    static residual_network n;
    network net;
    resnet_init(&n, &net, data.shape, data.classes, resnet_width(), memory);
    recipe how = resnet_recipe(from.x.rows);
    size_t every = how.steps / set.looks;
    how.steps = every * set.looks;
    layers series[SERIES] = { 0 };
    series_of(series);

    trainer m;
    trainer_init(&m, r, net, data.shape, how, 1, from.x.rows, memory);
    history h = history_new(net.layers, set.looks + 1, run_checkpoint(r), memory);
    run_resume(r);
    for (; m.at.looks <= set.looks; m.at.looks++) {
        train(&m, &baseline, from, m.at.looks * every);
        look(&m, &h, series, SERIES, part);
    }
    for (size_t s = 0; s < SERIES; s++) record_course(r, &h, &series[s], batches_per_epoch(&m.data), memory);
    skill test = network_skill(&net, m.t, data.test);
    run_row(r, "network", RUN_NO_X, "accuracy", test.accuracy);
    run_row(r, "network", RUN_NO_X, "cross_entropy", test.cross_entropy);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
