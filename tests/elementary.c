/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Exponentials and sums, tried out

Every number that the prose of `common/base` promises is measured: how far the
exponential is off, on *every* float, and what a sum in lanes keeps of its
bound.

    elementary [CASE]      all cases but the exponential, or one
    elementary exponential every float: some seconds
*/
#include <gsl/gsl_test.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/rng.h"
#include "base/threads.h"
#include "cases.h"

static const double EPSILON = sizeof(real) == sizeof(float) ? 1.2e-7 : 2.3e-16;

/*
# Every float

The $2^{32}$ patterns of bits are taken in runs of $2^{16}$, which share their sign,
exponent and leading digits. The oracle is the library's `exp` in double; for
$|x| < 10^{-3}$, where half of all floats lie, five terms of its series, whose
rest is below $10^{-17}$. What is out of range has a definition instead: 0 below
-87.3, $e^{88.37}$ above 88.37, NaN for a NaN.
*/
enum { RUN = 1 << 16, RUNS = 1 << 16 };
#ifdef SANITIZED
enum { EVERY = 257 };              /* sanitized, a sample has to do */
#else
enum { EVERY = 1 };
#endif

typedef struct worst { double error; float x; size_t wrong; } worst;

KERNEL static void exponentials(float *y, const float *x)
{
    for (size_t i = 0; i < RUN; i++) y[i] = expf_lanes(x[i]);
}

KERNEL static void series(double *want, const float *x)
{
    for (size_t i = 0; i < RUN; i++) {
        double t = (double)x[i];
        want[i] = 1 + t * (1 + t * (1.0 / 2) * (1 + t * (1.0 / 3) * (1 + t * (1.0 / 4))));
    }
}

/* How many of a run are off by more than `bar`: no division, and rarely any. */
KERNEL static size_t above(const float *y, const double *want, double bar)
{
    size_t count = 0;
    for (size_t i = 0; i < RUN; i++) count += !(fabs((double)y[i] - want[i]) <= bar * want[i]);
    return count;
}

static int is_as_defined(float x, float y)
{
    if (isnan(x)) return isnan(y);
    if (x < -87.3f) return y == 0;
    return y == expf_lanes(88.37f);
}

static void examine(worst *w, uint32_t run, float *x, float *y, double *want)
{
    for (uint32_t i = 0; i < RUN; i++) {
        uint32_t bits = run << 16 | i;
        memcpy(&x[i], &bits, sizeof bits);
    }
    exponentials(y, x);
    float last = fabsf(x[RUN - 1]);
    if (last < 1e-3f) series(want, x);
    else if (last < 87) for (size_t i = 0; i < RUN; i++) want[i] = exp((double)x[i]);
    else for (size_t i = 0; i < RUN; i++) {
        bool computed = x[i] >= -87.3f && x[i] <= 88.37f;
        want[i] = exp((double)x[i]);
        if (!computed) {
            w->wrong += !is_as_defined(x[i], y[i]);
            y[i] = 1;
            want[i] = 1;
        }
    }
    if (above(y, want, w->error) == 0) return;
    for (size_t i = 0; i < RUN; i++) {
        double error = fabs((double)y[i] / want[i] - 1);
        if (error > w->error) w->error = error, w->x = x[i];
        w->wrong += isnan(error);
    }
}

static void test_exponential(void)
{
    worst all = { 0 };
    #pragma omp parallel
    {
        worst mine = { 0 };
        float *x = malloc(RUN * sizeof *x), *y = malloc(RUN * sizeof *y);
        double *want = malloc(RUN * sizeof *want);
        REQUIRE(x && y && want, "no memory for %d floats", RUN);
        #pragma omp for schedule(dynamic, 64)
        for (uint32_t run = 0; run < RUNS; run++)
            if (run % EVERY == 0) examine(&mine, run, x, y, want);
        #pragma omp critical
        {
            all.wrong += mine.wrong;
            if (mine.error > all.error) all.error = mine.error, all.x = mine.x;
        }
        free(x);
        free(y);
        free(want);
    }
    printf("worst relative error %.4e at x = %.9g, of %u floats\n", all.error, (double)all.x,
           (unsigned)((uint64_t)RUN * RUNS / EVERY - 1));
    gsl_test(!(all.error < 2e-7), "the exponential is off by %.3e at %.9g", all.error, (double)all.x);
    gsl_test(all.error < 1e-8, "an error of %.3e is too good to be single precision", all.error);
    gsl_test(all.wrong != 0, "%zu floats are NaN or not what was defined", all.wrong);
    gsl_test(expf_lanes(0) != 1, "the exponential of 0 is 1");
}

