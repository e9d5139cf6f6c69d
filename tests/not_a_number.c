/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# What is no number stays none

A comparison with NaN is false, so a maximum or a count that asks the wrong way round turns a diverged
network into one that is as good as chance, or perfect. Here NaN goes into whatever compares: it comes out again, or is
refused by name.

    not_a_number [CASE]         all cases, or one
    not_a_number refuse WHAT    what cannot be measured
*/
#include <math.h>

#include "learn/auroc.h"
#include "learn/calibration.h"
#include "learn/kmeans.h"
#include "learn/knn.h"
#include "learn/snnl_temperature.h"
#include "learn/triplet.h"
#include "nn/activation.h"
#include "nn/pooling.h"
#include "tape/arithmetic.h"
#include "tapes.h"

/* Long enough for vectors and for what is left over; NaN at either end of both. */
enum { LONG = 37 };

static const size_t where[] = { 0, 15, 31, 32, LONG - 1 };
enum { PLACES = sizeof where / sizeof *where };

static mat ones(size_t rows, size_t cols)
{
    mat x = arena_mat(memory, rows, cols);
    mat_fill(x, 1);
    return x;
}

static void test_activations(void)
{
    for (activation a = LINEAR; a <= TANH; a++)
        for (size_t p = 0; p < PLACES; p++) {
            mat x = ones(1, LONG);
            x.at[where[p]] = (real)NAN;
            mat y = activate(t, tape_input(t, x), a)->value;
            size_t none = 0;
            for (size_t i = 0; i < LONG; i++) none += isnan((double)y.at[i]) != 0;
            gsl_test(!isnan((double)y.at[where[p]]) || none != 1, "activation %d: NaN %zu of %d, and no other", (int)a, where[p], LONG);
            bias_activate(x, NULL, a);
            gsl_test(!isnan((double)x.at[where[p]]), "activation %d in place: NaN %zu of %d", (int)a, where[p], LONG);
        }
    mat zeros = arena_mat(memory, 1, LONG);
    mat_fill(zeros, -(real)0.0);
    bias_activate(zeros, NULL, RELU);
    gsl_test(signbit((double)zeros.at[0]) || signbit((double)zeros.at[LONG - 1]), "a rectified -0 is 0");
}

/* One pixel of 37 channels is NaN, at each place of a window: so is the maximum, and the gradient goes there. */
static void test_pools(void)
{
    for (size_t p = 0; p < 4; p++) {
        mat x = ones(1, 4 * LONG);
        for (size_t c = 0; c < LONG; c += 2) x.at[p * LONG + c] = (real)NAN;
        node *in = tape_variable(t, x), *y = max_pool(t, in, (image){ 2, 2, LONG }, 2, 2);
        tape_backward(t, mean_all(t, y));
        for (size_t c = 0; c < LONG; c++) {
            gsl_test(!isnan((double)y->value.at[c]) == (c % 2 == 0), "NaN at place %zu: the maximum of channel %zu", p, c);
            gsl_test(!(in->grad.at[(c % 2 ? 0 : p) * LONG + c] > 0), "NaN at place %zu: who won channel %zu", p, c);
        }
        tape_reset(t);
    }
    real first[] = { 1, (real)NAN, 3, 2 };
    gsl_test(!isnan((double)max_pool(t, tape_input(t, mat_view(first, 1, 4)), (image){ 2, 2, 1 }, 2, 2)->value.at[0]), "of 1, NaN, 3 and 2");
}

static void test_smallest(void)
{
    real v[] = { 2, 1, 3 };
    for (size_t none = 0; none < 3; none++) {
        node *scalars[3];
        for (size_t i = 0; i < 3; i++) scalars[i] = scale(t, tape_variable(t, mat_view(v + i, 1, 1)), i == none ? NAN : 1);
        gsl_test(!isnan(node_scalar(smallest(t, scalars, 3))), "the smallest of three, of which %zu is NaN", none);
        tape_reset(t);
    }
}

/* With a NaN in one point, distances to it are none. */
static mat diverged(size_t rows)
{
    gsl_rng *rng = rng_new(1, "diverged");
    mat x = noise(rng, rows, 3);
    mat_row(x, rows / 2)[1] = (real)NAN;
    gsl_rng_free(rng);
    return x;
}

static void test_triplets(void)
{
    const size_t positive[] = { 1, 0, 3, 2 }, negative[] = { 2, 3, 0, 1 };
    gsl_test(!isnan(node_scalar(triplet_loss(t, tape_input(t, diverged(4)), positive, negative, .5))), "triplets with NaN");
}

