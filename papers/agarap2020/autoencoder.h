/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef AGARAP2020_AUTOENCODER_H
#define AGARAP2020_AUTOENCODER_H

#include "nn/dense.h"

/*
# The autoencoder

Section III.A: a fully connected network of d, 500, 500, 2000, c, 2000, 500,
500 and d units, the shape that Salakhutdinov and Hinton (2007) used. The code of c
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
What one pass leaves: the eight activations $h_i = a_i(z_i)$, `h[AE_CODE]` the code and
`h[7]` the reconstruction, and the scores before the last logistic function, `z[7]`,
for the loss. The other scores are computed only on request, for the variants whose
neighbour loss looks at them, and are NULL otherwise.
*/
typedef struct activations { node *z[AE_LAYERS], *h[AE_LAYERS]; } activations;
typedef enum { LAST_SCORES, ALL_SCORES } scores;
activations autoencoder_apply(tape *t, autoencoder *ae, node *x, scores wanted);

/* z = the codes of x: n x c. Runs in blocks on the tape, which it resets. */
void autoencoder_encode(mat z, mat x, autoencoder *ae, tape *t);

#endif
