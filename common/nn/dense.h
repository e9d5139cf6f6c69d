/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_DENSE_H
#define NN_DENSE_H

#include "nn/activation.h"
#include "nn/parameter.h"

/*
# The dense layer

$y = a(xW + b)$ for `x` n x d, `w` d x k; `b` is 1 x k, or NULL for none. Bias and activation
are one pass over the product. Cost: $2ndk$ flops forward, $4ndk$ backward.
*/
node *dense(tape *t, node *x, node *w, node *b, activation a);

/*
# A layer and its parameters

The parameters of `dense`. They live in an arena, and are 0 until something sets them (`nn/parameter.h`).

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

#endif
