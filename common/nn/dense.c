/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/rng.h"
#include "base/threads.h"
#include "nn/dense.h"

/*
# An activation and its derivative, in place

The derivative is a function of the output y: it is $y > 0$ for ReLU,
$y (1 - y)$ for the sigmoid, $1 - y^2$ for tanh. Each case is a loop of its own,
so that each becomes vectors.
*/
static const real LEAK = (real)0.01;

static inline void activate_row(real *y, size_t n, activation a)
{
    switch (a) {
    case LINEAR:     return;
    case RELU:       for (size_t i = 0; i < n; i++) y[i] = real_max(y[i], 0); return;
    case LEAKY_RELU: for (size_t i = 0; i < n; i++) y[i] = y[i] > 0 ? y[i] : LEAK * y[i]; return;
    case SIGMOID:    for (size_t i = 0; i < n; i++) y[i] = real_sigmoid(y[i]); return;
    case TANH:       for (size_t i = 0; i < n; i++) y[i] = real_tanh(y[i]); return;
    }
}

/* dz = dy * a'(z); dz may be dy. */
static inline void derive_row(real *dz, const real *dy, const real *y, size_t n, activation a)
{
    switch (a) {
    case LINEAR:     for (size_t i = 0; i < n; i++) dz[i] = dy[i]; return;
    case RELU:       for (size_t i = 0; i < n; i++) dz[i] = y[i] > 0 ? dy[i] : 0; return;
    case LEAKY_RELU: for (size_t i = 0; i < n; i++) dz[i] = y[i] > 0 ? dy[i] : LEAK * dy[i]; return;
    case SIGMOID:    for (size_t i = 0; i < n; i++) dz[i] = dy[i] * y[i] * (1 - y[i]); return;
    case TANH:       for (size_t i = 0; i < n; i++) dz[i] = dy[i] * (1 - y[i] * y[i]); return;
    }
}

/*
# Activation alone
*/
KERNEL static void activate_piece(real *y, const real *x, size_t n, activation a)
{
    memcpy(y, x, n * sizeof *y);
    activate_row(y, n, a);
}

KERNEL static void derive_piece(real *dx, const real *dy, const real *y, size_t n, activation a)
{
    derive_row(dx, dy, y, n, a);
}

static void activate_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]);
    activation a = *(activation *)y->saved;
    size_t n = mat_size(dx), pieces = pieces_for(n);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, LANES, pieces, i);
        derive_piece(dx.at + p.first, y->grad.at + p.first, y->value.at + p.first,
                     p.last - p.first, a);
    }
}

node *activate(tape *t, node *x, activation a)
{
    node *y = tape_operation(t, "activate", x->value.rows, x->value.cols, x, NULL, NULL,
                             activate_backward);
    activation *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = a;
    size_t n = mat_size(x->value), pieces = pieces_for(n);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, LANES, pieces, i);
        activate_piece(y->value.at + p.first, x->value.at + p.first, p.last - p.first, a);
    }
    return y;
}

/*
# The dense layer

With $z = xW + \mathbf{1} b$, $y = a(z)$ and
$\delta = \partial L / \partial z = \partial L / \partial y \odot a'(z)$,

$$ \frac{\partial L}{\partial W} = x^\top \delta, \qquad
   \frac{\partial L}{\partial b} = \mathbf{1}^\top \delta, \qquad
   \frac{\partial L}{\partial x} = \delta\, W^\top. $$

$\delta$ takes the place of $\partial L / \partial y$, which nobody reads any more:
after the backward pass, `grad` of a dense node is the gradient *before* its
activation. The pieces are columns there, so that each thread adds up whole
columns of $\delta$ for the bias, in the order of the rows.
*/
KERNEL static void add_bias(mat y, const real *b, activation a, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        real *row = mat_row(y, i);
        for (size_t j = 0; j < y.cols; j++) row[j] += b[j];
        activate_row(row, y.cols, a);
    }
}

KERNEL static void derive_columns(mat dz, mat y, real *db, activation a,
                                  size_t first, size_t last)
{
    for (size_t j = first; j < last; j++) db[j] = 0;
    for (size_t i = 0; i < y.rows; i++) {
        real *row = mat_row(dz, i) + first;
        derive_row(row, row, mat_row(y, i) + first, last - first, a);
        for (size_t j = 0; j < last - first; j++) db[first + j] += row[j];
    }
}

static void dense_backward(tape *t, node *y)
{
    node *x = y->in[0], *w = y->in[1], *b = y->in[2];
    mat dz = y->grad, db = node_grad(t, b);
    REQUIRE(db.at, "the bias \"%s\" is a constant", b->name);
    size_t pieces = pieces_for(mat_size(dz));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(dz.cols, LANES, pieces, i);
        derive_columns(dz, y->value, db.at, *(activation *)y->saved, p.first, p.last);
    }
    mat dw = node_grad(t, w);
    if (dw.at) gemm(dw, 1, x->value, TRANSPOSED, dz, PLAIN, 0);
    mat dx = node_grad(t, x);
    if (dx.at) gemm(dx, 1, dz, PLAIN, w->value, TRANSPOSED, 0);
}

node *dense(tape *t, node *x, node *w, node *b, activation a)
{
    REQUIRE(b->value.rows == 1 && b->value.cols == w->value.cols,
            "a bias of %zu x %zu for %zu outputs", b->value.rows, b->value.cols, w->value.cols);
    node *y = tape_operation(t, "dense", x->value.rows, w->value.cols, x, w, b, dense_backward);
    activation *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = a;
    gemm(y->value, 1, x->value, PLAIN, w->value, PLAIN, 0);
    size_t pieces = pieces_for(mat_size(y->value));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(y->value.rows, 1, pieces, i);
        add_bias(y->value, b->value.at, a, p.first, p.last);
    }
    return y;
}

/*
# Layers and their first weights
*/
static parameter parameter_new(arena *memory, const char *layer, const char *part,
                               size_t rows, size_t cols)
{
    size_t length = strlen(layer) + strlen(part) + 2;
    char *name = arena_take(memory, length, 1);
    snprintf(name, length, "%s.%s", layer, part);
    parameter p = { .name = name, .value = arena_mat(memory, rows, cols),
                    .grad = arena_mat(memory, rows, cols) };
    mat_fill(p.value, 0);
    mat_fill(p.grad, 0);
    return p;
}

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

void init_he(gsl_rng *rng, mat w)
{
    rng_normal(rng, w, sqrt(2 / (double)w.rows));
}

void init_xavier(gsl_rng *rng, mat w)
{
    double bound = sqrt(6 / (double)(w.rows + w.cols));
    rng_uniform(rng, w, -bound, bound);
}

void init_fan_in(gsl_rng *rng, mat b, size_t fan_in)
{
    double bound = 1 / sqrt((double)fan_in);
    rng_uniform(rng, b, -bound, bound);
}
