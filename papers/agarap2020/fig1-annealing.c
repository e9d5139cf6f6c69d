/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 1: a temperature that falls

Agarap and Azcarraga let the temperature of the soft nearest neighbour loss fall with
the epoch i (equation 3):

$$ T = \frac{1}{(\eta + i)^\gamma}, \qquad \eta = 1, \quad \gamma = 0.55. $$

Early on, T = 1 and far points matter; late, T = 0.12 and only neighbours do. Their
first figure compares this with a fixed temperature on 300 points of a Gaussian with
random labels, and finds lower entanglement at an earlier epoch.

    fig1-annealing --seed 1

*Reads* nothing. *Writes*, for both schedules and every epoch, the entanglement at one
common temperature and the error of the nearest neighbour, and where the points are at
epochs 0, 20 and 50. *Checked by* the claims of Figure 1 in
`papers/agarap2020/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "data/synthetic.h"      /* gives: cloud_normal */
#include "learn/knn_classifier.h" /* gives: knn_leave_one_out */
#include "learn/snnl.h"          /* gives: snnl */
#include "nn/optimizer.h"        /* gives: optimizer_step, sgd */
#include "run/run.h"             /* gives: run_begin, run_row, run_end */

/*
# What is open

The number of classes, the fixed temperature, the rate and the distance are not
stated. We take four classes; T = 1, where annealing starts; plain gradient descent;
and the squared Euclidean distance, because points in the plane have only one angle to
move along. An epoch is one step, since all points form one batch. The loss is a mean
over the points, so the rate is multiplied by their number: then it does not depend
on how many there are.
*/
static struct {
    size_t points, classes, epochs;
    double rate, fixed, eta, gamma, common;
} set;

static const run_setting settings[] = {
    { "points", &set.points, NULL, { 60, 300, 300, 300 }, "points in the plane", "Figure 1" },
    { "classes", &set.classes, NULL, { 4, 4, 4, 4 }, "labels, drawn at random", "ours" },
    { "epochs", &set.epochs, NULL, { 50, 50, 50, 50 }, "steps of gradient descent", "Figure 1" },
    { "rate", NULL, &set.rate, { .1, .1, .1, .1 }, "learning rate, times the points", "ours" },
    { "fixed", NULL, &set.fixed, { 1, 1, 1, 1 }, "the fixed temperature", "ours" },
    { "eta", NULL, &set.eta, { 1, 1, 1, 1 }, "of the annealing", "II.B.2" },
    { "gamma", NULL, &set.gamma, { .55, .55, .55, .55 }, "of the annealing", "II.B.2" },
    { "common", NULL, &set.common, { .1, .1, .1, .1 }, "temperature of the measurement", "ours" },
    { 0 }
};

/*
# The schedules
*/
typedef struct schedule { const char *name; bool annealing; } schedule;
static const schedule schedules[] = { { "fixed", false }, { "annealing", true } };

static double temperature(const schedule *s, size_t epoch)
{
    return s->annealing ? 1 / pow(set.eta + (double)epoch, set.gamma) : set.fixed;
}

static node *loss_at(tape *t, node *x, const int *labels, double T)
{
    real *tau = arena_take(tape_arena(t), 1, sizeof *tau);
    *tau = (real)(1 / T);
    return snnl(t, x, labels, tape_input(t, mat_view(tau, 1, 1)), SQUARED_EUCLIDEAN);
}

/*
# A fair comparison

The two runs minimise different functions, and a loss at a low temperature cannot be
compared with one at a high one. So both clouds are judged at one common temperature,
and by a measure that has none: the share of points whose nearest neighbour is of
another class.
*/
static void measure(run *r, const char *series, size_t epoch, mat x, const int *labels, tape *t)
{
    run_row(r, series, (double)epoch, "snnl",
            run_loss(t, loss_at(t, tape_input(t, x), labels, set.common)));
    run_row(r, series, (double)epoch, "knn_error",
            1 - knn_leave_one_out(x, labels, tape_arena(t)));
    tape_reset(t);
    if (epoch != 0 && epoch != 20 && epoch != set.epochs) return;
    for (size_t i = 0; i < x.rows; i++) {
        char name[64];
        snprintf(name, sizeof name, "point %s %zu", series, i);
        run_point(r, name, (double)epoch, (double)mat_row(x, i)[0], (double)mat_row(x, i)[1], labels[i]);
    }
}

/*
# Gradient descent on the points
*/
static void descend(run *r, const schedule *s, parameter *points, const int *labels)
{
    optimizer *o = optimizer_new(&sgd, &points, 1, SGD_DEFAULTS);
    tape *t = tape_new();
    for (size_t epoch = 0; epoch < set.epochs; epoch++) {
        measure(r, s->name, epoch, points->value, labels, t);
        node *l = loss_at(t, tape_parameter(t, points), labels, temperature(s, epoch));
        run_loss(t, l);
        tape_backward(t, l);
        optimizer_step(o, set.rate * (double)set.points);
        tape_reset(t);
        run_tick(r, epoch, set.epochs, s->name);
    }
    measure(r, s->name, set.epochs, points->value, labels, t);
    tape_free(t);
    optimizer_free(o);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "agarap2020", .experiment = "fig1-annealing",
        .purpose = "Figure 1: compares a fixed and a falling temperature on random points.",
        .settings = { settings } });
    arena *memory = arena_new();
    mat start = arena_mat(memory, set.points, 2), x = arena_mat(memory, set.points, 2);
    parameter points = { .name = "points", .value = x, .grad = arena_mat(memory, x.rows, 2) };
    int *labels = arena_take(memory, set.points, sizeof *labels);
    gsl_rng *rng = rng_new(run_seed(r), "points");
    cloud_normal(start, labels, rng, (int)set.classes);

    for (size_t i = 0; i < sizeof schedules / sizeof *schedules; i++) {
        mat_copy(x, start);
        descend(r, &schedules[i], &points, labels);
    }
    gsl_rng_free(rng);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
