/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "nn/layer_norm.h"

static const double EPSILON = 1e-6;

/*
# Forward

The mean first and the squares around it second, so that a row far from 0 keeps its spread. $\hat x$ and
$1 / \sqrt{\sigma^2 + \varepsilon}$ are what the gradient needs.
*/
typedef struct saved { mat xhat; real *inverse; } saved;

KERNEL static void normalise(mat y, const saved *s, mat x, const real *gamma, const real *beta, size_t first, size_t last)
{
    size_t d = x.cols;
    for (size_t i = first; i < last; i++) {
        const real *from = mat_row(x, i);
        real *xhat = mat_row(s->xhat, i), *to = mat_row(y, i), mu = lane_sum(from, d) / (real)d;
        for (size_t j = 0; j < d; j++) xhat[j] = from[j] - mu;
        real inverse = s->inverse[i] = (real)(1 / sqrt((double)(lane_dot(xhat, xhat, d) / (real)d) + EPSILON));
        for (size_t j = 0; j < d; j++) {
            xhat[j] *= inverse;
            to[j] = gamma[j] * xhat[j] + beta[j];
        }
    }
}

/*
# Backward

With $\delta = \partial L / \partial y$, $g = \gamma \odot \delta$ and means over the d columns of a row,

$$ \frac{\partial L}{\partial \beta} = \sum_i \delta_i, \qquad \frac{\partial L}{\partial \gamma} = \sum_i \delta_i \odot \hat x_i,
   \qquad \frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{\sigma_i^2 + \varepsilon}}
   \left( g_i - \overline{g_i} - \hat x_i\, \overline{g_i \odot \hat x_i} \right). $$
*/
KERNEL static void pull_back(mat dx, mat dy, const saved *s, const real *gamma, size_t first, size_t last)
{
    size_t d = dx.cols;
    for (size_t i = first; i < last; i++) {
        const real *xhat = mat_row(s->xhat, i), *from = mat_row(dy, i);
        real *g = mat_row(dx, i);
        for (size_t j = 0; j < d; j++) g[j] = gamma[j] * from[j];
        real mean = lane_sum(g, d) / (real)d, along = lane_dot(g, xhat, d) / (real)d, inverse = s->inverse[i];
        for (size_t j = 0; j < d; j++) g[j] = (g[j] - mean - xhat[j] * along) * inverse;
    }
}

KERNEL static void sum_rows(real *restrict dbeta, real *restrict dgamma, mat dy, mat xhat)
{
    for (size_t j = 0; j < dy.cols; j++) dbeta[j] = dgamma[j] = 0;
    for (size_t i = 0; i < dy.rows; i++) {
        const real *d = mat_row(dy, i), *x = mat_row(xhat, i);
        for (size_t j = 0; j < dy.cols; j++) {
            dbeta[j] += d[j];
            dgamma[j] += d[j] * x[j];
        }
    }
}

/* The sums are made of both, whoever wants them: a reading of dy is what costs. */
static void layer_norm_backward(tape *t, node *y)
{
    const saved *s = y->saved;
    mat dx = node_grad(t, y->in[0]), dgamma = node_grad(t, y->in[1]), dbeta = node_grad(t, y->in[2]);
    size_t pieces = pieces_for(mat_size(y->value)), d = y->value.cols;
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(y->value.rows, 1, pieces, i);
        if (dx.at) pull_back(dx, y->grad, s, y->in[1]->value.at, p.first, p.last);
    }
    if (!dgamma.at && !dbeta.at) return;
    real *spare = arena_take(tape_arena(t), 2 * d, sizeof *spare);
    sum_rows(dbeta.at ? dbeta.at : spare, dgamma.at ? dgamma.at : spare + d, y->grad, s->xhat);
}

node *layer_normalise(tape *t, node *x, node *gamma, node *beta)
{
    mat v = x->value;
    REQUIRE(gamma->value.cols == v.cols && beta->value.cols == v.cols, "%zu columns, gamma of %zu, beta of %zu", v.cols,
            gamma->value.cols, beta->value.cols);
    node *y = tape_operation(t, "layer_norm", v.rows, v.cols, x, gamma, beta, layer_norm_backward);
    saved *s = y->saved = arena_take(tape_arena(t), 1, sizeof *s);
    *s = (saved){ arena_mat(tape_arena(t), v.rows, v.cols), arena_take(tape_arena(t), v.rows, sizeof(real)) };
    size_t pieces = pieces_for(mat_size(v));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(v.rows, 1, pieces, i);
        normalise(y->value, s, v, gamma->value.at, beta->value.at, p.first, p.last);
    }
    return y;
}

/*
# As a layer
*/
layer_norm layer_norm_new(arena *memory, const char *name, size_t features)
{
    layer_norm norm = { parameter_new(memory, name, "gamma", 1, features), parameter_new(memory, name, "beta", 1, features) };
    layer_norm_start(&norm);
    return norm;
}

void layer_norm_start(layer_norm *norm)
{
    mat_fill(norm->gamma.value, 1);
    mat_fill(norm->beta.value, 0);
}

node *layer_norm_apply(tape *t, layer_norm *norm, node *x)
{
    return layer_normalise(t, x, tape_parameter(t, &norm->gamma), tape_parameter(t, &norm->beta));
}
