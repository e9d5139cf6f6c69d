/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef AGARAP2020_AUTOENCODER_H
#define AGARAP2020_AUTOENCODER_H

#include "nn/dense.h"

/*
# The autoencoder

Section III.A: a fully connected network of $d - 500 - 500 - 2000 - c - 2000 - 500 -
500 - d$ units, the shape that Salakhutdinov and Hinton (2007) used. The code of c
units and the reconstruction have logistic units, everything between them ReLU.

Weights start as the authors' code has it: He's normal distribution, but Xavier's uniform
one for the two logistic layers; biases uniform within $\pm 1/\sqrt{\text{fan in}}$.
*/
enum { AE_LAYERS = 8, AE_CODE = 3 };     /* layer 3 is the code */

typedef struct autoencoder {
    dense_layer layer[AE_LAYERS];
    parameter *parameters[2 * AE_LAYERS];
} autoencoder;

/* `ae` is filled in place (its parameters are pointed to); its weights live in
   `memory` and are not set yet. */
void autoencoder_init(autoencoder *ae, size_t d, size_t c, arena *memory);

/* Draws first weights. */
void autoencoder_start(autoencoder *ae, gsl_rng *rng);

/*
What one pass leaves: the scores before the last logistic function, for the loss, and
the eight activations, for the soft nearest neighbour loss. `h[AE_CODE]` is the code,
`h[7]` the reconstruction.
*/
typedef struct activations { node *scores, *h[AE_LAYERS]; } activations;
activations autoencoder_apply(tape *t, autoencoder *ae, node *x);

/* z = the codes of x: n x c. Runs in blocks on the tape, which it resets. */
void autoencoder_encode(mat z, mat x, autoencoder *ae, tape *t);

#endif
