/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Pooling, normalisation, dropout

Values against their definitions, in double; what the layers keep; and that threads change
nothing. `tests/gradients.c` checks the gradients of small cases, here are those of large ones.

    layers [CASE]          all cases, or one
    layers refuse WHAT     what does not fit
*/
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <omp.h>

#include "nn/batch_norm.h"
#include "nn/convolution.h"
#include "nn/dropout.h"
#include "nn/pooling.h"
#include "nn/transposed_convolution.h"
#include "tape/arithmetic.h"
#include "tapes.h"

static double worst(mat found, const double *wanted)
{
    double most = 0;
    for (size_t i = 0; i < mat_size(found); i++) {
        double off = fabs((double)found.at[i] - wanted[i]);
        most = larger(most, off);
    }
    return most;
}

/*
# Pooling

Every window by itself. A window that does not fit is left out, and gets no gradient.
*/
static void pools(double *largest, mat x, image in, size_t size, size_t stride)
{
    image out = pool_out(in, size, stride);
    for (size_t to = 0; to < x.rows * image_size(out); to++) {
        size_t c = to % in.channels, at = to / in.channels % (out.height * out.width);
        size_t n = to / image_size(out), top = at / out.width * stride, left = at % out.width * stride;
        largest[to] = -INFINITY;
        for (size_t i = top; i < top + size; i++)
            for (size_t j = left; j < left + size; j++)
                largest[to] = larger(largest[to], (double)mat_row(x, n)[(i * in.width + j) * in.channels + c]);
    }
}

static void compare_pools(size_t n, image in, size_t size, size_t stride)
{
    gsl_rng *rng = rng_new(1, "pools");
    mat x = noise(rng, n, image_size(in));
    size_t count = n * image_size(pool_out(in, size, stride));
    double *largest = arena_take(memory, count, sizeof *largest);
    pools(largest, x, in, size, stride);
    node *y = max_pool(t, tape_input(t, x), in, size, stride);
    gsl_test(worst(y->value, largest) != 0, "maxima of %zu, %zu apart", size, stride);
    tape_reset(t);
    gsl_rng_free(rng);
}

static void test_pools(void)
{
    compare_pools(37, (image){ 28, 28, 16 }, 2, 2);
    compare_pools(3, (image){ 7, 9, 5 }, 3, 2);
    compare_pools(2, (image){ 4, 4, 1 }, 4, 1);
    compare_pools(2, (image){ 5, 6, 3 }, 1, 3);
    gsl_rng *rng = rng_new(1, "global");
    mat x = noise(rng, 11, 4 * 6 * 3);
    node *all = global_average_pool(t, tape_input(t, x), (image){ 4, 6, 3 });
    double off = 0;
    for (size_t i = 0; i < x.rows; i++)
        for (size_t c = 0; c < 3; c++) {
            double mean = 0;
            for (size_t p = 0; p < 24; p++) mean += (double)mat_row(x, i)[p * 3 + c] / 24;
            off = larger(off, fabs(mean - (double)mat_row(all->value, i)[c]));
        }
    gsl_test(!(off < tolerance(1e-6, 1e-14)), "global means: off by %.1e", off);
    tape_reset(t);
    gsl_rng_free(rng);
}

/* Two equal pixels: the first has the whole gradient. */
static void test_ties(void)
{
    real pixels[] = { 1, 3, 3, 2 };
    node *x = tape_variable(t, mat_view(pixels, 1, 4));
    tape_backward(t, mean_all(t, max_pool(t, x, (image){ 2, 2, 1 }, 2, 2)));
    gsl_test_abs((double)x->grad.at[1], 1, 0, "the first of equals wins");
    gsl_test_abs((double)x->grad.at[2], 0, 0, "the second gets nothing");
    tape_reset(t);
}

/*
# Batch normalisation

On more pixels than a slab holds, with channels far from 0: their mean is 1000 times their
spread, where sums of squares would have lost it.
*/
enum { IMAGES = 30, PIXELS = 900, CHANNELS = 5 };

/* Of the mean of tanh y, for one channel: the formula with all its sums written out. */
static void channel_gradient(double *dx, size_t c, mat x, mat y, const batch_norm *norm)
{
    double N = IMAGES * PIXELS, mu = 0, variance = 0, sum = 0, product = 0;
    for (size_t i = c; i < mat_size(x); i += CHANNELS) mu += (double)x.at[i] / N;
    for (size_t i = c; i < mat_size(x); i += CHANNELS) variance += pow((double)x.at[i] - mu, 2) / N;
    double inverse = 1 / sqrt(variance + 1e-5);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = c; i < mat_size(x); i += CHANNELS) {
            double dz = (1 - pow(tanh((double)y.at[i]), 2)) / (double)mat_size(x);
            double xhat = ((double)x.at[i] - mu) * inverse;
            sum += pass ? 0 : dz / N;
            product += pass ? 0 : dz * xhat / N;
            dx[i] = (double)norm->gamma.value.at[c] * inverse * (dz - sum - xhat * product);
        }
}

