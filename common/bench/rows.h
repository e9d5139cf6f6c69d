/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <gsl/gsl_rng.h>

#include "base/arena.h"

/*
# The rows, by what they are about

Each prints its rows in the order of its file. Data are drawn from `rng`: no kernel's
time depends on their values, but for the iterations of k-means, which are fixed.
*/
void bench_training(arena *memory, gsl_rng *rng);    /* a step of a network, the loss alone */
void bench_images(arena *memory, gsl_rng *rng);      /* convolutions, a step of their networks */
void bench_learners(arena *memory, gsl_rng *rng);    /* k-means, PCA, k-NN, measures */
void bench_maps(arena *memory, gsl_rng *rng);        /* t-SNE */

#endif