static void test_snnl(void)
{
    for (size_t b = 10; b <= 2200; b = b * 13 + 1)
        for (distance kind = SQUARED_EUCLIDEAN; kind <= COSINE; kind++) {
            int *labels = arena_take(memory, b, sizeof *labels);
            for (size_t i = 0; i < b; i++) labels[i] = (int)(i % 3);
            node *x = tape_input(t, diverged(b));
            snnl_temperature T = snnl_temperature_new(50, .1);
            real tau = 1;
            gsl_test(!isnan(node_scalar(snnl(t, x, labels, tape_input(t, mat_view(&tau, 1, 1)), kind))), "%zu points with NaN", b);
            gsl_test(!isnan(node_scalar(snnl_learning_temperature(t, x, labels, &T, kind))), "and while T is learned");
            gsl_test_rel(snnl_temperature_now(&T), 50, 1e-6, "T is what it was");
            tape_reset(t);
        }
}

/* A row of NaN is wrong whatever its label; one whose own score is a number is behind a NaN. */
static void test_accuracy(void)
{
    mat scores = ones(3, 4);
    mat_fill(scores, (real)NAN);
    for (int label = 0; label < 4; label++) {
        const int labels[] = { label, label, label };
        gsl_test_abs(top_accuracy(scores, labels, 1), 0, 0, "scores of NaN, label %d", label);
        gsl_test_abs(top_accuracy(scores, labels, 3), 0, 0, "among the first three");
        gsl_test_abs(class_average_accuracy(scores, labels), 0, 0, "class by class");
    }
    real one[] = { 3, (real)NAN, 2, 1 };
    gsl_test_abs(top_accuracy(mat_view(one, 1, 4), (const int[]){ 0 }, 1), 0, 0, "a NaN beside the largest");
    gsl_test_abs(top_accuracy(mat_view(one, 1, 4), (const int[]){ 0 }, 2), 1, 0, "which then is second");
}

/* Of 40 points, of which one has such a coordinate. */
static mat with(double coordinate)
{
    gsl_rng *rng = rng_new(2, "with");
    mat x = noise(rng, 40, 3);
    x.at[70] = (real)coordinate;
    gsl_rng_free(rng);
    return x;
}

static double snnl_of(double coordinate)
{
    static int labels[40];
    static real tau = 1;
    return node_scalar(snnl(t, tape_input(t, with(coordinate)), labels, tape_input(t, mat_view(&tau, 1, 1)), SQUARED_EUCLIDEAN));
}

static double clusters_of(double coordinate)
{
    gsl_rng *rng = rng_new(3, "clusters");
    double inertia = kmeans_fit(with(coordinate), 4, &kmeans_defaults, rng, memory).inertia;
    gsl_rng_free(rng);
    return inertia;
}

/* Lengths as parts of what their squares let a `real` hold: the nearest of points at -length, length and 0. */
static size_t neighbour_at(double length, double query)
{
    double most = sqrt((double)REAL_MAX);
    real points[] = { (real)(-length * most), (real)(length * most), 0 }, at = (real)(query * most);
    size_t near;
    knn_search(&near, NULL, mat_view(&at, 1, 1), mat_view(points, 3, 1), 1, WITH_SELF, memory);
    return near;
}

/* What is large, but not too large. */
static void test_far(void)
{
    gsl_test_abs(snnl_of(4e14), 0, 1e-4, "one class, one point of it far away");
    gsl_test(!isfinite(clusters_of(9e17)), "clusters of points of which one is far away");
    gsl_test(neighbour_at(.49, .49) != 1 || neighbour_at(.49, -.49) != 0 || neighbour_at(.01, .98) != 1, "neighbours far away");
}

/* Ends the program with a message, or says nothing. */
static void refuse(const char *what)
{
    mat scores = ones(2, 3);
    const int low[] = { 0, -1 }, high[] = { 0, 3 };
    if (strcmp(what, "label") == 0) top_accuracy(scores, high, 1);
    if (strcmp(what, "label_below") == 0) top_accuracy(scores, low, 1);
    if (strcmp(what, "label_average") == 0) class_average_accuracy(scores, high);
    if (strcmp(what, "label_calibrated") == 0) calibration_of(scores, high);
    if (strcmp(what, "auroc") == 0) auroc((double[]){ 1, 2 }, 2, (double[]){ 0, NAN }, 2, memory);
    if (strcmp(what, "far") == 0) snnl_of(1e15);
    if (strcmp(what, "infinite") == 0) snnl_of(INFINITY);
    if (strcmp(what, "kmeans_far") == 0) clusters_of(1.1e18);
    if (strcmp(what, "kmeans_infinite") == 0) clusters_of(-INFINITY);
    if (strcmp(what, "kmeans") == 0) clusters_of(NAN);
    if (strcmp(what, "knn") == 0) neighbour_at(.55, .55);
    if (strcmp(what, "knn_query") == 0) neighbour_at(.1, 1.1);
    scores.at[4] = (real)NAN;
    if (strcmp(what, "confidence") == 0) calibration_of(scores, low);
}

static const test_case cases[] = {
    { "activations", test_activations }, { "pools", test_pools }, { "smallest", test_smallest }, { "triplets", test_triplets },
    { "snnl", test_snnl }, { "accuracy", test_accuracy }, { "far", test_far },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN_OR_REFUSE(cases, refuse, argc, argv);
}
