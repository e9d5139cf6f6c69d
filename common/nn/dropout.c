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

static node *masked(tape *t, node *x, const char *name, size_t group, double rate, gsl_rng *rng)
{
    tape_whole(t, "dropout");
    REQUIRE(rate >= 0 && rate < 1, "%s at a rate of %g, expected 0 or more and less than 1", name, rate);
    node *y = tape_operation(t, name, x->value.rows, x->value.cols, x, NULL, NULL, dropout_backward);
    size_t n = mat_size(x->value);
    real *mask = y->saved = arena_take(tape_arena(t), n, sizeof *mask);
    for (size_t first = 0; first < n; first += group) {
        real m = gsl_rng_uniform(rng) < rate ? 0 : (real)(1 / (1 - rate));
        for (size_t i = first; i < first + group; i++) mask[i] = m;
    }
    multiply(y->value, x->value, mask);
    return y;
}

node *dropout(tape *t, node *x, double rate, gsl_rng *rng)
{
    return masked(t, x, "dropout", 1, rate, rng);
}

node *drop_path(tape *t, node *x, size_t rows, double rate, gsl_rng *rng)
{
    REQUIRE(rows > 0 && x->value.rows % rows == 0, "%zu rows are not groups of %zu", x->value.rows, rows);
    return masked(t, x, "drop_path", rows * x->value.cols, rate, rng);
}
