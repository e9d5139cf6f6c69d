/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Convolution

Both backends against seven plain loops in double; the operation with its bias and its
activation; and that threads change nothing. `tests/gradients.c` checks the gradients of the
operation by themselves.

    convolution [CASE]     all cases, or one
*/
#include <math.h>
#include <omp.h>
#include <stdio.h>

#include "nn/convolution_backend.h"
#include "nn/transposed_convolution.h"
#include "tape/arithmetic.h"
#include "tapes.h"

/*
# Seven loops

Image, row, column, filter; row, column, channel of the kernel. What is done there is one of the
three products.
*/
typedef struct plain { double *y, *dx, *dw; } plain;

static void seven_loops(plain *p, mat x, mat w, mat dz, convolution c)
{
    image out = convolution_out(c);
    for (size_t n = 0; n < x.rows; n++)
    for (size_t i = 0; i < out.height; i++)
    for (size_t j = 0; j < out.width; j++)
    for (size_t f = 0; f < c.filters; f++)
    for (size_t u = 0; u < c.kernel; u++)
    for (size_t v = 0; v < c.kernel; v++)
    for (size_t k = 0; k < c.in.channels; k++) {
        long row = (long)(i * c.stride + u) - (long)c.padding, col = (long)(j * c.stride + v) - (long)c.padding;
        if (row < 0 || col < 0 || row >= (long)c.in.height || col >= (long)c.in.width) continue;
        size_t at = n * x.cols + ((size_t)row * c.in.width + (size_t)col) * c.in.channels + k;
        size_t weight = ((u * c.kernel + v) * c.in.channels + k) * c.filters + f;
        size_t to = n * dz.cols + (i * out.width + j) * c.filters + f;
        p->y[to] += (double)x.at[at] * (double)w.at[weight];
        p->dx[at] += (double)dz.at[to] * (double)w.at[weight];
        p->dw[weight] += (double)dz.at[to] * (double)x.at[at];
    }
}

static double *zeros(size_t n)
{
    double *at = arena_take(memory, n, sizeof *at);
    for (size_t i = 0; i < n; i++) at[i] = 0;
    return at;
}

/* The largest difference, in units of the root mean square. */
static double off(mat found, const double *wanted)
{
    double worst = 0, squares = 0;
    for (size_t i = 0; i < mat_size(found); i++) {
        worst = larger(worst, fabs((double)found.at[i] - wanted[i]));
        squares += wanted[i] * wanted[i];
        if (!isfinite((double)found.at[i])) return INFINITY;
    }
    return worst / sqrt(squares / (double)mat_size(found));
}

static void compare(const convolution_backend *b, convolution c, size_t n)
{
    gsl_rng *rng = rng_new(1, "convolution");
    image out = convolution_out(c);
    mat x = noise(rng, n, image_size(c.in)), w = noise(rng, convolution_fan_in(c), c.filters);
    mat dz = noise(rng, n, image_size(out)), y = arena_mat(memory, n, image_size(out));
    mat dx = arena_mat(memory, n, x.cols), dw = arena_mat(memory, w.rows, w.cols);
    mat_fill(y, (real)NAN);
    mat_fill(dx, (real)NAN);
    mat_fill(dw, (real)NAN);
    plain p = { zeros(mat_size(y)), zeros(mat_size(x)), zeros(mat_size(w)) };
    seven_loops(&p, x, w, dz, c);
    size_t used = arena_used(memory);
    b->forward(y, x, w, NULL, LINEAR, c, memory);
    b->backward_data(dx, dz, w, c, memory);
    b->backward_weights(dw, x, dz, c, memory);
    gsl_test(arena_used(memory) != used, "%s: scratch memory is given back", b->name);
    char name[128];
    snprintf(name, sizeof name, "%s: %zu of %zux%zux%zu, %zu filters of %zu, stride %zu, padding %zu",
             b->name, n, c.in.height, c.in.width, c.in.channels, c.filters, c.kernel, c.stride, c.padding);
    double most = tolerance(2e-5, 1e-13);
    gsl_test(!(off(y, p.y) < most), "%s: y to %.1e", name, off(y, p.y));
    gsl_test(!(off(dx, p.dx) < most), "%s: dx to %.1e", name, off(dx, p.dx));
    gsl_test(!(off(dw, p.dw) < most), "%s: dw to %.1e", name, off(dw, p.dw));
    gsl_rng_free(rng);
    arena_reset(memory);
}