static void test_norm(void)
{
    gsl_rng *rng = rng_new(1, "norm");
    mat x = noise(rng, IMAGES, PIXELS * CHANNELS);
    for (size_t i = 0; i < mat_size(x); i++) x.at[i] += (real)(1000.0 * (double)(i % CHANNELS));
    batch_norm norm = batch_norm_new(memory, "norm", CHANNELS, LINEAR);
    rng_normal(rng, norm.gamma.value, 1);
    rng_normal(rng, norm.beta.value, 1);
    node *in = tape_variable(t, x), *y = batch_norm_apply(t, &norm, in, TRAINING);

    double N = IMAGES * PIXELS, *wanted = arena_take(memory, mat_size(x), sizeof *wanted);
    double most = tolerance(2e-3, 1e-9), moved = 0;
    for (size_t c = 0; c < CHANNELS; c++) {
        double mu = 0, variance = 0;
        for (size_t i = c; i < mat_size(x); i += CHANNELS) mu += (double)x.at[i] / N;
        for (size_t i = c; i < mat_size(x); i += CHANNELS) variance += pow((double)x.at[i] - mu, 2) / N;
        for (size_t i = c; i < mat_size(x); i += CHANNELS)
            wanted[i] = ((double)x.at[i] - mu) / sqrt(variance + 1e-5) * (double)norm.gamma.value.at[c]
                      + (double)norm.beta.value.at[c];
        moved = larger(moved, fabs((double)mat_row(norm.running, 0)[c] - .1 * mu) / 1000);
        moved = larger(moved, fabs((double)mat_row(norm.running, 1)[c] - (.9 + .1 * variance * N / (N - 1))));
    }
    gsl_test(!(worst(y->value, wanted) < most), "values to %.1e", worst(y->value, wanted));
    gsl_test(!(moved < tolerance(1e-5, 1e-9)), "running means to %.1e", moved);

    tape_backward(t, mean_all(t, activate(t, y, TANH)));
    for (size_t c = 0; c < CHANNELS; c++) channel_gradient(wanted, c, x, y->value, &norm);
    double rms = 0;
    for (size_t i = 0; i < mat_size(x); i++) rms += wanted[i] * wanted[i] / (double)mat_size(x);
    double off = worst(in->grad, wanted) / sqrt(rms);
    gsl_test(!(off < tolerance(5e-3, 1e-8)), "gradient to %.1e of its size", off);
    tape_reset(t);
    gsl_rng_free(rng);
}

/* In inference an image does not depend on its batch, and nothing is learned. */
static void test_inference(void)
{
    gsl_rng *rng = rng_new(4, "inference");
    mat x = noise(rng, 8, 12);
    batch_norm norm = batch_norm_new(memory, "norm", 3, RELU);
    for (int step = 0; step < 50; step++) batch_norm_apply(t, &norm, tape_input(t, x), TRAINING);
    mat kept = arena_mat(memory, 2, 3);
    mat_copy(kept, norm.running);
    mat all = batch_norm_apply(t, &norm, tape_input(t, x), INFERENCE)->value;
    mat one = batch_norm_apply(t, &norm, tape_input(t, mat_rows(x, 5, 1)), INFERENCE)->value;
    gsl_test(memcmp(mat_row(all, 5), one.at, 12 * sizeof(real)), "an image alone equals itself in a batch");
    gsl_test(memcmp(kept.at, norm.running.at, 6 * sizeof(real)), "inference leaves the running means");
    mat batch = batch_norm_apply(t, &norm, tape_input(t, x), TRAINING)->value;
    double off = 0;
    for (size_t i = 0; i < mat_size(batch); i++) off = larger(off, fabs((double)batch.at[i] - (double)all.at[i]));
    mat_copy(kept, norm.running);
    mat again = batch_norm_apply(t, &norm, tape_input(t, x), TRAINING_AGAIN)->value;
    gsl_test(memcmp(again.at, batch.at, mat_size(batch) * sizeof(real)), "a batch again has the bytes of the first time");
    gsl_test(memcmp(kept.at, norm.running.at, 6 * sizeof(real)), "and leaves the running means");
    gsl_test(!(off < .1 && off > 0), "after 50 steps on one batch both modes nearly agree: off by %.2g", off);
    tape_reset(t);
    gsl_rng_free(rng);
}

