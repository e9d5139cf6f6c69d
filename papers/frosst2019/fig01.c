/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 1: disentangling a cloud of points

Two hundred points in the plane are drawn from a normal distribution and given
labels at random: four classes, wholly entangled. We minimise the soft nearest
neighbour loss by gradient descent on the *coordinates*. There is no network and
nothing to generalise; the picture shows what the loss wants.

    fig01 --seed 1

*Reads* nothing. *Writes* the loss along the way, how often a point's nearest
neighbour is of its class, and where the points are at three moments. *Checked by*
the claims of Figure 1 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "data/synthetic.h"      /* gives: cloud_normal */
#include "learn/knn_classifier.h" /* gives: knn_leave_one_out */
#include "learn/snnl_temperature.h" /* gives: snnl_learning_temperature */
#include "nn/optimizer.h"        /* gives: optimizer_step, adam */
#include "run/run.h"             /* gives: run_begin, run_row, run_end */

/*
# What the paper says, and what it leaves open

The caption gives 200 points from a Gaussian, four classes assigned at random, and
gradient descent on both coordinates. The rate, the number of steps and the
temperature are ours: Adam at 0.05 moves every point by about 0.05 a step, whatever
the scale of the gradient, which changes by orders of magnitude as the temperature
falls; and the temperature is learned, as the paper recommends, from $T_0 = 1$.
*/
static struct { size_t points, classes, steps; double rate, temperature, temperature_rate; } set;

static const run_setting settings[] = {
    { "points", &set.points, NULL, { 40, 200, 200, 200 }, "points in the plane", "Figure 1" },
    { "classes", &set.classes, NULL, { 4, 4, 4, 4 }, "labels, drawn at random", "Figure 1" },
    { "steps", &set.steps, NULL, { 20, 500, 500, 500 }, "steps of gradient descent", "ours" },
    { "rate", NULL, &set.rate, { .05, .05, .05, .05 }, "learning rate of Adam", "ours" },
    { "temperature", NULL, &set.temperature, { 1, 1, 1, 1 }, "T at the start", "ours" },
    { "temperature-rate", NULL, &set.temperature_rate, { .1, .1, .1, .1 },
      "learning rate of 1/T, 0 to keep T", "the authors' code" },
    { 0 }
};

/*
# Measuring

Entanglement is the loss itself, at the temperature that was learned. It can be
small for a wrong reason, a temperature that has run away, so we also count how
many points have their nearest neighbour in their own class: that needs no
temperature.
*/
static void measure(run *r, size_t step, double loss, mat x, const int *labels, arena *scratch)
{
    run_row(r, "minimise", (double)step, "snnl", loss);
    run_row(r, "minimise", (double)step, "knn_accuracy", knn_leave_one_out(x, labels, scratch));
}

static void record_points(run *r, size_t step, mat x, const int *labels)
{
    for (size_t i = 0; i < x.rows; i++) {
        char name[32];
        snprintf(name, sizeof name, "point %zu", i);
        run_point(r, name, (double)step, (double)mat_row(x, i)[0], (double)mat_row(x, i)[1], labels[i]);
    }
}

/*
# Does it go down all the way?

Gradient descent need not fall at every step; the claim is about the curve. We
smooth it by a mean over ten steps, and `largest_rise` is the most by which the
smoothed curve ever stands above its lowest point so far.
*/
enum { WINDOW = 10 };

static double largest_rise(const double *loss, size_t n)
{
    double lowest = 1e9, rise = 0;
    for (size_t i = 0; i + WINDOW <= n; i++) {
        double mean = 0;
        for (size_t k = 0; k < WINDOW; k++) mean += loss[i + k] / WINDOW;
        if (mean < lowest) lowest = mean;
        if (mean - lowest > rise) rise = mean - lowest;
    }
    return rise;
}

/*
# Gradient descent on the points

The points are the only parameter. Every step builds the same short graph: the loss
of the points at a temperature that has first taken its own step downhill.
*/
static double *descend(run *r, parameter *points, const int *labels, arena *memory)
{
    double *loss = arena_take(memory, set.steps + 1, sizeof *loss);
    optimizer *o = optimizer_new(&adam, &points, 1, ADAM_DEFAULTS);
    snnl_temperature temperature = snnl_temperature_new(set.temperature, set.temperature_rate);
    tape *t = tape_new();
    for (size_t step = 0; step <= set.steps; step++) {
        node *x = tape_parameter(t, points);
        node *l = snnl_learning_temperature(t, x, labels, &temperature, SQUARED_EUCLIDEAN);
        loss[step] = run_loss(t, l);
        if (step % 10 == 0) measure(r, step, loss[step], points->value, labels, tape_arena(t));
        if (step == 0 || step == 10 || step == set.steps)
            record_points(r, step, points->value, labels);
        if (step < set.steps) {
            tape_backward(t, l);
            optimizer_step(o, set.rate);
        }
        tape_reset(t);
        run_tick(r, step, set.steps, "minimising");
    }
    run_row(r, "minimise", RUN_NO_X, "temperature_end", snnl_temperature_now(&temperature));
    tape_free(t);
    optimizer_free(o);
    return loss;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig01",
        .purpose = "Figure 1: minimises the soft nearest neighbour loss of randomly labelled points.",
        .settings = { settings } });
    arena *memory = arena_new();
    mat x = arena_mat(memory, set.points, 2);
    parameter points = { .name = "points", .value = x, .grad = arena_mat(memory, x.rows, x.cols) };
    int *labels = arena_take(memory, set.points, sizeof *labels);
    gsl_rng *rng = rng_new(run_seed(r), "points");
    cloud_normal(x, labels, rng, (int)set.classes);

    const double *loss = descend(r, &points, labels, memory);
    run_row(r, "minimise", RUN_NO_X, "snnl_start", loss[0]);
    run_row(r, "minimise", RUN_NO_X, "snnl_end", loss[set.steps]);
    run_row(r, "minimise", RUN_NO_X, "knn_accuracy_end", knn_leave_one_out(x, labels, memory));
    run_row(r, "minimise", RUN_NO_X, "largest_rise", largest_rise(loss, set.steps + 1));

    gsl_rng_free(rng);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