/*
The shapes of the papers' networks, and awkward ones: a kernel as large as the image, strides that
leave pixels over, padding wider than a line of the kernel, one channel, odd numbers of everything.
*/
static const struct { convolution c; size_t n; } shapes[] = {
    { { { 28, 28, 1 }, 16, 5, 1, 2 }, 9 },
    { { { 14, 14, 16 }, 32, 5, 1, 0 }, 33 },
    { { { 32, 32, 3 }, 16, 3, 1, 1 }, 5 },
    { { { 16, 16, 16 }, 32, 3, 2, 1 }, 41 },
    { { { 8, 8, 32 }, 64, 1, 2, 0 }, 53 },
    { { { 4, 4, 48 }, 40, 3, 1, 1 }, 100 },
    { { { 7, 5, 3 }, 11, 1, 1, 0 }, 3 },
    { { { 5, 7, 2 }, 3, 5, 3, 2 }, 4 },
    { { { 3, 3, 5 }, 7, 3, 1, 0 }, 21 },
    { { { 2, 9, 1 }, 1, 3, 2, 3 }, 61 },
    { { { 6, 6, 4 }, 8, 4, 4, 1 }, 1 },
    { { { 14, 14, 8 }, 10, 8, 2, 3 }, 25 },
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

static void test_gemm(void)
{
    for (size_t i = 0; i < SHAPES; i++) compare(&convolution_gemm, shapes[i].c, shapes[i].n);
}

static void test_onednn(void)
{
#ifdef HAVE_ONEDNN
    for (size_t i = 0; i < SHAPES; i++) compare(&convolution_onednn, shapes[i].c, shapes[i].n);
#endif
}

/*
# The operation

Its loss is the mean of y, so 1 / (size of y) arrives at every number of y, and ReLU lets it
through where y is above 0. There are more pixels than one slab of the bias' sum has rows.
*/
static void test_operation(void)
{
    const convolution c = { { 34, 34, 3 }, 5, 3, 1, 1 };
    gsl_rng *rng = rng_new(2, "operation");
    convolution_layer l = convolution_layer_new(memory, "conv", c, WITH_BIAS, RELU);
    mat x = noise(rng, 9, image_size(c.in));
    rng_normal(rng, l.w.value, 1);
    rng_normal(rng, l.b.value, 1);
    node *in = tape_variable(t, x), *y = convolution_layer_apply(t, &l, in);
    tape_backward(t, mean_all(t, y));

    mat dz = arena_mat(memory, y->value.rows, y->value.cols);
    mat_fill(dz, 0);
    plain p = { zeros(mat_size(dz)), zeros(mat_size(x)), zeros(mat_size(l.w.value)) };
    seven_loops(&p, x, l.w.value, dz, c);
    double *db = zeros(c.filters);
    for (size_t i = 0; i < mat_size(dz); i++) {
        p.y[i] = fmax(0, p.y[i] + (double)l.b.value.at[i % c.filters]);
        dz.at[i] = (real)(p.y[i] > 0 ? 1 / (double)mat_size(dz) : 0);
        db[i % c.filters] += (double)dz.at[i];
    }
    double most = tolerance(1e-4, 1e-12);
    gsl_test(!(off(y->value, p.y) < most), "operation: y to %.1e", off(y->value, p.y));
    seven_loops(&p, x, l.w.value, dz, c);
    gsl_test(!(off(l.w.grad, p.dw) < most), "operation: dw to %.1e", off(l.w.grad, p.dw));
    gsl_test(!(off(l.b.grad, db) < most), "operation: db to %.1e", off(l.b.grad, db));
    gsl_test(!(off(in->grad, p.dx) < most), "operation: dx to %.1e", off(in->grad, p.dx));
    gsl_rng_free(rng);
    arena_reset(memory);
}

/*
# The way back as a layer

The seven loops have all that a transposed convolution computes: its value where they say dx, the
gradient of its input where they say y. We let tanh follow, so that the bias and the activation take
part, and the loss is the mean.
*/
static void compare_transposed(convolution of, size_t n)
{
    gsl_rng *rng = rng_new(4, "transposed");
    transposed_layer l = transposed_layer_new(memory, "up", of, WITH_BIAS, TANH);
    mat x = noise(rng, n, image_size(convolution_out(of)));
    rng_normal(rng, l.w.value, .3);
    rng_normal(rng, l.b.value, 1);
    node *in = tape_variable(t, x), *y = transposed_layer_apply(t, &l, in);
    tape_backward(t, mean_all(t, y));

    size_t size = n * image_size(of.in);
    mat delta = arena_mat(memory, n, size / n);
    plain p = { zeros(mat_size(x)), zeros(size), zeros(mat_size(l.w.value)) };
    double *db = zeros(of.in.channels);
    mat_fill(delta, 0);
    seven_loops(&p, delta, l.w.value, x, of);
    for (size_t i = 0; i < size; i++) {
        p.dx[i] = tanh(p.dx[i] + (double)l.b.value.at[i % of.in.channels]);
        delta.at[i] = (real)((1 - p.dx[i] * p.dx[i]) / (double)size);
        db[i % of.in.channels] += (double)delta.at[i];
    }
    double most = tolerance(1e-4, 1e-12), off_y = off(y->value, p.dx);
    plain q = { zeros(mat_size(x)), zeros(size), zeros(mat_size(l.w.value)) };
    seven_loops(&q, delta, l.w.value, x, of);
    gsl_test(!(off_y < most), "transposed: y to %.1e", off_y);
    gsl_test(!(off(in->grad, q.y) < most), "transposed: dx to %.1e", off(in->grad, q.y));
    gsl_test(!(off(l.w.grad, q.dw) < most), "transposed: dw to %.1e", off(l.w.grad, q.dw));
    gsl_test(!(off(l.b.grad, db) < most), "transposed: db to %.1e", off(l.b.grad, db));
    gsl_rng_free(rng);
    tapes_clear();
}

static void test_transposed(void)
{
    for (size_t i = 0; i < SHAPES; i++) compare_transposed(shapes[i].c, shapes[i].n);
    compare_transposed((convolution){ { 16, 16, 32 }, 64, 4, 2, 1 }, 50);
    compare_transposed((convolution){ { 32, 32, 3 }, 32, 4, 2, 1 }, 64);
}

/*
# Threads

All three products of every shape, at 1, 2 and 3 threads, to the last bit.
*/
static mat products(const convolution_backend *b, convolution c, size_t n)
{
    gsl_rng *rng = rng_new(3, "threads");
    size_t y = n * image_size(convolution_out(c)), x = n * image_size(c.in), fan_in = convolution_fan_in(c);
    mat all = arena_mat(memory, 1, y + x + fan_in * c.filters);
    mat w = noise(rng, fan_in, c.filters), bias = noise(rng, 1, c.filters), in = noise(rng, n, x / n),
        dz = noise(rng, n, y / n);
    b->forward(mat_view(all.at, n, y / n), in, w, bias.at, SIGMOID, c, memory);
    b->backward_data(mat_view(all.at + y, n, x / n), dz, w, c, memory);
    b->backward_weights(mat_view(all.at + y + x, fan_in, c.filters), in, dz, c, memory);
    gsl_rng_free(rng);
    return all;
}

static void compare_threads(const convolution_backend *b)
{
    for (size_t i = 0; i < SHAPES; i++) {
        omp_set_num_threads(1);
        mat alone = products(b, shapes[i].c, shapes[i].n);
        for (int threads = 2; threads <= 3; threads++) {
            omp_set_num_threads(threads);
            mat together = products(b, shapes[i].c, shapes[i].n);
            gsl_test(memcmp(alone.at, together.at, mat_size(alone) * sizeof(real)), "%s: shape %zu at %d threads",
                     b->name, i, threads);
        }
        arena_reset(memory);
    }
}

static void test_threads(void)
{
    compare_threads(&convolution_gemm);
#ifdef HAVE_ONEDNN
    compare_threads(&convolution_onednn);
#endif
}

static const test_case cases[] = {
    { "gemm", test_gemm },
    { "onednn", test_onednn },
    { "operation", test_operation },
    { "transposed", test_transposed },
    { "threads", test_threads },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
