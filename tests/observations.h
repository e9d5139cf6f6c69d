/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_OBSERVATIONS_H
#define TESTS_OBSERVATIONS_H

#include <gsl/gsl_randist.h>
#include <math.h>

#include "base/rng.h"
#include "learn/gaussian_process.h"

/* Gaussian processes are tested on such observations, which live in this arena. */
static arena *memory;
static inline void observations_reset(void) { arena_reset(memory); }

static inline double *uniform(gsl_rng *rng, size_t count)
{
    double *u = arena_take(memory, count, sizeof *u);
    for (size_t e = 0; e < count; e++) u[e] = gsl_rng_uniform(rng);
    return u;
}

/* n places in the box, and noise of deviation 0.1 around a smooth function of them. */
static inline gp_data smooth_data(unsigned long seed, size_t n, size_t d)
{
    gsl_rng *rng = rng_new(seed, "smooth data");
    double *x = uniform(rng, n * d), *y = arena_take(memory, n, sizeof *y);
    for (size_t i = 0; i < n; i++) {
        y[i] = 70 + gsl_ran_gaussian(rng, 0.1);
        for (size_t c = 0; c < d; c++) y[i] += sin(3 * x[i * d + c] + (double)c);
    }
    gsl_rng_free(rng);
    return (gp_data){ .n = n, .d = d, .x = x, .y = y };
}

#endif
