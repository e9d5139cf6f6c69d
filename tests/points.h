/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_POINTS_H
#define TESTS_POINTS_H

#include <fenv.h>
#include <math.h>

#include "base/arena.h"
#include "base/rng.h"
#include "base/threads.h"
#include "cases.h"

/* Learning without gradients is tested on such points, which live in this arena. */
static arena *memory;
static inline void points_reset(void) { arena_reset(memory); }

/* Runs cases of such points on two threads; what is no number stops them where it is born. The status for `main`. */
static inline int points_run(const test_case *cases, size_t count, int argc, char **argv)
{
    threads_begin(2);
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
    memory = arena_new();
    int status = cases_run(cases, count, points_reset, argc, argv);
    arena_free(memory);
    return status;
}
#define POINTS_RUN(cases, argc, argv) points_run(cases, sizeof(cases) / sizeof *(cases), argc, argv)

/*
# Data

Normal noise; normal noise around k places `gap` apart, all of it `offset`
away from the origin; and small integers, whose distances tie all the time and
are exact in any order of summation.
*/
static inline mat noise(gsl_rng *rng, size_t n, size_t d)
{
    mat x = arena_mat(memory, n, d);
    rng_normal(rng, x, 1);
    return x;
}

static inline mat blobs(gsl_rng *rng, size_t n, size_t d, int k, double gap, double offset, int *place)
{
    mat x = noise(rng, n, d), at = noise(rng, (size_t)k, d);
    for (size_t i = 0; i < n; i++) {
        place[i] = (int)(i * 7 % (size_t)k);
        for (size_t f = 0; f < d; f++)
            mat_row(x, i)[f] += (real)(offset + gap * (double)mat_row(at, (size_t)place[i])[f]);
    }
    return x;
}

static inline mat integers(gsl_rng *rng, size_t n, size_t d, unsigned below)
{
    mat x = arena_mat(memory, n, d);
    for (size_t e = 0; e < n * d; e++)
        x.at[e] = (real)gsl_rng_uniform_int(rng, below);
    return x;
}

static inline double distance2(const real *a, const real *b, size_t d)
{
    double sum = 0;
    for (size_t f = 0; f < d; f++) sum += pow((double)a[f] - (double)b[f], 2);
    return sum;
}

/* c = the mean of each of the k clusters, in double. */
static inline void means(double *c, mat x, const int *cluster, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        size_t members = 0;
        for (size_t i = 0; i < x.rows; i++) members += cluster[i] == (int)j;
        for (size_t f = 0; f < x.cols && members; f++) {
            double sum = 0;
            for (size_t i = 0; i < x.rows; i++)
                if (cluster[i] == (int)j) sum += (double)mat_row(x, i)[f];
            c[j * x.cols + f] = sum / (double)members;
        }
    }
}

#endif
