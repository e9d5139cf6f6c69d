/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 2: the triplet loss and the soft nearest neighbour loss

Both losses compare distances within classes to distances between them; the triplet
loss with one partner of each kind a point, the soft nearest neighbour loss with all
of them. Minimised, the paper finds, they do much the same. Maximised, it says, they do
not: the triplet loss throws the points onto a circle, the soft nearest neighbour loss
spreads them out. That matters, because entangled representations are learned by *maximising*.

    fig02 --seed 1

*Reads* nothing. *Writes* two measures of each final cloud, and the clouds. *Checked
by* the claims of Figure 2 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "data/synthetic.h"      /* gives: cloud_normal */
#include "learn/distance.h"      /* gives: distance_squared */
#include "learn/snnl_temperature.h" /* gives: snnl_learning_temperature */
#include "learn/triplet.h"       /* gives: triplet_loss, triplet_sample */
#include "nn/optimizer.h"        /* gives: optimizer_step, adam, sgd */
#include "run/run.h"             /* gives: run_begin, run_row, run_end */
#include "tape/arithmetic.h"     /* gives: scale */

/*
# Choices

The paper names neither margin, rate nor number of steps. Maximising either loss has
no end: distances grow as long as we let them. So the picture is of a fixed number of
steps, the same for all runs, and what we measure does not depend on scale.

The optimizer matters too. Adam gives every coordinate a step of about the same
length, however small its gradient; plain gradient descent multiplies a maximised
triplet loss's distances by a factor each step, and a few points run away. We follow
Adam, as in Figure 1, and show the plain descent of the triplet loss beside it.
*/
static struct {
    size_t points, classes, steps;
    double rate, plain_rate, margin, temperature, temperature_rate;
} set;

static const run_setting settings[] = {
    { "points", &set.points, NULL, { 40, 200, 200, 200 }, "points in the plane", "ours" },
    { "classes", &set.classes, NULL, { 4, 4, 4, 4 }, "labels, drawn at random", "appendix B" },
    { "steps", &set.steps, NULL, { 20, 300, 300, 300 }, "steps of each run", "ours" },
    { "rate", NULL, &set.rate, { .05, .05, .05, .05 }, "learning rate of Adam", "ours" },
    { "plain-rate", NULL, &set.plain_rate, { .001, .001, .001, .001 },
      "learning rate of plain gradient descent", "ours" },
    { "margin", NULL, &set.margin, { 1, 1, 1, 1 }, "of the triplet loss", "ours" },
    { "temperature", NULL, &set.temperature, { 1, 1, 1, 1 }, "T at the start", "ours" },
    { "temperature-rate", NULL, &set.temperature_rate, { .1, .1, .1, .1 },
      "learning rate of 1/T, 0 to keep T", "the authors' code" },
    { 0 }
};

/*
# Two measures without a scale

`separation` is the mean distance between points of different classes over the mean
distance within classes: 1 for labels drawn at random, larger when classes part.
`radius_cv` is the coefficient of variation of the points' distances from their
common centre: 0 on a circle, 0.52 for a Gaussian in the plane
($\sqrt{4/\pi - 1}$), 0.35 for an evenly filled disc.
*/
static double separation(mat x, const int *labels)
{
    double sum[2] = { 0 }, count[2] = { 0 };
    for (size_t i = 0; i < x.rows; i++)
        for (size_t k = 0; k < i; k++) {
            int same = labels[i] == labels[k];
            sum[same] += sqrt(distance_squared(mat_row(x, i), mat_row(x, k), x.cols));
            count[same]++;
        }
    return (sum[0] / count[0]) / (sum[1] / count[1]);
}

