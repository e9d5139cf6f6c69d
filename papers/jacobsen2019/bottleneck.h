/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_BOTTLENECK_H
#define JACOBSEN2019_BOTTLENECK_H

#include "nn/batch_norm.h"
#include "nn/convolution.h"
#include "nn/dense.h"
#include "run/checkpoint.h"

/*
# What a coupling adds

A coupling (`coupling.h`) computes, from half of the channels, what it does to the other half. That function need
not be invertible. For images it is

    3 x 3 convolution - norm - ReLU - 1 x 1 convolution - norm - ReLU - 3 x 3 convolution

of so many filters, with batch normalisation, as the paper's blocks have; the sizes are those of the
authors' published code (the paper gives the filters). For vectors it is dense - ReLU - dense, without
normalisation. The last layer begins with weights of 0, so that a new network does nothing yet.
*/
typedef struct bottleneck {
    bool is_dense;
    dense_layer dense[2];
    convolution_layer conv[3];
    batch_norm norm[2];
} bottleneck;

/* From images `in` to `outputs` channels of the same size; vectors are images of one pixel. */
bottleneck bottleneck_new(arena *memory, const char *name, image in, size_t units, size_t outputs);
void bottleneck_start(bottleneck *f, gsl_rng *rng);
node *bottleneck_apply(tape *t, bottleneck *f, node *x, batch_norm_mode mode);

/* Puts its parameters at `to` and returns how many there are, at most `BOTTLENECK_PARAMETERS`. */
enum { BOTTLENECK_PARAMETERS = 8 };
size_t bottleneck_parameters(bottleneck *f, parameter **to);

/* Keeps what is not a parameter: running means. */
void bottleneck_keep(bottleneck *f, checkpoint *c);

#endif
