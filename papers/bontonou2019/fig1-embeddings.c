/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 1: two ways to the plane

Give a network only two outputs, and one can watch it learn. On top the paper shows the places that its loss
finds for training images; below those in a bottleneck of two, behind which a dense layer and cross-entropy
wait. The first makes clusters, the second lines through the middle: a score is a direction, and who is far out
in it is sure of its class.

In both the places have mean 0 and variance 1 over the batch (`papers/bontonou2019/objective.h` says why). The
paper's columns are moments of the training that it does not name; ours come after a sixteenth, a quarter, half
and all of it.

    fig1-embeddings --seed 1

*Reads* CIFAR-10. *Writes* for each moment, x being the share of the training, the places of some training
examples, and of more of them three measures. *Checked by* the claims of Figure 1 in
`papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "learn/clustering_internal.h" /* gives: clustering_davies_bouldin */
#include "learn/knn_classifier.h" /* gives: knn_agreement */
#include "elongation.h"          /* gives: elongation */
#include "training.h"            /* gives: train */

static struct { size_t examples, measured, shown; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 200, 5000, 10000, 50000 }, "of the training set to learn from", "4.2" },
    { "measured", &set.measured, NULL, { 100, 2000, 5000, 5000 }, "of them, for the measures", "ours" },
    { "shown", &set.shown, NULL, { 50, 600, 600, 600 }, "of these, in the picture", "ours" },
    { 0 }
};

/*
# A look

*neighbours* is how many of the ten nearest other examples carry an example's own label, in percent; the
Davies-Bouldin index is small where classes are narrow and far apart; the *elongation* of a class is 1 for a line and 0 for
a disc (`papers/bontonou2019/elongation.h`).
*/
static void show(run *r, const char *name, double at, mat x, const int *y)
{
    for (size_t i = 0; i < x.rows; i++) {
        char series[64];
        snprintf(series, sizeof series, "point %s %zu", name, i + 1);
        run_point(r, series, at, (double)mat_row(x, i)[0], (double)mat_row(x, i)[1], y[i]);
    }
}

static void look(trainer *m, const objective *o, double at, arena *scratch)
{
    enum { K = 10 };
    arena_mark mark = arena_save(scratch);
    examples of = m->of->train;
    mat x = embedder_places(&m->net, o, mat_rows(of.x, 0, set.measured), m->t, scratch);
    run_row(m->r, o->name, at, "neighbours", 100 * knn_agreement(x, of.y, K, scratch));
    double index = clustering_davies_bouldin(x, of.y, scratch);
    if (isfinite(index)) run_row(m->r, o->name, at, "davies_bouldin", index);
    run_row(m->r, o->name, at, "elongation", elongation(x, of.y, m->of->classes));
    show(m->r, o->name, at, mat_rows(x, 0, set.shown), of.y);
    arena_release(scratch, mark);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "fig1-embeddings",
        .purpose = "Figure 1: places of CIFAR-10's training images in the plane, by either loss.",
        .settings = { settings, prepared_settings, network_settings, training_settings, descent_settings } });
    static const double moment[] = { .0625, .25, .5, 1 };
    enum { LOOKS = sizeof moment / sizeof *moment, NETWORKS = 2 };
    objective objectives[NETWORKS] = { proposed("proposed", 2), { .name = "bottleneck", .ends = BOTTLENECK, .d = 2 } };
    objectives[0].ends = PLANE;
    arena *memory = arena_new();
    prepared of = prepared_load(r, "cifar-10", set.examples, 1, false, memory);
    if (set.measured > of.train.x.rows || set.shown > set.measured)
        die(STATUS_USAGE, "--examples %zu, --measured %zu, --shown %zu: expected none to be more than the one before",
            of.train.x.rows, set.measured, set.shown);
    trainer m;
    trainer_init(&m, r, &of, descent(of.train.x.rows, true), NETWORKS, memory);
    run_resume(r);
    for (; m.at.training < NETWORKS; trainer_next(&m))
        for (; m.at.looks < LOOKS; m.at.looks++) {
            const objective *o = &objectives[m.at.training];
            train(&m, o, (size_t)(moment[m.at.looks] * (double)m.how.steps));
            look(&m, o, moment[m.at.looks], memory);
        }
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
