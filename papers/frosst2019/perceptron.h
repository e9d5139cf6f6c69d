/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_PERCEPTRON_H
#define FROSST2019_PERCEPTRON_H

#include "nn/dense.h"
#include "player.h"
#include "run/run.h"

/*
# Dense players

The paper does not say what its GANs on MNIST are made of. Ours have two hidden layers each, the one
the mirror of the other, as small as such GANs commonly are:

    generator        noise - 256 - 512 - pixels       ReLU, and a sigmoid at the end: a pixel is in [0, 1]
    discriminator    pixels - 512 - 256 - outputs     leaky ReLU, and plain scores

The rest is the advice of Radford et al. (2016). The generator's hidden layers are normalised over the batch,
which keeps the noise alive in them: without that, ours soon made the same image of any noise. A leaky ReLU in
the discriminator lets a gradient reach the generator through every unit. Weights start normal with a standard
deviation of 0.02, biases at 0.
*/
enum { PERCEPTRON_LAYERS = 3 };
typedef struct perceptron {
    dense_layer layer[PERCEPTRON_LAYERS];
    bool normalised;
    batch_norm norm[PERCEPTRON_LAYERS - 1];            /* after the hidden layers, if so */
    parameter *parameters[4 * PERCEPTRON_LAYERS - 2];
} perceptron;

/* They fill `p`, whose weights live in `memory` and are not set yet; the player's model is `p`. An image has
   `size` pixels. */
player perceptron_generator(perceptron *p, size_t noise, size_t size, arena *memory);
player perceptron_discriminator(perceptron *p, size_t size, size_t outputs, arena *memory);

/* The units of both, as settings. */
extern const run_setting perceptron_settings[];

#endif
