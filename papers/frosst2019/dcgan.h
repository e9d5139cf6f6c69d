/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_DCGAN_H
#define FROSST2019_DCGAN_H

#include "nn/convolution.h"
#include "nn/dense.h"
#include "nn/transposed_convolution.h"
#include "player.h"
#include "run/run.h"

/*
# Convolutional players

For CIFAR-10 the paper does not say what its GANs are made of either. Ours are a small DCGAN (Radford, Metz
and Chintala 2016): a generator of transposed convolutions, and a discriminator that is its mirror. With a
width of w, in height x width x channels:

    generator        noise - 4 x 4 x 4w - 8 x 8 x 2w - 16 x 16 x w - 32 x 32 x 3
    discriminator    32 x 32 x 3 - 16 x 16 x w - 8 x 8 x 2w - 4 x 4 x 4w - 1

Each step is a kernel of 4 with a stride of 2 and a padding of 1. All but the first and the last layer of each
are normalised over the batch, the generator's first as well; ReLU in the generator, leaky ReLU in the
discriminator, a sigmoid for the pixels. Weights start normal with a standard deviation of 0.02.
*/
enum { DCGAN_STEPS = 3 };

typedef struct dcgan_generator {
    dense_layer seed;
    transposed_layer up[DCGAN_STEPS];
    batch_norm norm[DCGAN_STEPS];  /* before each step */
    parameter *parameters[4 * DCGAN_STEPS + 2];
} dcgan_generator;

typedef struct dcgan_discriminator {
    convolution_layer down[DCGAN_STEPS];
    batch_norm norm[DCGAN_STEPS - 1];                  /* after each but the first */
    dense_layer score;
    parameter *parameters[4 * DCGAN_STEPS];
} dcgan_discriminator;

/* They fill `g` and `d`, whose weights live in `memory` and are not set yet. The sides of `shape` are multiples of 8. */
player dcgan_generator_init(dcgan_generator *g, size_t noise, image shape, arena *memory);
player dcgan_discriminator_init(dcgan_discriminator *d, image shape, arena *memory);

/* The width, as a setting. */
extern const run_setting dcgan_settings[];

#endif
