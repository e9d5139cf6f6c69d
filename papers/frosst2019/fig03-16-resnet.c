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
#include "history.h"             /* gives: history_look, history_course */
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
# The series

Every layer by itself, "layer 1" to "layer 15", and the mean over the layers of each stage, "stage 1" to
"stage 4". The convolution in front belongs to no stage.
*/
typedef struct layers { char name[16]; size_t first, count; } layers;   /* which layers a series averages */
enum { SERIES = RESNET_LAYERS + RESNET_STAGES };

static void series_of(layers *series, const residual_network *n)
{
    for (size_t i = 0; i < RESNET_LAYERS; i++) {
        series[i] = (layers){ .first = i, .count = 1 };
        snprintf(series[i].name, sizeof series[i].name, "layer %zu", i + 1);
        if (i == 0) continue;
        size_t s = n->stage_of[(i - 1) / 2];
        layers *stage = &series[RESNET_LAYERS + s];
        if (stage->count++ == 0) stage->first = i;
        snprintf(stage->name, sizeof stage->name, "stage %zu", s + 1);
    }
}

/*
# A look

The layers of a residual network are large, so the paper measures the cosine distance, which keeps the
calculation stable (App. C). We measure batches of the size that the network trains with.
*/
static void look(history *h, trainer *m, const layers *series, examples part, arena *memory)
{
    history_look(h, m, part, COSINE);
    for (size_t s = 0; s < SERIES; s++) {
        arena_mark mark = arena_save(memory);
        history mean = history_mean(h, series[s].first, series[s].count, memory);
        run_row(m->r, series[s].name, (double)m->at.step, "snnl", mean.at[m->at.looks]);
        arena_release(memory, mark);
    }
}

/* The course of every series, and that from the first look after the first epoch on. */
static void conclude(run *r, const history *h, const layers *series, size_t epoch, arena *memory)
{
    size_t early = 0;
    while (early + 2 < h->looks && h->step[early] < (double)epoch) early++;
    for (size_t s = 0; s < SERIES; s++) {
        history mean = history_mean(h, series[s].first, series[s].count, memory);
        course_rows(r, series[s].name, history_course(&mean, 0, early));
    }
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig03-16-resnet",
        .purpose = "Figures 3 and 16: entanglement of each layer while a residual network learns CIFAR-10.",
        .settings = { settings, resnet_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "cifar-10", NULL, memory);
    examples from = run_part(r, data.train, "examples", set.examples, memory),
             part = { mat_rows(from.x, 0, set.measured < from.x.rows ? set.measured : from.x.rows), from.y };
    static residual_network n;
    network net;
    resnet_init(&n, &net, data.shape, data.classes, resnet_width(), memory);
    recipe how = resnet_recipe(from.x.rows);
    if (part.x.rows < how.batch)
        die(STATUS_USAGE, "--measured %zu: expected a batch at least, %zu", part.x.rows, how.batch);
    layers series[SERIES] = { 0 };
    series_of(series, &n);

    trainer m;
    trainer_init(&m, r, net, data.shape, how, 1, from.x.rows, memory);
    history h = history_new(&net, set.looks + 1, run_checkpoint(r), memory);
    run_resume(r);
    for (; m.at.looks <= set.looks; m.at.looks++) {
        training_run(&m, &objective_baseline, from, trainer_look(&m, m.at.looks, set.looks));
        look(&h, &m, series, part, memory);
    }
    conclude(r, &h, series, batches_per_epoch(&m.data), memory);
    evaluation test = network_evaluate(&net, m.t, data.test);
    run_row(r, "network", RUN_NO_X, "accuracy", test.accuracy);
    run_row(r, "network", RUN_NO_X, "cross_entropy", test.cross_entropy);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
