/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "nn/dropout.h"

/* $y = m \odot x$ with a mask m of 0 and $1 / (1 - \mathrm{rate})$, and the gradient likewise. */
static void multiply(mat y, mat x, const real *mask)
{
    for (size_t i = 0; i < mat_size(x); i++) y.at[i] = mask[i] * x.at[i];
}

static void dropout_backward(tape *t, node *y)
{
    multiply(node_grad(t, y->in[0]), y->grad, y->saved);
}

node *dropout(tape *t, node *x, double rate, gsl_rng *rng)
{
    REQUIRE(rate >= 0 && rate < 1, "dropout at a rate of %g, expected 0 or more and less than 1", rate);
    node *y = tape_operation(t, "dropout", x->value.rows, x->value.cols, x, NULL, NULL, dropout_backward);
    size_t n = mat_size(x->value);
    real *mask = y->saved = arena_take(tape_arena(t), n, sizeof *mask);
    for (size_t i = 0; i < n; i++) mask[i] = gsl_rng_uniform(rng) < rate ? 0 : (real)(1 / (1 - rate));
    multiply(y->value, x->value, mask);
    return y;
}
