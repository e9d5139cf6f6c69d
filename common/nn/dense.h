/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_DENSE_H
#define NN_DENSE_H

#include <gsl/gsl_rng.h>

#include "tape/tape.h"

/*
# Activations

| name | $a(z)$ |
|------|--------|
| `LINEAR` | $z$ |
| `RELU` | $\max(0, z)$ |
| `LEAKY_RELU` | $z$ for $z > 0$, else $0.01 z$ |
| `SIGMOID` | $1 / (1 + e^{-z})$ |
| `TANH` | $\tanh z$ |

All of them have a derivative that can be read off their output, so that no
operation keeps z.
*/
typedef enum { LINEAR, RELU, LEAKY_RELU, SIGMOID, TANH } activation;

/* $y = a(x)$, element by element. */
node *activate(tape *t, node *x, activation a);

/*
$y = a(xW + b)$ for `x` n x d, `w` d x k, `b` 1 x k. Bias and activation are one
pass over the product. Cost: $2ndk$ flops forward, $4ndk$ backward.
*/
node *dense(tape *t, node *x, node *w, node *b, activation a);

/*
# A layer

The parameters of `dense`, and how they start. A layer lives in an arena.

    dense_layer hidden = dense_layer_new(memory, "hidden", 784, 500, RELU);
    init_he(init, hidden.w.value);
    node *h = dense_layer_apply(t, &hidden, x);
*/
typedef struct dense_layer {
    parameter w, b;
    activation a;
} dense_layer;

dense_layer dense_layer_new(arena *memory, const char *name, size_t inputs, size_t outputs,
                            activation a);
node *dense_layer_apply(tape *t, dense_layer *layer, node *x);

/*
# Where weights begin

`w` is inputs x outputs; "fan in" is its rows, "fan out" its columns.

| name | draws from | source |
|------|-----------|--------|
| `init_he` | normal, sd $\sqrt{2 / \text{fan in}}$ | He et al. 2015 |
| `init_xavier` | uniform, $\pm\sqrt{6 / (\text{fan in} + \text{fan out})}$ | Glorot and Bengio 2010 |
| `init_fan_in` | uniform, $\pm 1/\sqrt{\text{fan in}}$; for biases, as PyTorch does | |
*/
void init_he(gsl_rng *rng, mat w);
void init_xavier(gsl_rng *rng, mat w);
void init_fan_in(gsl_rng *rng, mat b, size_t fan_in);

#endif