/*
# Dropout

How many numbers survive is binomial, the survivors are scaled, and the gradient takes the same way.
*/
static void test_dropout(void)
{
    enum { N = 20000 };
    gsl_rng *rng = rng_new(5, "dropout");
    mat x = arena_mat(memory, 100, N / 100);
    mat_fill(x, 3);
    node *in = tape_variable(t, x), *y = dropout(t, in, .25, rng);
    tape_backward(t, mean_all(t, y));
    unsigned survivors = 0, wrong = 0;
    for (size_t i = 0; i < N; i++) {
        survivors += y->value.at[i] != 0;
        wrong += y->value.at[i] != 0 && fabs((double)y->value.at[i] - 4) > 1e-6;
        wrong += fabs((double)in->grad.at[i] - (double)y->value.at[i] / 3 / N) > 1e-10;
    }
    double below = gsl_cdf_binomial_P(survivors, .75, N);
    gsl_test(!(below > 1e-4 && below < 1 - 1e-4), "%u of %d survive a rate of .25", survivors, N);
    gsl_test(wrong != 0, "%u values or gradients are wrong", wrong);
    tape_reset(t);
    gsl_rng_free(rng);
}

/*
# Threads
*/
static mat chain(void)
{
    const image in = { 30, 30, 5 };
    gsl_rng *rng = rng_new(6, "threads");
    mat x = noise(rng, 40, image_size(in)), all = arena_mat(memory, 1, mat_size(x) + 10);
    batch_norm norm = batch_norm_new(memory, "norm", 5, RELU);
    node *v = tape_variable(t, x), *h = batch_norm_apply(t, &norm, v, TRAINING);
    h = global_average_pool(t, max_pool(t, h, in, 3, 1), pool_out(in, 3, 1));
    tape_backward(t, mean_all(t, activate(t, h, TANH)));
    memcpy(all.at, v->grad.at, mat_size(x) * sizeof(real));
    memcpy(all.at + mat_size(x), norm.gamma.grad.at, 5 * sizeof(real));
    memcpy(all.at + mat_size(x) + 5, norm.beta.grad.at, 5 * sizeof(real));
    tape_reset(t);
    gsl_rng_free(rng);
    return all;
}

static void test_threads(void)
{
    omp_set_num_threads(1);
    mat alone = chain();
    for (int threads = 2; threads <= 3; threads++) {
        omp_set_num_threads(threads);
        gsl_test(memcmp(alone.at, chain().at, mat_size(alone) * sizeof(real)), "%d threads", threads);
    }
}

/* Ends the program with a message, or says nothing. */
static void refuse(const char *what)
{
    node *x = tape_variable(t, arena_mat(memory, 2, 24)), *w = tape_variable(t, arena_mat(memory, 9, 5));
    const convolution c = { { 4, 6, 1 }, 5, 3, 1, 0 };
    if (strcmp(what, "convolve") == 0) convolve(t, x, w, NULL, (convolution){ { 4, 5, 1 }, 5, 3, 1, 0 }, RELU);
    if (strcmp(what, "weights") == 0) convolve(t, x, tape_variable(t, arena_mat(memory, 5, 9)), NULL, c, RELU);
    if (strcmp(what, "bias") == 0) convolve(t, x, w, x, c, RELU);
    if (strcmp(what, "kernel") == 0) convolution_out((convolution){ { 4, 6, 1 }, 5, 7, 1, 1 });
    if (strcmp(what, "stride") == 0) convolution_out((convolution){ { 4, 6, 1 }, 5, 3, 0, 1 });
    if (strcmp(what, "transposed") == 0) convolve_transposed(t, x, w, NULL, c, RELU);
    if (strcmp(what, "transposed_bias") == 0)
        convolve_transposed(t, tape_variable(t, arena_mat(memory, 2, 40)), w, tape_variable(t, arena_mat(memory, 1, 5)), c, RELU);
    if (strcmp(what, "pool") == 0) max_pool(t, x, (image){ 4, 6, 1 }, 5, 1);
    if (strcmp(what, "pool_image") == 0) global_average_pool(t, x, (image){ 4, 6, 2 });
    if (strcmp(what, "norm") == 0) {
        batch_norm norm = batch_norm_new(memory, "norm", 7, LINEAR);
        batch_norm_apply(t, &norm, x, TRAINING);
    }
    if (strcmp(what, "dropout") == 0) dropout(t, x, 1, NULL);
}

static const test_case cases[] = {
    { "pools", test_pools }, { "ties", test_ties }, { "norm", test_norm },
    { "inference", test_inference }, { "dropout", test_dropout }, { "threads", test_threads },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN_OR_REFUSE(cases, refuse, argc, argv);
}