static double radius_cv(mat x, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    real centre[2] = { 0 };
    double *radius = arena_take(scratch, x.rows, sizeof *radius);
    for (size_t i = 0; i < x.rows; i++)
        for (size_t j = 0; j < 2; j++) centre[j] += mat_row(x, i)[j] / (real)x.rows;
    for (size_t i = 0; i < x.rows; i++)
        radius[i] = sqrt(distance_squared(mat_row(x, i), centre, 2));
    double mean = gsl_stats_mean(radius, 1, x.rows);
    double sd = gsl_stats_sd_m(radius, 1, x.rows, mean);
    arena_release(scratch, mark);
    return sd / mean;
}

static void measure(run *r, const char *series, mat x, const int *labels, arena *scratch)
{
    run_row(r, series, RUN_NO_X, "separation", separation(x, labels));
    run_row(r, series, RUN_NO_X, "radius_cv", radius_cv(x, scratch));
    for (size_t i = 0; i < x.rows; i++) {
        char name[64];
        snprintf(name, sizeof name, "point %s", series);
        run_point(r, name, (double)i, (double)mat_row(x, i)[0], (double)mat_row(x, i)[1], labels[i]);
    }
}

/*
# One run

The temperature is always learned downhill, also when the points go uphill: the loss
that is maximised is the one at its best temperature (equation 2). The triplet loss
draws new partners every step.
*/
typedef struct contest { const char *series; bool triplet, plain; double direction; } contest;

static node *objective(tape *t, node *x, const contest *c, const int *labels,
                       snnl_temperature *temperature, gsl_rng *partners)
{
    if (!c->triplet) return snnl_learning_temperature(t, x, labels, temperature, SQUARED_EUCLIDEAN);
    size_t b = x->value.rows;
    size_t *positive = arena_take(tape_arena(t), b, sizeof *positive);
    size_t *negative = arena_take(tape_arena(t), b, sizeof *negative);
    triplet_sample(positive, negative, partners, labels, b);
    return triplet_loss(t, x, positive, negative, set.margin);
}

static void descend(run *r, const contest *c, parameter *points, const int *labels)
{
    optimizer *o = c->plain ? optimizer_new(&sgd, &points, 1, SGD_DEFAULTS)
                            : optimizer_new(&adam, &points, 1, ADAM_DEFAULTS);
    gsl_rng *partners = rng_new(run_seed(r), c->series);
    snnl_temperature temperature = snnl_temperature_new(set.temperature, set.temperature_rate);
    tape *t = tape_new();
    for (size_t step = 0; step < set.steps; step++) {
        node *x = tape_parameter(t, points);
        node *l = objective(t, x, c, labels, &temperature, partners);
        run_loss(t, l);
        tape_backward(t, scale(t, l, c->direction));
        optimizer_step(o, c->plain ? set.plain_rate : set.rate);
        tape_reset(t);
        run_tick(r, step, set.steps, c->series);
    }
    tape_free(t);
    gsl_rng_free(partners);
    optimizer_free(o);
}

static const contest contests[] = {
    { .series = "triplet-minimise", .triplet = true, .direction = 1 },
    { .series = "triplet-maximise", .triplet = true, .direction = -1 },
    { .series = "triplet-maximise-plain", .triplet = true, .plain = true, .direction = -1 },
    { .series = "snnl-minimise", .direction = 1 },
    { .series = "snnl-maximise", .direction = -1 },
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig02",
        .purpose = "Figure 2: minimises and maximises the triplet and the soft nearest neighbour loss.",
        .settings = { settings } });
    arena *memory = arena_new();
    mat start = arena_mat(memory, set.points, 2), x = arena_mat(memory, set.points, 2);
    parameter points = { .name = "points", .value = x, .grad = arena_mat(memory, x.rows, 2) };
    int *labels = arena_take(memory, set.points, sizeof *labels);
    gsl_rng *rng = rng_new(run_seed(r), "points");
    cloud_normal(start, labels, rng, (int)set.classes);

    measure(r, "initial", start, labels, memory);
    for (size_t i = 0; i < sizeof contests / sizeof *contests; i++) {
        mat_copy(x, start);
        descend(r, &contests[i], &points, labels);
        measure(r, contests[i].series, x, labels, memory);
    }
    gsl_rng_free(rng);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
