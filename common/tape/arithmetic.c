/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "tape/arithmetic.h"

/*
# Sum and scale

$$ y = a + b: \quad \frac{\partial L}{\partial a} = \frac{\partial L}{\partial b}
   = \frac{\partial L}{\partial y}; \qquad
   y = c\,x: \quad \frac{\partial L}{\partial x} = c\, \frac{\partial L}{\partial y}. $$
*/
static void add_backward(tape *t, node *y)
{
    for (size_t i = 0; i < 2; i++) {
        mat d = node_grad(t, y->in[i]);
        if (d.at) mat_copy(d, y->grad);
    }
}

KERNEL static void sum(real *y, const real *a, const real *b, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = a[i] + b[i];
}

node *add(tape *t, node *a, node *b)
{
    REQUIRE(mat_same_shape(a->value, b->value), "%zu x %zu plus %zu x %zu", a->value.rows, a->value.cols,
            b->value.rows, b->value.cols);
    node *y = tape_operation(t, "add", a->value.rows, a->value.cols, a, b, NULL, add_backward);
    size_t n = mat_size(y->value), pieces = pieces_for(n);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, LANES, pieces, i);
        sum(y->value.at + p.first, a->value.at + p.first, b->value.at + p.first, p.last - p.first);
    }
    return y;
}

KERNEL static void multiply(real *y, const real *x, real c, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = c * x[i];
}

static void scale_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]);
    multiply(dx.at, y->grad.at, *(real *)y->saved, mat_size(dx));
}

node *scale(tape *t, node *x, double c)
{
    node *y = tape_operation(t, "scale", x->value.rows, x->value.cols, x, NULL, NULL,
                             scale_backward);
    real *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = (real)c;
    multiply(y->value.at, x->value.at, *saved, mat_size(x->value));
    return y;
}

/*
# Rectangles

Joining and splitting copy a rectangle from one matrix into a place of
another, and their gradients copy it back: `put` writes a whole matrix at
(row, col) of a larger one, `cut` reads it from there.
*/
static void put(mat large, size_t row, size_t col, mat small)
{
    for (size_t i = 0; i < small.rows; i++)
        memcpy(mat_row(large, row + i) + col, mat_row(small, i), small.cols * sizeof(real));
}

static void cut(mat small, mat large, size_t row, size_t col)
{
    for (size_t i = 0; i < small.rows; i++)
        memcpy(mat_row(small, i), mat_row(large, row + i) + col, small.cols * sizeof(real));
}

typedef struct corner { size_t row, col; } corner;

static node *save_corner(tape *t, node *y, size_t row, size_t col)
{
    corner *c = y->saved = arena_take(tape_arena(t), 1, sizeof *c);
    *c = (corner){ row, col };
    return y;
}

static void concat_backward(tape *t, node *y)
{
    const corner *second = y->saved;
    mat da = node_grad(t, y->in[0]), db = node_grad(t, y->in[1]);
    if (da.at) cut(da, y->grad, 0, 0);
    if (db.at) cut(db, y->grad, second->row, second->col);
}

node *concat_rows(tape *t, node *a, node *b)
{
    REQUIRE(a->value.cols == b->value.cols, "%zu columns above %zu", a->value.cols, b->value.cols);
    node *y = tape_operation(t, "concat_rows", a->value.rows + b->value.rows, a->value.cols,
                             a, b, NULL, concat_backward);
    put(y->value, 0, 0, a->value);
    put(y->value, a->value.rows, 0, b->value);
    return save_corner(t, y, a->value.rows, 0);
}

node *concat_cols(tape *t, node *a, node *b)
{
    REQUIRE(a->value.rows == b->value.rows, "%zu rows beside %zu", a->value.rows, b->value.rows);
    node *y = tape_operation(t, "concat_cols", a->value.rows, a->value.cols + b->value.cols,
                             a, b, NULL, concat_backward);
    put(y->value, 0, 0, a->value);
    put(y->value, 0, a->value.cols, b->value);
    return save_corner(t, y, 0, a->value.cols);
}

static void take_backward(tape *t, node *y)
{
    const corner *c = y->saved;
    mat dx = node_grad(t, y->in[0]);
    mat_fill(dx, 0);
    put(dx, c->row, c->col, y->grad);
}

node *take_cols(tape *t, node *x, size_t first, size_t count)
{
    REQUIRE(first + count <= x->value.cols, "columns %zu + %zu of %zu x %zu", first, count, x->value.rows, x->value.cols);
    node *y = tape_operation(t, "take_cols", x->value.rows, count, x, NULL, NULL, take_backward);
    cut(y->value, x->value, 0, first);
    return save_corner(t, y, 0, first);
}

static void gather_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]);
    const size_t *index = y->saved;
    mat_fill(dx, 0);
    for (size_t i = 0; i < y->grad.rows; i++) {
        real *to = mat_row(dx, index[i]);
        const real *from = mat_row(y->grad, i);
        for (size_t j = 0; j < dx.cols; j++) to[j] += from[j];
    }
}

