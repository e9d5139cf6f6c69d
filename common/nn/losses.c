/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/elementary.h"
#include "base/error.h"
#include "base/label.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "nn/losses.h"

/*
# What both have in common

The gradient of either loss is its residual, prediction minus truth, divided by
the count: $\partial L / \partial z = (p - [j = y]) / n$ for the softmax and
$(\sigma(z) - x) / (nd)$ for the sigmoid. The forward pass has p at hand, so it
leaves the residual on the tape, and the backward pass is a multiplication.
*/
KERNEL static void multiply(real *dz, const real *residual, real factor, size_t n)
{
    for (size_t i = 0; i < n; i++) dz[i] = factor * residual[i];
}

static void residual_backward(tape *t, node *y, size_t count)
{
    mat dz = node_grad(t, y->in[0]);
    const real *residual = y->saved;
    size_t n = mat_size(dz), pieces = pieces_for(n / 8);     /* a product a number is little work */
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, LANES, pieces, i);
        multiply(dz.at + p.first, residual + p.first, y->grad.at[0] / (real)count,
                 p.last - p.first);
    }
}

/*
# Softmax

The logarithm of a sum of exponentials (log-sum-exp) is $\log \sum_j e^{z_j} = m + \log \sum_j e^{z_j - m}$ with m the
largest score: one exponential is 1, so there is neither overflow nor the logarithm of an underflow. The residual of the
label, $p_y - 1$, is taken as minus the sum of the others: once $p_y$ rounds to 1 the difference would be 0 and the others
not, and an attack that follows the sign of a confident network's gradient would follow the wrong one.
*/
static inline real softmax_of(real *p, const real *z, size_t k)
{
    real m = lane_max(z, k);
    for (size_t j = 0; j < k; j++) p[j] = real_exp(z[j] - m);
    real sum = lane_sum(p, k);
    for (size_t j = 0; j < k; j++) p[j] /= sum;
    return m + real_log(sum);
}

KERNEL real softmax_row(real *p, const real *z, size_t k)
{
    return softmax_of(p, z, k);
}

KERNEL static double cross_entropy_rows(mat residual, mat z, const int *labels, piece rows)
{
    double loss = 0;
    for (size_t i = rows.first; i < rows.last; i++) {
        real *p = mat_row(residual, i);
        const real *s = mat_row(z, i);
        loss += (double)(softmax_of(p, s, z.cols) - s[labels[i]]);
        p[labels[i]] = 0;
        p[labels[i]] = -lane_sum(p, z.cols);
    }
    return loss;
}

static void cross_entropy_backward(tape *t, node *y)
{
    residual_backward(t, y, y->in[0]->value.rows);
}

node *cross_entropy(tape *t, node *z, const int *labels)
{
    mat s = z->value, residual = arena_mat(tape_arena(t), s.rows, s.cols);
    node *y = tape_operation(t, "cross_entropy", 1, 1, z, NULL, NULL, cross_entropy_backward);
    y->saved = residual.at;
    labels_require(labels, s.rows, s.cols);
    size_t pieces = pieces_for(mat_size(s));
    double *sum = arena_take(tape_arena(t), pieces, sizeof *sum), loss = 0;
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++)
        sum[i] = cross_entropy_rows(residual, s, labels, piece_of(s.rows, 1, pieces, i));
    for (size_t i = 0; i < pieces; i++) loss += sum[i];
    y->value.at[0] = (real)(loss / (double)s.rows);
    return y;
}

/*
# Sigmoid

With $e = e^{-|z|}$, the loss is $\max(z, 0) - zx + \log(1 + e)$ and the prediction
$1 / (1 + e)$ or $e / (1 + e)$: one exponential serves both.
*/
KERNEL static double binary_piece(real *residual, const real *z, const real *x, size_t n)
{
    real lane[LANES] = { 0 }, rest = 0;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t l = 0; l < LANES; l++) {
            real score = z[i + l], e = real_exp(-real_abs(score));
            lane[l] += real_max(score, 0) - score * x[i + l] + real_log1p(e);
            residual[i + l] = (score >= 0 ? 1 : e) / (1 + e) - x[i + l];
        }
    for (; i < n; i++) {
        real e = real_exp(-real_abs(z[i]));
        rest += real_max(z[i], 0) - z[i] * x[i] + real_log1p(e);
        residual[i] = (z[i] >= 0 ? 1 : e) / (1 + e) - x[i];
    }
    return (double)lane_total(lane, rest);
}

static void binary_cross_entropy_backward(tape *t, node *y)
{
    residual_backward(t, y, mat_size(y->in[0]->value));
}

node *binary_cross_entropy(tape *t, node *z, mat target)
{
    REQUIRE(mat_same_shape(z->value, target), "scores %zu x %zu, targets %zu x %zu",
            z->value.rows, z->value.cols, target.rows, target.cols);
    size_t n = mat_size(target), pieces = pieces_for(n);
    node *y = tape_operation(t, "binary_cross_entropy", 1, 1, z, NULL, NULL,
                             binary_cross_entropy_backward);
    real *residual = y->saved = arena_take(tape_arena(t), n, sizeof *residual);
    double *sum = arena_take(tape_arena(t), pieces, sizeof *sum), loss = 0;
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, LANES, pieces, i);
        sum[i] = binary_piece(residual + p.first, z->value.at + p.first, target.at + p.first,
                              p.last - p.first);
    }
    for (size_t i = 0; i < pieces; i++) loss += sum[i];
    y->value.at[0] = (real)(loss / (double)n);
    return y;
}
