/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The loss against its definition

The oracle is equation 1 with $\varepsilon$, written as four loops in `double`: no
tiles, no tournament, no shifted exponentials. It gives the loss, and its gradients
with respect to points and $\tau$ from the plain derivative of each pair.

Compared are sizes that fill no tile, one tile, many tiles, and so many that the
second sweep has to compute its distances again. And because the work is shared by
threads, one, two and three of them have to agree to the last bit.
*/
#include <gsl/gsl_test.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/rng.h"
#include "base/threads.h"
#include "learn/snnl_temperature.h"
#include "cases.h"

typedef struct answer { double loss, dtau; double *dx; } answer;

static double oracle_distance(mat x, size_t i, size_t j, distance kind)
{
    double squares = 0, dot = 0, ni = 0, nj = 0;
    for (size_t k = 0; k < x.cols; k++) {
        double a = (double)mat_row(x, i)[k], b = (double)mat_row(x, j)[k];
        squares += (a - b) * (a - b);
        dot += a * b;
        ni += a * a;
        nj += b * b;
    }
    return kind == COSINE ? 1 - dot / sqrt(ni * nj) : squares;
}

/* sums[0], sums[1]: same class, everyone; relative to the row's smallest distance. */
static double row_sums(double *sums, mat x, const int *y, size_t i, double tau, distance kind)
{
    double m = INFINITY;
    for (size_t j = 0; j < x.rows; j++)
        if (j != i) m = fmin(m, oracle_distance(x, i, j, kind));
    sums[0] = sums[1] = 0;
    for (size_t j = 0; j < x.rows; j++) {
        if (j == i) continue;
        double w = exp(-tau * (oracle_distance(x, i, j, kind) - m));
        sums[1] += w;
        if (y[i] == y[j]) sums[0] += w;
    }
    return m;
}

static answer oracle(mat x, const int *y, double tau, distance kind)
{
    answer o = { .dx = calloc(mat_size(x), sizeof *o.dx) };
    double b = (double)x.rows;
    for (size_t i = 0; i < x.rows; i++) {
        double sums[2], m = row_sums(sums, x, y, i, tau, kind), p = sums[0] / sums[1];
        o.loss -= log(SNNL_EPSILON + p) / b;
        for (size_t j = 0; j < x.rows; j++) {
            if (j == i) continue;
            double d = oracle_distance(x, i, j, kind), w = exp(-tau * (d - m)) / sums[1];
            double share = w * ((y[i] == y[j]) - p) / (SNNL_EPSILON + p) / b;
            o.dtau += share * d;
            if (kind != SQUARED_EUCLIDEAN) continue;
            for (size_t k = 0; k < x.cols; k++) {
                double pull = 2 * tau * share * (double)(mat_row(x, i)[k] - mat_row(x, j)[k]);
                o.dx[i * x.cols + k] += pull;
                o.dx[j * x.cols + k] -= pull;
            }
        }
    }
    return o;
}

static double evaluate(tape *t, mat x, const int *y, real *tau, distance kind, mat dx, double *dtau)
{
    node *points = tape_variable(t, x), *inverse = tape_variable(t, mat_view(tau, 1, 1));
    node *loss = snnl(t, points, y, inverse, kind);
    double value = node_scalar(loss);
    tape_backward(t, loss);
    mat_copy(dx, points->grad);
    *dtau = (double)inverse->grad.at[0];
    tape_reset(t);
    return value;
}