node *gather_rows(tape *t, node *x, const size_t *index, size_t count)
{
    node *y = tape_operation(t, "gather_rows", count, x->value.cols, x, NULL, NULL, gather_backward);
    y->saved = (void *)index;
    mat_gather(y->value, x->value, index);
    return y;
}

/*
# From many numbers to one

The mean hands every element the same share, $1/n$ of what arrives.
*/
static void mean_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]);
    mat_fill(dx, y->grad.at[0] / (real)mat_size(dx));
}

node *mean_all(tape *t, node *x)
{
    node *y = tape_operation(t, "mean_all", 1, 1, x, NULL, NULL, mean_backward);
    double sum = 0;
    for (size_t i = 0; i < mat_size(x->value); i++) sum += (double)x->value.at[i];
    y->value.at[0] = (real)(sum / (double)mat_size(x->value));
    return y;
}

/* The winner is the only input of the node: it alone has a gradient. */
static void smallest_backward(tape *t, node *y)
{
    node_grad(t, y->in[0]).at[0] = y->grad.at[0];
}

node *smallest(tape *t, node *const *scalars, size_t count)
{
    node *winner = scalars[0];
    for (size_t i = 1; i < count; i++) {
        double s = node_scalar(scalars[i]);
        if (s < node_scalar(winner) || isnan(s)) winner = scalars[i];
    }
    node *y = tape_operation(t, "smallest", 1, 1, winner, NULL, NULL, smallest_backward);
    y->value.at[0] = winner->value.at[0];
    return y;
}

/*
# Rows of length one

With $u = x / r$, $r = \sqrt{|x|^2 + \varepsilon}$,

$$ \frac{\partial L}{\partial x} = \frac1r \left( \frac{\partial L}{\partial u}
   - u \left( u \cdot \frac{\partial L}{\partial u} \right) \right): $$

what points along x is taken out, because a longer x gives the same u.
*/
static const double LENGTH_EPSILON = 1e-12;

KERNEL static void normalise(mat u, real *length, mat x, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        const real *xi = mat_row(x, i);
        real *ui = mat_row(u, i);
        length[i] = (real)sqrt((double)lane_dot(xi, xi, x.cols) + LENGTH_EPSILON);
        real inverse = 1 / length[i];
        for (size_t j = 0; j < x.cols; j++) ui[j] = xi[j] * inverse;
    }
}

KERNEL static void normalise_gradient(mat dx, mat u, mat du, const real *length,
                                      size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        const real *ui = mat_row(u, i), *dui = mat_row(du, i);
        real *dxi = mat_row(dx, i), inverse = 1 / length[i];
        real along = lane_dot(ui, dui, u.cols);
        for (size_t j = 0; j < u.cols; j++) dxi[j] = (dui[j] - ui[j] * along) * inverse;
    }
}

static void normalise_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]);
    size_t pieces = pieces_for(mat_size(dx));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(dx.rows, 1, pieces, i);
        normalise_gradient(dx, y->value, y->grad, y->saved, p.first, p.last);
    }
}

node *normalise_rows(tape *t, node *x)
{
    node *y = tape_operation(t, "normalise_rows", x->value.rows, x->value.cols,
                             x, NULL, NULL, normalise_backward);
    y->saved = arena_take(tape_arena(t), x->value.rows, sizeof(real));
    size_t pieces = pieces_for(mat_size(x->value));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(x->value.rows, 1, pieces, i);
        normalise(y->value, y->saved, x->value, p.first, p.last);
    }
    return y;
}

/*
# Row against row

$d_i = |a_i - b_i|^2$, and
$\partial L / \partial a_i = 2\, (\partial L / \partial d_i)\, (a_i - b_i)$, the negative for b.
*/
static void pull_together(mat dx, mat x, mat other, mat d)
{
    for (size_t i = 0; i < x.rows; i++)
        for (size_t j = 0; j < x.cols; j++)
            mat_row(dx, i)[j] = 2 * d.at[i] * (mat_row(x, i)[j] - mat_row(other, i)[j]);
}

static void row_distances_backward(tape *t, node *y)
{
    node *a = y->in[0], *b = y->in[1];
    mat da = node_grad(t, a);
    if (da.at) pull_together(da, a->value, b->value, y->grad);
    mat db = node_grad(t, b);
    if (db.at) pull_together(db, b->value, a->value, y->grad);
}

node *row_distances(tape *t, node *a, node *b)
{
    REQUIRE(mat_same_shape(a->value, b->value), "%zu x %zu against %zu x %zu",
            a->value.rows, a->value.cols, b->value.rows, b->value.cols);
    node *y = tape_operation(t, "row_distances", a->value.rows, 1, a, b, NULL,
                             row_distances_backward);
    for (size_t i = 0; i < a->value.rows; i++) {
        real sum = 0;
        for (size_t j = 0; j < a->value.cols; j++) {
            real gap = mat_row(a->value, i)[j] - mat_row(b->value, i)[j];
            sum += gap * gap;
        }
        y->value.at[i] = sum;
    }
    return y;
}
