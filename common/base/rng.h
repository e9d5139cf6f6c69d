/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <gsl/gsl_rng.h>

#include "base/mat.h"

/*
# One seed, many streams

A program has one seed and draws for several purposes: initial weights, the
order of the data, k-means' first centres. If all of them drew from one
generator, one more draw anywhere would change everything after it. So each
purpose has a stream of its own, named, and derived from the seed and the name:

    gsl_rng *init  = rng_new(seed, "init");
    gsl_rng *order = rng_new(seed, "order");

The streams are GSL's MT19937; the program frees them with `gsl_rng_free`.
Seed 0 is refused, because GSL silently reads it as 4357.
*/
gsl_rng *rng_new(unsigned long seed, const char *stream);

/* `rng` stands where that stream begins. */
void rng_restart(gsl_rng *rng, unsigned long seed, const char *stream);

/* Puts the numbers 0 to n - 1 into `index`, shuffled (Fisher and Yates). */
void rng_permutation(gsl_rng *rng, size_t *index, size_t n);

/* Fills `m` with draws from a normal distribution of mean 0 (ziggurat). */
void rng_normal(gsl_rng *rng, mat m, double sd);

/* Fills `m` with draws from the interval [low, high]. (A draw in double is below `high`; as a float
   it may be rounded to it, as one of $10^8$ from 0 to 1 is.) */
void rng_uniform(gsl_rng *rng, mat m, double low, double high);

#endif
