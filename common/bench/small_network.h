/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_SMALL_NETWORK_H
#define BENCH_SMALL_NETWORK_H

#include <gsl/gsl_rng.h>

#include "nn/convolution.h"
#include "nn/dense.h"

/*
# A network of two convolutions

28 x 28 grey images; 32 filters of 5 x 5, the largest of 2 x 2; 64 filters of 5 x 5, the largest
of 2 x 2; ten scores.
*/
enum { SMALL_PARAMETERS = 6 };

typedef struct small_network {
    convolution_layer conv[2];
    dense_layer scores;
    parameter *parameters[SMALL_PARAMETERS];
} small_network;

/* The network points into itself and must not move. */
void small_network_init(small_network *n, arena *memory, gsl_rng *rng);

/* The mean cross-entropy of images and their labels. */
node *small_network_loss(tape *t, small_network *n, mat x, const int *labels);

/* Operations a step, forward and back, for a batch. */
double small_network_flops(const small_network *n, size_t batch);

/*
# What other networks need as well

The operations of a convolution of n images: `times` is 2 for each of the three products, forward, the gradient of the weights,
and that of what came in, which nobody wants of the images.
*/
double convolution_flops(convolution c, size_t n, double times);

/* The labels 0 ... classes - 1 in turn. */
int *labels_new(size_t n, int classes, arena *memory);

#endif
