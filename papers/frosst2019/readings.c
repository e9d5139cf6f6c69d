/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readings: what decides whether entanglement helps?

The paper says that entangled networks classify better, and leaves open what decides it: how much the
entanglement is worth ($\alpha$), whether activations are normalised, where the temperature starts and how it
is found, and which layers take part. We train the network of Table 1 under each choice on 50,000 images of a
training set and test it on the other 10,000. **The test set is not touched**: the $\alpha$ of Table 1 is
chosen from these rows, and the weight of Figure 14's triplet loss from those called *triplet*.

    readings --seed 11

*Reads* Fashion-MNIST and MNIST. *Writes* accuracy and cross-entropy on the held-out images for each
reading (`papers/frosst2019/reading.h`), its gain over the baseline, and how entangled each layer ends up; the networks are
kept for `readings-attacked`. *Checked by* the rows of
`papers/frosst2019/claims.tsv` that begin with R: which reading lands on Table 1?

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_init */
#include "measuring.h"           /* gives: measure_layers */
#include "reading.h"             /* gives: readings, split_of */
#include "run/load.h"            /* gives: run_load */
#include "run/trained.h"         /* gives: trained_save */
#include "training.h"            /* gives: training_run */

static struct { size_t steps, held_out; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 20, 120, 7000, 14000 }, "of Adam, for each reading", "footnote 3" },
    { "held-out", &set.held_out, NULL, { 500, 2000, 10000, 10000 }, "examples of the training set to test on", "ours" },
    { 0 }
};

/* Held out are a batch or more, and no more than half. */
static split split_of_set(const run *r, examples all, size_t batch, arena *memory)
{
    size_t n = all.x.rows, held = set.held_out;
    if (held > n / 2 || held < batch)
        die(STATUS_USAGE, "--held-out %zu of %zu examples, batches of %zu: expected a batch or more, and no more than "
            "half", held, n, batch);
    return split_of(r, all, held, memory);
}

/* `base` is the accuracy of the set's baseline, which is trained first. */
static void judge(trainer *m, const objective *o, const split *of, double *base)
{
    size_t n = of->held_out.x.rows;
    evaluation held = network_evaluate(&m->net, m->t, of->held_out);
    evaluation seen = network_evaluate(&m->net, m->t, (examples){ mat_rows(of->train.x, 0, n), of->train.y });
    run_row(m->r, o->name, RUN_NO_X, "accuracy", held.accuracy);
    run_row(m->r, o->name, RUN_NO_X, "cross_entropy", held.cross_entropy);
    if (o->alpha == 0) *base = held.accuracy;
    else run_row(m->r, o->name, RUN_NO_X, "gain", held.accuracy - *base);
    run_row(m->r, o->name, RUN_NO_X, "gap", held.cross_entropy - seen.cross_entropy);

    enum { BATCHES = 4 };
    double loss[MOST_LAYERS + 1];
    size_t batch = m->how.batch, few = BATCHES * batch < n ? BATCHES * batch : n;
    measure_layers(loss, &m->net, (examples){ mat_rows(of->held_out.x, 0, few), of->held_out.y }, batch,
                   SQUARED_EUCLIDEAN, m->t, m->scratch);
    for (size_t i = 0; i < m->net.layers; i++) run_row(m->r, o->name, (double)(i + 1), "snnl", loss[i]);
    if (o->alpha != 0 && !o->triplet) temperatures_rows(&m->T, m->r, o);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "readings",
        .purpose = "Trains Table 1's network under every reading of what the paper leaves open.",
        .settings = { settings, temperature_settings, cnn_training_settings, cnn_settings } });
    arena *memory = arena_new();
    dataset fashion = run_load(r, "fashion-mnist", NULL, memory), mnist = run_load(r, "mnist", NULL, memory);
    recipe how = cnn_recipe(set.steps);
    const split of[2] = { split_of_set(r, fashion.train, how.batch, memory),
                          split_of_set(r, mnist.train, how.batch, memory) };
    cnn c;
    network net;
    cnn_init(&c, &net, fashion.shape, fashion.classes, 2, memory);
    trainer m;
    trainer_init(&m, r, net, fashion.shape, how, READINGS, of[0].train.x.rows, memory);
    double base[2] = { 0 };
    checkpoint_keep(run_checkpoint(r), "baselines", base, sizeof base);
    run_resume(r);
    for (; m.at.training < READINGS; trainer_next(&m)) {
        const reading *now = &readings[m.at.training];
        training_run(&m, &now->o, of[now->mnist].train, set.steps);
        judge(&m, &now->o, &of[now->mnist], &base[now->mnist]);
        char name[64];
        reading_file_name(name, sizeof name, now);
        trained_save(r, name, &net, network_keep);
    }
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
