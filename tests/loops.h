/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_LOOPS_H
#define TESTS_LOOPS_H

#include <math.h>

#include "nn/dense.h"
#include "nn/layer_norm.h"
#include "tapes.h"

/*
# Layers in plain loops

For networks that are written twice: with the tape, and once more in a few lines that use nothing of it. All take rows of
numbers to new ones, in the test's memory; sums are in double.
*/
static inline mat loop_dense(mat x, const dense_layer *layer)
{
    mat y = arena_mat(memory, x.rows, layer->w.value.cols);
    for (size_t i = 0; i < y.rows; i++)
        for (size_t k = 0; k < y.cols; k++) {
            double sum = (double)layer->b.value.at[k];
            for (size_t j = 0; j < x.cols; j++) sum += (double)mat_row(x, i)[j] * (double)mat_row(layer->w.value, j)[k];
            mat_row(y, i)[k] = (real)sum;
        }
    return y;
}

static inline mat loop_norm(mat x, const layer_norm *norm)
{
    mat y = arena_mat(memory, x.rows, x.cols);
    for (size_t i = 0; i < x.rows; i++) {
        const real *from = mat_row(x, i);
        double mu = 0, variance = 0, d = (double)x.cols;
        for (size_t j = 0; j < x.cols; j++) mu += (double)from[j] / d;
        for (size_t j = 0; j < x.cols; j++) variance += pow((double)from[j] - mu, 2) / d;
        for (size_t j = 0; j < x.cols; j++)
            mat_row(y, i)[j] = (real)((double)norm->gamma.value.at[j] * ((double)from[j] - mu) / sqrt(variance + 1e-6)
                                      + (double)norm->beta.value.at[j]);
    }
    return y;
}

static inline mat loop_sum(mat a, mat b)
{
    mat y = arena_mat(memory, a.rows, a.cols);
    for (size_t i = 0; i < mat_size(y); i++) y.at[i] = a.at[i] + b.at[i];
    return y;
}

static inline mat loop_relu(mat x)
{
    mat y = arena_mat(memory, x.rows, x.cols);
    for (size_t i = 0; i < mat_size(y); i++) y.at[i] = x.at[i] > 0 ? x.at[i] : 0;
    return y;
}

static inline mat loop_gelu(mat x)
{
    mat y = arena_mat(memory, x.rows, x.cols);
    for (size_t i = 0; i < mat_size(y); i++) y.at[i] = (real)((double)x.at[i] * erfc(-(double)x.at[i] / sqrt(2)) / 2);
    return y;
}

/* Every weight is drawn anew, scales and shifts too: what starts as 1 or 0 cannot be told from its absence. */
static inline void loop_weights(parameter *const *all, size_t count, double sd, gsl_rng *rng)
{
    for (size_t i = 0; i < count; i++) rng_normal(rng, all[i]->value, sd);
}

/* Are they the same, but for rounding? */
static inline void loop_same(mat found, mat wanted, const char *what)
{
    double off = 0, most = 0;
    for (size_t i = 0; i < mat_size(wanted); i++) {
        off = larger(off, fabs((double)found.at[i] - (double)wanted.at[i]));
        most = larger(most, fabs((double)wanted.at[i]));
    }
    gsl_test(!mat_same_shape(found, wanted) || !mat_is_finite(found) || !(off < tolerance(1e-4, 1e-12) * most),
             "%s: off by %.1e of %.1e", what, off, most);
}

#endif