static void compare(size_t b, size_t d, int classes, double T, double offset, distance kind)
{
    char name[128];
    snprintf(name, sizeof name, "b=%zu d=%zu classes=%d T=%g offset=%g %s", b, d, classes, T, offset,
             kind == COSINE ? "cosine" : "Euclidean");
    arena *memory = arena_new();
    tape *t = tape_new();
    gsl_rng *rng = rng_new(11, name);
    mat x = arena_mat(memory, b, d), dx = arena_mat(memory, b, d);
    int *y = arena_take(memory, b, sizeof *y);
    real tau = (real)(1 / T);
    rng_normal(rng, x, 1);
    for (size_t i = 0; i < b; i++) {
        y[i] = (int)gsl_rng_uniform_int(rng, (unsigned long)classes);
        for (size_t j = 0; j < d; j++) mat_row(x, i)[j] += (real)(offset + 0.3 * y[i]);
    }
    double dtau, loss = evaluate(t, x, y, &tau, kind, dx, &dtau);
    answer o = oracle(x, y, (double)tau, kind);
    gsl_test_rel(loss, o.loss, tolerance(1e-5, 1e-12), "loss, %s", name);
    gsl_test(!(fabs(dtau - o.dtau) <= tolerance(1e-4, 1e-9) * (fabs(o.dtau) + 1e-3)),
             "dtau %g, expected %g, %s", dtau, o.dtau, name);
    double worst = 0, largest = 1e-9;
    for (size_t i = 0; i < mat_size(x) && kind == SQUARED_EUCLIDEAN; i++) {
        worst = larger(worst, fabs((double)dx.at[i] - o.dx[i]));
        largest = larger(largest, fabs(o.dx[i]));
    }
    gsl_test(!(worst <= tolerance(2e-4, 1e-9) * largest), "dx off by %g of %g, %s", worst, largest, name);
    free(o.dx);
    gsl_rng_free(rng);
    tape_free(t);
    arena_free(memory);
}

/*
# No threads in the bits
*/
static void same_bits(size_t b, size_t d)
{
    arena *memory = arena_new();
    tape *t = tape_new();
    gsl_rng *rng = rng_new(3, "bits");
    mat x = arena_mat(memory, b, d), first = arena_mat(memory, b, d), dx = arena_mat(memory, b, d);
    int *y = arena_take(memory, b, sizeof *y);
    real tau = (real)0.5;
    rng_normal(rng, x, 1);
    for (size_t i = 0; i < b; i++) y[i] = (int)(i % 7);
    double dtau[4], loss[4];
    for (int threads = 1; threads <= 3; threads++) {
        omp_set_num_threads(threads);
        loss[threads] = evaluate(t, x, y, &tau, SQUARED_EUCLIDEAN, threads == 1 ? first : dx, &dtau[threads]);
        if (threads == 1) continue;
        gsl_test(loss[threads] != loss[1] || dtau[threads] != dtau[1]
                 || memcmp(dx.at, first.at, mat_size(x) * sizeof(real)) != 0,
                 "b=%zu d=%zu: %d threads give the bytes of 1", b, d, threads);
    }
    gsl_rng_free(rng);
    tape_free(t);
    arena_free(memory);
}

/*
# Known answers

One class: the loss is $-\log(1 + \varepsilon)$ and nothing moves, exactly. No two of a
class: the loss is $-\log \varepsilon$ and nothing moves. High temperature: every point
chooses evenly, and with c balanced classes the loss is $\log \frac{b - 1}{b/c - 1}$. Low
temperature, points so far apart that every plain exponential is 0: the nearest
neighbour decides.
*/
static void known_answers(void)
{
    enum { B = 40, D = 3 };
    tape *t = tape_new();
    real at[B * D], gradient[B * D], tau = 1;
    mat x = mat_view(at, B, D), dx = mat_view(gradient, B, D);
    int one[B] = { 0 }, own[B], four[B];
    gsl_rng *rng = rng_new(5, "known");
    rng_normal(rng, x, 1);
    for (int i = 0; i < B; i++) { own[i] = i; four[i] = i % 4; }

    double dtau, still = 0, loss = evaluate(t, x, one, &tau, COSINE, dx, &dtau);
    for (size_t i = 0; i < B * D; i++) still = larger(still, fabs((double)gradient[i]));
    gsl_test_abs(loss, -log(1 + SNNL_EPSILON), 1e-7, "one class costs next to nothing");
    gsl_test(still != 0 || dtau != 0, "one class has a gradient of exactly 0");

    loss = evaluate(t, x, own, &tau, SQUARED_EUCLIDEAN, dx, &dtau);
    for (size_t i = 0; i < B * D; i++) still = larger(still, fabs((double)gradient[i]));
    gsl_test_rel(loss, -log(SNNL_EPSILON), 1e-6, "no partners cost -log epsilon");
    gsl_test(still != 0, "no partners have a gradient of exactly 0");

    tau = (real)1e-6;
    loss = evaluate(t, x, four, &tau, SQUARED_EUCLIDEAN, dx, &dtau);
    gsl_test_rel(loss, -log(SNNL_EPSILON + 9.0 / 39), 1e-5, "at a high temperature, four classes cost log(39/9)");

    tau = 1;
    for (int i = 0; i < B; i++)
        for (int j = 0; j < D; j++) at[i * D + j] = j ? 0 : (real)(1000 * (i / 2) + i % 2);
    for (int i = 0; i < B; i++) four[i] = i / 2;
    loss = evaluate(t, x, four, &tau, SQUARED_EUCLIDEAN, dx, &dtau);
    gsl_test_abs(loss, -log(1 + SNNL_EPSILON), 1e-6, "pairs far apart underflow nowhere");
    gsl_rng_free(rng);
    tape_free(t);
}

