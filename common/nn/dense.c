/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/blas.h"
#include "base/error.h"
#include "nn/dense.h"

/*
# Its gradients

With $z = xW + \mathbf{1} b$, $y = a(z)$ and
$\delta = \partial L / \partial z = \partial L / \partial y \odot a'(z)$,

$$ \frac{\partial L}{\partial W} = x^\top \delta, \qquad
   \frac{\partial L}{\partial b} = \mathbf{1}^\top \delta, \qquad
   \frac{\partial L}{\partial x} = \delta\, W^\top. $$

$\delta$ takes the place of $\partial L / \partial y$, which nobody reads any more:
after the backward pass, `grad` of a dense node is the gradient *before* its
activation.
*/
static void dense_backward(tape *t, node *y)
{
    node *x = y->in[0], *w = y->in[1], *b = y->in[2];
    mat dz = y->grad, db = b ? node_grad(t, b) : (mat){ 0 };
    bias_derive(dz, y->value, db.at, *(activation *)y->saved, tape_arena(t));
    mat dw = node_grad(t, w);
    if (dw.at) gemm(dw, 1, x->value, TRANSPOSED, dz, PLAIN, 0);
    mat dx = node_grad(t, x);
    if (dx.at) gemm(dx, 1, dz, PLAIN, w->value, TRANSPOSED, 0);
}

node *dense(tape *t, node *x, node *w, node *b, activation a)
{
    REQUIRE(!b || (b->value.rows == 1 && b->value.cols == w->value.cols),
            "a bias of %zu x %zu for %zu outputs", b->value.rows, b->value.cols, w->value.cols);
    node *y = tape_operation(t, "dense", x->value.rows, w->value.cols, x, w, b, dense_backward);
    activation *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = a;
    gemm(y->value, 1, x->value, PLAIN, w->value, PLAIN, 0);
    bias_activate(y->value, b ? b->value.at : NULL, a);
    return y;
}

/*
# As a layer
*/
dense_layer dense_layer_new(arena *memory, const char *name, size_t inputs, size_t outputs,
                            activation a)
{
    return (dense_layer){ .w = parameter_new(memory, name, "w", inputs, outputs),
                          .b = parameter_new(memory, name, "b", 1, outputs), .a = a };
}

node *dense_layer_apply(tape *t, dense_layer *layer, node *x)
{
    return dense(t, x, tape_parameter(t, &layer->w), tape_parameter(t, &layer->b), layer->a);
}
