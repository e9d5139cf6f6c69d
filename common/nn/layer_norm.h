/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_LAYER_NORM_H
#define NN_LAYER_NORM_H

#include "nn/parameter.h"

/*
# Layer normalisation

Each row is brought to mean 0 and variance 1, then to a mean and spread a column that are learned (Ba et al. 2016):

$$ y_{ij} = \gamma_j \hat x_{ij} + \beta_j, \qquad \hat x_i = \frac{x_i - \mu_i}{\sqrt{\sigma_i^2 + \varepsilon}}. $$

Unlike batch normalisation (`nn/batch_norm.h`) it does the same in training and in inference: a row depends on no other.
`gamma` and `beta` are 1 x d; $\varepsilon = 10^{-6}$.
*/
node *layer_normalise(tape *t, node *x, node *gamma, node *beta);

/* With its parameters, which start at 1 and 0. */
typedef struct layer_norm { parameter gamma, beta; } layer_norm;

layer_norm layer_norm_new(arena *memory, const char *name, size_t features);
void layer_norm_start(layer_norm *norm);
node *layer_norm_apply(tape *t, layer_norm *norm, node *x);

#endif
