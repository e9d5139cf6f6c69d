/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 13: a class may live in two places

The soft nearest neighbour loss asks that a point's neighbours be of its class; it
does not ask that a class be *one* cluster. Here every class is drawn from two
Gaussians. When we minimise the loss by gradient descent on the coordinates, both
modes should survive. A loss that pulls a class to its centre, like the variance
within classes, would merge them.

    fig13 --seed 1

*Reads* nothing. *Writes* the loss and three measures of shape along the way, and
where the points are at three moments. *Checked by* the claims of Figure 13 in
`papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "data/synthetic.h"      /* gives: cloud_modes */
#include "learn/kmeans.h"        /* gives: kmeans_fit */
#include "learn/snnl_temperature.h" /* gives: snnl_learning_temperature */
#include "nn/optimizer.h"        /* gives: optimizer_step, adam */
#include "run/run.h"             /* gives: run_begin, run_row, run_end */

/*
# The cloud

Four classes of two modes, 25 points a mode, as many points as in Figure 1. The
paper gives no more than "two Gaussians" a class: where the modes lie and how wide
they are is ours. We minimise just as in Figure 1.
*/
static struct {
    size_t points, classes, steps;
    double reach, sd, rate, temperature, temperature_rate;
} set;

static const run_setting settings[] = {
    { "points", &set.points, NULL, { 80, 200, 200, 200 }, "points, a multiple of 2 x classes", "ours" },
    { "classes", &set.classes, NULL, { 4, 4, 4, 4 }, "classes", "Figure 13" },
    { "steps", &set.steps, NULL, { 20, 500, 500, 500 }, "steps of gradient descent", "ours" },
    { "reach", NULL, &set.reach, { 4, 4, 4, 4 }, "modes lie within plus or minus this", "ours" },
    { "sd", NULL, &set.sd, { .5, .5, .5, .5 }, "standard deviation of a mode", "ours" },
    { "rate", NULL, &set.rate, { .05, .05, .05, .05 }, "learning rate of Adam", "ours" },
    { "temperature", NULL, &set.temperature, { 1, 1, 1, 1 }, "T at the start", "ours" },
    { "temperature-rate", NULL, &set.temperature_rate, { .1, .1, .1, .1 },
      "learning rate of 1/T, 0 to keep T", "the authors' code" },
    { 0 }
};

/*
# Are there still two?

For each class we fit k-means with two centres and divide what is left, the inertia
within the two clusters, by the inertia about the class's one centre. Two tight modes
give a ratio near 0. One round cloud in the plane gives about 0.68 (the halves of a
Gaussian cut through its middle keep $1 - 1/\pi$ of it), and a class that has
collapsed to a point has no inertia at all, which `class_variance` would show. The
worst class counts.
*/
typedef struct shape { double mode_ratio, class_variance; } shape;

static shape shape_of(run *r, mat x, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    size_t each = x.rows / set.classes;
    shape worst = { 0, 1e30 };
    gsl_rng *rng = rng_new(run_seed(r), "modes");
    for (size_t c = 0; c < set.classes; c++) {
        mat class = mat_rows(x, c * each, each);      /* the cloud comes class by class */
        double total = kmeans_fit(class, 1, &kmeans_defaults, rng, scratch).inertia;
        double two = kmeans_fit(class, 2, &kmeans_defaults, rng, scratch).inertia;
        double ratio = total > 0 ? two / total : 1;
        if (ratio > worst.mode_ratio) worst.mode_ratio = ratio;
        if (total / (double)each < worst.class_variance) worst.class_variance = total / (double)each;
    }
    gsl_rng_free(rng);
    arena_release(scratch, mark);
    return worst;
}

static void measure(run *r, size_t step, double loss, mat x, arena *scratch)
{
    shape s = shape_of(r, x, scratch);
    run_row(r, "minimise", (double)step, "snnl", loss);
    run_row(r, "minimise", (double)step, "mode_ratio", s.mode_ratio);
    run_row(r, "minimise", (double)step, "class_variance", s.class_variance);
}

static void record_points(run *r, size_t step, mat x, const int *labels, const int *mode)
{
    for (size_t i = 0; i < x.rows; i++) {
        char name[32];
        snprintf(name, sizeof name, "point %zu", i);
        run_point(r, name, (double)step, (double)mat_row(x, i)[0], (double)mat_row(x, i)[1], labels[i]);
        run_row(r, name, (double)step, "mode", mode[i]);
    }
}

/*
# Gradient descent on the points
*/
typedef struct cloud { parameter points; int *labels, *mode; } cloud;

static double descend(run *r, cloud *c)
{
    parameter *points = &c->points;
    optimizer *o = optimizer_new(&adam, &points, 1, ADAM_DEFAULTS);
    snnl_temperature temperature = snnl_temperature_new(set.temperature, set.temperature_rate);
    tape *t = tape_new();
    double loss = 0;
    for (size_t step = 0; step <= set.steps; step++) {
        node *x = tape_parameter(t, points);
        node *l = snnl_learning_temperature(t, x, c->labels, &temperature, SQUARED_EUCLIDEAN);
        loss = run_loss(t, l);
        if (step % 10 == 0) measure(r, step, loss, points->value, tape_arena(t));
        if (step == 0 || step == 10 || step == set.steps)
            record_points(r, step, points->value, c->labels, c->mode);
        if (step < set.steps) {
            tape_backward(t, l);
            optimizer_step(o, set.rate);
        }
        tape_reset(t);
        run_tick(r, step, set.steps, "minimising");
    }
    tape_free(t);
    optimizer_free(o);
    return loss;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig13",
        .purpose = "Figure 13: minimises the soft nearest neighbour loss of classes with two modes.",
        .settings = { settings } });
    arena *memory = arena_new();
    mat x = arena_mat(memory, set.points, 2);
    cloud c = { .points = { .name = "points", .value = x, .grad = arena_mat(memory, x.rows, 2) },
                .labels = arena_take(memory, x.rows, sizeof(int)),
                .mode = arena_take(memory, x.rows, sizeof(int)) };
    gsl_rng *rng = rng_new(run_seed(r), "points");
    cloud_modes(x, c.labels, c.mode, rng, (int)set.classes, 2, set.reach, set.sd);

    double end = descend(r, &c);
    shape s = shape_of(r, x, memory);
    run_row(r, "minimise", RUN_NO_X, "snnl_end", end);
    run_row(r, "minimise", RUN_NO_X, "mode_ratio_end", s.mode_ratio);
    run_row(r, "minimise", RUN_NO_X, "class_variance_end", s.class_variance);

    gsl_rng_free(rng);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