/* Two rows of zeros and two at a right angle, one of each in either class: D is 0, 1/2 and 1. */
static void zeros_among_cosines(void)
{
    real at[] = { 0, 0, 0, 0, 5, 0, 0, .1f }, gradient[8], tau = 2;
    const int y[] = { 0, 1, 0, 1 };
    tape *t = tape_new();
    double dtau, half = exp(-1), one = exp(-2), zero = half / (1 + 2 * half), other = half / (2 * half + one);
    double loss = evaluate(t, mat_view(at, 4, 2), y, &tau, COSINE, mat_view(gradient, 4, 2), &dtau);
    gsl_test_rel(loss, -(log(SNNL_EPSILON + zero) + log(SNNL_EPSILON + other)) / 2, tolerance(1e-6, 1e-9),
                 "rows of zeros are at 1/2 from others, and at 0 from each other");
    gsl_test(!mat_is_finite(mat_view(gradient, 4, 2)), "and have a gradient");
    tape_free(t);
}

/*
# The same points again

At another temperature and with other labels, from distances that are known (or, of many points, are not kept): the bytes of a loss
that begins anew. So are the gradient and the slope.
*/
static void same_again(size_t b, size_t d, distance kind)
{
    arena *memory = arena_new();
    tape *t = tape_new();
    gsl_rng *rng = rng_new(13, "again");
    mat x = arena_mat(memory, b, d), anew = arena_mat(memory, b, d);
    int *y = arena_take(memory, b, sizeof *y), *z = arena_take(memory, b, sizeof *z);
    real first = (real).7, tau = (real).2;
    double dtau;
    rng_normal(rng, x, 1);
    for (size_t i = 0; i < b; i++) {
        y[i] = (int)(i % 3);
        z[i] = (int)(i % 4);
    }
    double loss = evaluate(t, x, z, &tau, kind, anew, &dtau);

    node *points = tape_variable(t, x), *inverse = tape_variable(t, mat_view(&tau, 1, 1));
    node *before = snnl(t, points, y, tape_input(t, mat_view(&first, 1, 1)), kind);
    node *between = snnl_again(t, before, z, tape_input(t, mat_view(&tau, 1, 1)));
    double slope = snnl_slope(t, between);
    node *after = snnl_again(t, between, z, inverse);
    tape_backward(t, after);
    gsl_test(node_scalar(between) != loss || node_scalar(after) != loss, "b=%zu: the loss again", b);
    gsl_test((real)slope != (real)dtau || inverse->grad.at[0] != (real)dtau, "b=%zu: its slope again, %g and %g", b, slope, dtau);
    gsl_test(memcmp(points->grad.at, anew.at, mat_size(anew) * sizeof(real)) != 0, "b=%zu: its gradient again", b);
    gsl_rng_free(rng);
    tape_free(t);
    arena_free(memory);
}

/*
# The temperature goes downhill, and stays positive

Of three clouds in the plane, in a row.
*/
static void three_clouds(mat x, int *y, unsigned long seed)
{
    gsl_rng *rng = rng_new(seed, "temperature");
    rng_normal(rng, x, 1);
    for (size_t i = 0; i < x.rows; i++) {
        y[i] = (int)(i % 3);
        *mat_row(x, i) += (real)(4 * y[i]);
    }
    gsl_rng_free(rng);
}