/*
# Its relatives

The logarithm on a grid of [0, 1] of $2^{22}$ steps and, because its relative error
is what counts, on every power of two down to the smallest float. Sigmoid and tanh
against the library.
*/
static double log1p_error(float x)
{
    return fabs((double)log1pf_lanes(x) / log1p((double)x) - 1);
}

static void test_elementary(void)
{
    enum { STEPS = 1 << 22 };
    double error = 0;
    for (int i = 1; i <= STEPS; i++) error = larger(error, log1p_error((float)i / STEPS));
    for (float x = 1; x > 2e-38f; x /= 2) error = larger(error, log1p_error(x));
    printf("log1p: worst relative error %.3e\n", error);
    gsl_test(!(error < 4e-7), "the logarithm is off by %.3e", error);
    gsl_test(log1pf_lanes(0) != 0, "the logarithm of 1 + 0 is 0");

    double sigmoid = 0, bend = 0;
    for (double x = -80; x <= 80; x += 1.0 / 1024) {
        double at = (double)(real)x;
        sigmoid = larger(sigmoid, fabs((double)real_sigmoid((real)at) * (1 + exp(-at)) - 1));
        bend = larger(bend, fabs((double)real_tanh((real)at) - tanh(at)));
    }
    printf("sigmoid: worst relative error %.3e; tanh: absolute %.3e\n", sigmoid, bend);
    gsl_test(!(sigmoid < 4 * EPSILON), "the sigmoid is off by %.3e", sigmoid);
    gsl_test(!(bend < 1.7 * EPSILON), "tanh is off by %.3e", bend);
    gsl_test(real_sigmoid(0) != (real)0.5 || real_tanh(0) != 0, "both are exact at 0");
    gsl_test(real_sigmoid(1000) != 1 || real_sigmoid(-1000) != 0 || real_tanh(1000) != 1
             || real_tanh(-1000) != -1, "both saturate");
    gsl_test(!isnan((double)real_sigmoid((real)NAN)) || !isnan((double)real_tanh((real)NAN)),
             "both pass a NaN on");
}

/*
# Sums in lanes

Of whole numbers they are exact, so that a number left out or counted twice shows. Of
normal draws they keep the bound of a sum whose longest chain is n / 16 + 17.
*/
static void test_lanes(void)
{
    enum { MOST = 4100 };
    real x[MOST], y[MOST];
    gsl_rng *rng = rng_new(3, "lanes");
    for (size_t n = 0; n <= 200; n++) {
        double sum = 0, dot = 0;
        for (size_t i = 0; i < n; i++) {
            x[i] = (real)gsl_rng_uniform_int(rng, 100);
            y[i] = (real)gsl_rng_uniform_int(rng, 100);
            sum += (double)x[i];
            dot += (double)x[i] * (double)y[i];
        }
        for (size_t i = n; i < n + 20; i++) x[i] = y[i] = (real)NAN;
        gsl_test((double)lane_sum(x, n) != sum, "the sum of %zu whole numbers", n);
        gsl_test((double)lane_dot(x, y, n) != dot, "the inner product of %zu whole numbers", n);
    }
    rng_normal(rng, mat_view(x, 1, MOST), 1);
    rng_normal(rng, mat_view(y, 1, MOST), 1);
    for (size_t n = 1; n <= MOST; n += 13) {
        double sum = 0, dot = 0, size = 0, area = 0, chain = (double)n / LANES + LANES + 2;
        real most = x[0];
        for (size_t i = 0; i < n; i++) {
            double product = (double)x[i] * (double)y[i];
            sum += (double)x[i];
            dot += product;
            size += fabs((double)x[i]);
            area += fabs(product);
            if (x[i] > most) most = x[i];
        }
        gsl_test(lane_max(x, n) != most, "the largest of %zu", n);
        gsl_test(!(fabs((double)lane_sum(x, n) - sum) <= chain * EPSILON * size), "sum of %zu", n);
        gsl_test(!(fabs((double)lane_dot(x, y, n) - dot) <= chain * EPSILON * area), "dot of %zu", n);
    }
    gsl_rng_free(rng);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = { { "elementary", test_elementary }, { "lanes", test_lanes } };
    static const test_case slow[] = { { "exponential", test_exponential } };
    threads_begin(2);
    return argc > 1 && strcmp(argv[1], slow->name) == 0 ? CASES_RUN(slow, NULL, argc, argv)
                                                        : CASES_RUN(cases, NULL, argc, argv);
}
