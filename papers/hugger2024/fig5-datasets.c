/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 5: the data sets of the toy

t-SNE draws the points of five of the nine data sets of Figure 1 in the plane. At 0 % the twenty Gaussians are islands;
the more their modes are aligned, the more they overlap, and labels become a matter of chance.

A map can flatter, so we also ask the nearest neighbours: how often is a point's from the same Gaussian, in the map and in
the space that it draws? And how often does the largest of the true scores, a linear rule, name the Gaussian?

    fig5-datasets --seed 1

*Reads* nothing. *Writes* the points of the maps, and the measures of all nine data sets. *Checked by* the claims of Figure
5 in `papers/hugger2024/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "estimate.h"            /* gives: toy_of */
#include "learn/calibration.h"   /* gives: top_accuracy */
#include "learn/knn_classifier.h" /* gives: knn_leave_one_out */
#include "learn/tsne.h"          /* gives: tsne_step */

static struct { size_t iterations, shown; double perplexity; } set;

static const run_setting settings[] = {
    { "tsne-iterations", &set.iterations, NULL, { 30, 500, 1000, 1000 }, "of t-SNE", "ours" },
    { "perplexity", NULL, &set.perplexity, { 10, 30, 30, 30 }, "of t-SNE", "ours" },
    { "shown", &set.shown, NULL, { 100, 800, 800, 800 }, "points of a map in the result, for the picture", "ours" },
    { 0 }
};

/*
# Measures
*/
static void measure(run *r, const toy *d, double percent, arena *memory)
{
    mat p = arena_mat(memory, d->x.rows, d->theta.rows);
    posterior(p, d->x, d->theta);
    run_row(r, "labels", percent, "entropy", entropy(p));
    run_row(r, "labels", percent, "angle", modes_apart(d->theta));
    run_row(r, "space", percent, "linear_accuracy", top_accuracy(p, d->mode, 1));
    run_row(r, "space", percent, "knn_accuracy", knn_leave_one_out(d->x, d->mode, memory));
}

/* Three decimals are more than a picture shows. */
static void record_points(run *r, double percent, mat y, const int *mode)
{
    for (size_t i = 0; i < y.rows && i < set.shown; i++) {
        char series[48];
        snprintf(series, sizeof series, "point %zu", i);
        run_row(r, series, percent, "x1", round(1e3 * (double)mat_row(y, i)[0]) / 1e3);
        run_row(r, series, percent, "x2", round(1e3 * (double)mat_row(y, i)[1]) / 1e3);
        run_row(r, series, percent, "mode", mode[i]);
    }
}

static void draw(run *r, const toy *d, double percent, arena *memory)
{
    mat y = arena_mat(memory, d->x.rows, 2);
    tsne_settings how = tsne_defaults;
    how.perplexity = set.perplexity;
    how.iterations = set.iterations;
    how.exaggerated = set.iterations / 4;
    tsne_start(y, d->x, memory);
    tsne *t = tsne_new(d->x, y, &how, memory);
    while (t->iteration < how.iterations) {
        tsne_step(t);
        run_tick(r, (size_t)(percent / 20) * how.iterations + t->iteration, 5 * how.iterations, "drawing");
    }
    tsne_map(y, t);
    tsne_free(t);
    run_row(r, "map", percent, "knn_accuracy", knn_leave_one_out(y, d->mode, memory));
    record_points(r, percent, y, d->mode);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "fig5-datasets",
        .purpose = "Figure 5: the data sets of Figure 1, drawn by t-SNE.",
        .settings = { settings, toy_settings } });
    arena *memory = arena_new();
    size_t next = 0;
    checkpoint_keep(run_checkpoint(r), "next", &next, sizeof next);
    run_resume(r);
    for (; next <= 8; next++) {
        double percent = 10 * (double)next;
        toy d = toy_of(r, (toy_reading){ SPHERICAL, false, false }, percent, memory);
        if (next % 2 == 0) draw(r, &d, percent, memory);
        measure(r, &d, percent, memory);
        arena_reset(memory);
    }
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