static void temperature_learns(void)
{
    enum { B = 60, D = 2 };
    tape *t = tape_new();
    real at[B * D];
    int y[B];
    mat x = mat_view(at, B, D);
    three_clouds(x, y, 9);
    snnl_temperature s = snnl_temperature_new(100, 50);
    double first = node_scalar(snnl(t, tape_input(t, x), y, tape_input(t, mat_view(&s.value, 1, 1)), SQUARED_EUCLIDEAN)), last = first;
    for (int i = 0; i < 200; i++) {
        tape_reset(t);
        last = node_scalar(snnl_learning_temperature(t, tape_input(t, x), y, &s, SQUARED_EUCLIDEAN));
    }
    gsl_test(!(last < first - 0.2), "learning T from 100 lowers the loss: %g to %g at T = %g", first, last,
             snnl_temperature_now(&s));
    s.rate = 1e9;
    for (int i = 0; i < 3; i++) {
        tape_reset(t);
        snnl_learning_temperature(t, tape_input(t, x), y, &s, SQUARED_EUCLIDEAN);
        gsl_test(!(snnl_temperature_now(&s) > 0), "an absurd rate leaves T = %g positive", snnl_temperature_now(&s));
    }
    tape_free(t);
}

/* One step from $T_0 = 100$ by the formula in `learn/snnl_temperature.h`; and from one so cold that it has to rise, much too far:
   $t = 10^{-3}$. */
static void temperature_steps(void)
{
    enum { B = 60, D = 2 };
    tape *t = tape_new();
    real at[B * D];
    int y[B];
    mat x = mat_view(at, B, D);
    three_clouds(x, y, 10);
    for (int absurd = 0; absurd < 2; absurd++) {
        double T0 = absurd ? .05 : 100, rate = absurd ? 1e9 : 50;
        answer o = oracle(x, y, 1 / T0, SQUARED_EUCLIDEAN);
        double step = rate * o.dtau / T0, wanted = absurd ? 1e-3 : 1 - step;
        snnl_temperature s = snnl_temperature_new(T0, rate);
        snnl_learning_temperature(t, tape_input(t, x), y, &s, SQUARED_EUCLIDEAN);
        gsl_test(absurd ? !(step > 1) : !(fabs(step) > .01), "a step of %g from t = 1", step);
        gsl_test_rel((double)s.value * T0, wanted, absurd ? tolerance(1e-6, 1e-14) : tolerance(1e-4, 1e-9) * (1 + fabs(step)),
                     "t after a step from T = %g at a rate of %g", T0, rate);
        tape_reset(t);
        free(o.dx);
    }
    tape_free(t);
}

int main(void)
{
    threads_begin(0);
    compare(2, 1, 1, 1, 0, SQUARED_EUCLIDEAN);
    compare(3, 5, 2, 1, 0, SQUARED_EUCLIDEAN);
    compare(32, 17, 3, 0.5, 0, SQUARED_EUCLIDEAN);
    compare(33, 16, 4, 10, 0, SQUARED_EUCLIDEAN);
    compare(100, 2, 10, 0.05, 0, SQUARED_EUCLIDEAN);
    compare(257, 7, 10, 100, 0, SQUARED_EUCLIDEAN);
    compare(257, 64, 10, 20, 50, SQUARED_EUCLIDEAN);
    compare(600, 3, 5, 1, 0, SQUARED_EUCLIDEAN);
    compare(2200, 3, 10, 1, 0, SQUARED_EUCLIDEAN);
    compare(2, 2, 1, 1, 0, COSINE);
    compare(130, 19, 10, 0.1, 0, COSINE);
    compare(300, 70, 10, 1, 2, COSINE);
    same_bits(100, 5);
    same_bits(700, 33);
    same_bits(2100, 3);
    known_answers();
    zeros_among_cosines();
    same_again(50, 6, SQUARED_EUCLIDEAN);
    same_again(300, 5, COSINE);
    same_again(2100, 3, SQUARED_EUCLIDEAN);
    temperature_learns();
    temperature_steps();
    return gsl_test_summary();
}
