/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/elementary.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "nn/activation.h"

/*
# An activation and its derivative, in place

The derivative is a function of the output y: it is $y > 0$ for ReLU,
$y (1 - y)$ for the sigmoid, $1 - y^2$ for tanh. Each case is a loop of its own,
so that each becomes vectors. What is no number stays none under all of them: asked `y <= 0` and
not `y > 0`, a diverged layer does not pass for one that is switched off.
*/
static const real LEAK = (real)0.2;

static inline void activate_row(real *y, size_t n, activation a)
{
    switch (a) {
    case LINEAR:     return;
    case RELU:       for (size_t i = 0; i < n; i++) y[i] = y[i] <= 0 ? 0 : y[i]; return;
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
    case RELU:       for (size_t i = 0; i < n; i++) dz[i] = y[i] <= 0 ? 0 : dy[i]; return;
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

void activation_derive(mat dz, mat y, activation a)
{
    if (a != LINEAR) derive_piece(dz.at, dz.at, y.at, mat_size(dz), a);
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
# Bias and activation, forward
*/
KERNEL static void bias_activate_rows(mat y, const real *b, activation a, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        real *row = mat_row(y, i);
        for (size_t j = 0; b && j < y.cols; j++) row[j] += b[j];
        activate_row(row, y.cols, a);
    }
}

void bias_activate(mat y, const real *b, activation a)
{
    if (!b && a == LINEAR) return;
    size_t pieces = pieces_for(mat_size(y));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(y.rows, 1, pieces, i);
        bias_activate_rows(y, b, a, p.first, p.last);
    }
}

/*
# And backward

The sum over the rows must not depend on the threads. The rows are cut into slabs of
`SLAB`, each slab into blocks of columns. A block adds up its columns in the order of
the rows; the slabs of a column are then added in their order.
*/
enum { SLAB = 4096, BLOCK = 4 * LANES };

typedef struct block { size_t top, bottom, left, right; } block;

KERNEL static void derive_block(mat dz, mat y, real *db, activation a, block k)
{
    size_t width = k.right - k.left;
    for (size_t j = 0; j < width; j++) db[j] = 0;
    for (size_t i = k.top; i < k.bottom; i++) {
        real *row = mat_row(dz, i) + k.left;
        derive_row(row, row, mat_row(y, i) + k.left, width, a);
        for (size_t j = 0; j < width; j++) db[j] += row[j];
    }
}

void bias_derive(mat dz, mat y, real *db, activation a, arena *scratch)
{
    if (!db && a == LINEAR) return;
    arena_mark mark = arena_save(scratch);
    size_t slabs = (dz.rows + SLAB - 1) / SLAB, across = (dz.cols + BLOCK - 1) / BLOCK;
    mat sums = arena_mat(scratch, slabs, dz.cols);
    #pragma omp parallel for schedule(static) if (pieces_for(mat_size(dz)) > 1)
    for (size_t i = 0; i < slabs * across; i++) {
        piece r = piece_of(dz.rows, SLAB, slabs, i / across), c = piece_of(dz.cols, BLOCK, across, i % across);
        derive_block(dz, y, mat_row(sums, i / across) + c.first, a,
                     (block){ r.first, r.last, c.first, c.last });
    }
    for (size_t j = 0; db && j < dz.cols; j++) {
        db[j] = sums.at[j];
        for (size_t s = 1; s < slabs; s++) db[j] += mat_row(sums, s)[j];
    }
    arena_release(scratch, mark);
}
