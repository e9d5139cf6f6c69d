/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_BATCH_NORM_H
#define NN_BATCH_NORM_H

#include "nn/activation.h"
#include "nn/parameter.h"

/*
# Batch normalisation

Each channel is brought to mean 0 and variance 1 over all pixels of all images of the batch,
then to a mean and spread that are learned (Ioffe and Szegedy 2015):

$$ y = a \left( \gamma \hat x + \beta \right), \qquad
   \hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}. $$

In training $\mu$ and $\sigma^2$ are those of the batch, and running means of both are kept,
$r \leftarrow (1 - m)\, r + m\, \mu$. In inference the running means take their place, and an
image no longer depends on its batch. Who works a batch of a training out a second time does so with `TRAINING_AGAIN`: the same,
but the running means stay.

    batch_norm norm = batch_norm_new(memory, "norm 1", 16, RELU);
    node *h = batch_norm_apply(t, &norm, x, TRAINING);

The columns of x are pixel after pixel of `channels` numbers; for vectors, channels is the
number of features. The running means are state: a checkpoint keeps `running`, 2 x channels, means
above variances.
*/
typedef enum { TRAINING, TRAINING_AGAIN, INFERENCE } batch_norm_mode;

typedef struct batch_norm {
    size_t channels;
    parameter gamma, beta;         /* 1 x channels; start at 1 and 0 */
    mat running;                   /* 2 x channels; start at 0 and 1 */
    double momentum, epsilon;      /* m and the small number; .1 and 1e-5 unless changed */
    activation a;
} batch_norm;

batch_norm batch_norm_new(arena *memory, const char *name, size_t channels, activation a);

/* Back to the start, for another training. */
void batch_norm_start(batch_norm *norm);

/* In `TRAINING` the running means take a step. Memory is what costs: x is read twice and y written
   once forward, and four matrices of that size are read or written in each of two sweeps backward. */
node *batch_norm_apply(tape *t, batch_norm *norm, node *x, batch_norm_mode mode);

/* The same with nodes for its parameters. `norm` lends the rest, and is borrowed until the tape is
   reset. */
node *batch_normalise(tape *t, node *x, node *gamma, node *beta, batch_norm *norm, batch_norm_mode mode);

#endif
