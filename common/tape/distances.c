/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "tape/arithmetic.h"
#include "tape/distances.h"

/*
# All pairs, squared

The products $a_i \cdot b_j$ are one matrix product; the norms are added
to it. With $G = \partial L / \partial d$, row sums r and column sums c of G,

$$ \frac{\partial L}{\partial a} = 2 \left( \mathrm{diag}(r)\, a - G\, b \right),
   \qquad
   \frac{\partial L}{\partial b} = 2 \left( \mathrm{diag}(c)\, b - G^\top a \right). $$
*/
typedef struct norms { real *a, *b; } norms;

KERNEL static void row_norms(real *norm, mat x)
{
    for (size_t i = 0; i < x.rows; i++) norm[i] = lane_dot(mat_row(x, i), mat_row(x, i), x.cols);
}

KERNEL static void complete(mat d, norms n)
{
    for (size_t i = 0; i < d.rows; i++) {
        real *row = mat_row(d, i);
        for (size_t j = 0; j < d.cols; j++)
            row[j] = real_max(n.a[i] + n.b[j] - 2 * row[j], 0);
    }
}

KERNEL static void weigh_rows(mat dx, mat x, const real *weight)
{
    for (size_t i = 0; i < x.rows; i++)
        for (size_t j = 0; j < x.cols; j++)
            mat_row(dx, i)[j] = 2 * weight[i] * mat_row(x, i)[j];
}

KERNEL static void sum_rows_and_columns(norms sum, mat g)
{
    for (size_t j = 0; j < g.cols; j++) sum.b[j] = 0;
    for (size_t i = 0; i < g.rows; i++) {
        sum.a[i] = lane_sum(mat_row(g, i), g.cols);
        for (size_t j = 0; j < g.cols; j++) sum.b[j] += mat_row(g, i)[j];
    }
}

static void squared_distances_backward(tape *t, node *y)
{
    node *a = y->in[0], *b = y->in[1];
    norms sum = { .a = arena_take(tape_arena(t), y->grad.rows, sizeof(real)),
                  .b = arena_take(tape_arena(t), y->grad.cols, sizeof(real)) };
    sum_rows_and_columns(sum, y->grad);
    mat da = node_grad(t, a);
    if (da.at) {
        weigh_rows(da, a->value, sum.a);
        gemm(da, -2, y->grad, PLAIN, b->value, PLAIN, 1);
    }
    mat db = node_grad(t, b);
    if (db.at) {
        weigh_rows(db, b->value, sum.b);
        gemm(db, -2, y->grad, TRANSPOSED, a->value, PLAIN, 1);
    }
}

node *squared_distances(tape *t, node *a, node *b)
{
    REQUIRE(a->value.cols == b->value.cols, "%zu features against %zu",
            a->value.cols, b->value.cols);
    node *y = tape_operation(t, "squared_distances", a->value.rows, b->value.rows, a, b, NULL,
                             squared_distances_backward);
    norms n = { .a = arena_take(tape_arena(t), a->value.rows, sizeof(real)),
                .b = arena_take(tape_arena(t), b->value.rows, sizeof(real)) };
    row_norms(n.a, a->value);
    row_norms(n.b, b->value);
    gemm(y->value, 1, a->value, PLAIN, b->value, TRANSPOSED, 0);
    complete(y->value, n);
    return y;
}

/*
# All pairs, by angle

For rows of length one $1 - u \cdot v = \tfrac12 |u - v|^2$.
*/
node *cosine_distances(tape *t, node *a, node *b)
{
    node *u = normalize_rows(t, a), *v = a == b ? u : normalize_rows(t, b);
    return scale(t, squared_distances(t, u, v), 0.5);
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
