/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/threads.h"
#include "nn/pooling.h"

/*
# Windows

A window of size x size pixels has its corner at pixel (`row`, `col`) of the image. Position
p of it is the pixel at row p / size, column p % size; its channels are neighbours, so
every loop below runs over the channels of a pixel.
*/
typedef struct windows {
    image in, out;
    size_t size, stride;           /* none for the mean */
    int32_t *largest;              /* n x image_size(out): a position, for the maximum */
} windows;

image pool_out(image in, size_t size, size_t stride)
{
    REQUIRE(size > 0 && stride > 0 && size <= in.height && size <= in.width,
            "windows of %zu, %zu apart, on %zu x %zu pixels", size, stride, in.height, in.width);
    return (image){ (in.height - size) / stride + 1, (in.width - size) / stride + 1, in.channels };
}

/* Where position p of the window of pixel `at` of y begins in the image. */
static inline size_t offset_of(const windows *w, size_t at, size_t p)
{
    size_t row = at / w->out.width * w->stride + p / w->size;
    size_t col = at % w->out.width * w->stride + p % w->size;
    return (row * w->in.width + col) * w->in.channels;
}

/* Every image by `one`, in parallel: `y` and `x` are its rows, `i` its number. */
typedef void each(const windows *w, real *y, real *x, size_t i);

static void visit(const windows *w, mat y, mat x, each *one)
{
    size_t pieces = pieces_for(mat_size(x));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t k = 0; k < pieces; k++) {
        piece p = piece_of(x.rows, 1, pieces, k);
        for (size_t i = p.first; i < p.last; i++) one(w, mat_row(y, i), mat_row(x, i), i);
    }
}

/*
# The maximum

The gradient needs to know who won: a position a number. NaN is larger than any number.
*/
static inline void take_larger(real *restrict y, int32_t *restrict from, const real *restrict pixel, size_t c, int32_t p)
{
    #pragma omp simd
    for (size_t k = 0; k < c; k++) {
        bool larger = pixel[k] > y[k] || pixel[k] != pixel[k];
        from[k] = larger ? p : from[k];
        y[k] = larger ? pixel[k] : y[k];
    }
}

KERNEL static void largest(const windows *w, real *restrict y, real *restrict x, size_t i)
{
    size_t c = w->in.channels, pixels = w->out.height * w->out.width;
    int32_t *restrict from = w->largest + i * pixels * c;
    for (size_t at = 0; at < pixels; at++, y += c, from += c) {
        memcpy(y, x + offset_of(w, at, 0), c * sizeof *y);
        memset(from, 0, c * sizeof *from);
        for (size_t p = 1; p < w->size * w->size; p++)
            take_larger(y, from, x + offset_of(w, at, p), c, (int32_t)p);
    }
}

KERNEL static void to_the_largest(const windows *w, real *restrict dy, real *restrict dx, size_t i)
{
    size_t c = w->in.channels, pixels = w->out.height * w->out.width;
    const int32_t *from = w->largest + i * pixels * c;
    memset(dx, 0, image_size(w->in) * sizeof *dx);
    for (size_t at = 0; at < pixels; at++, dy += c, from += c)
        for (size_t p = 0; p < w->size * w->size; p++) {
            real *pixel = dx + offset_of(w, at, p);
            for (size_t k = 0; k < c; k++) pixel[k] += from[k] == (int32_t)p ? dy[k] : 0;
        }
}

/*
# The mean
*/
KERNEL static void mean(const windows *w, real *restrict y, real *restrict x, size_t i)
{
    (void)i;
    size_t c = w->in.channels, pixels = w->in.height * w->in.width;
    memset(y, 0, c * sizeof *y);
    for (size_t p = 0; p < pixels; p++, x += c)
        for (size_t k = 0; k < c; k++) y[k] += x[k];
    for (size_t k = 0; k < c; k++) y[k] /= (real)pixels;
}

KERNEL static void to_all(const windows *w, real *restrict dy, real *restrict dx, size_t i)
{
    (void)i;
    size_t c = w->in.channels, pixels = w->in.height * w->in.width;
    for (size_t p = 0; p < pixels; p++, dx += c)
        for (size_t k = 0; k < c; k++) dx[k] = dy[k] / (real)pixels;
}

/*
# As operations
*/
static void max_backward(tape *t, node *y)
{
    visit(y->saved, y->grad, node_grad(t, y->in[0]), to_the_largest);
}

static void mean_backward(tape *t, node *y)
{
    visit(y->saved, y->grad, node_grad(t, y->in[0]), to_all);
}

static node *pool(tape *t, const char *name, node *x, windows w, void (*backward)(tape *t, node *y))
{
    REQUIRE(x->value.cols == image_size(w.in), "rows of %zu numbers for images of %zu x %zu x %zu",
            x->value.cols, w.in.height, w.in.width, w.in.channels);
    node *y = tape_operation(t, name, x->value.rows, image_size(w.out), x, NULL, NULL, backward);
    windows *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = w;
    return y;
}

node *max_pool(tape *t, node *x, image in, size_t size, size_t stride)
{
    windows w = { in, pool_out(in, size, stride), size, stride, NULL };
    w.largest = arena_take(tape_arena(t), x->value.rows * image_size(w.out), sizeof *w.largest);
    node *y = pool(t, "max_pool", x, w, max_backward);
    visit(&w, y->value, x->value, largest);
    return y;
}

node *global_average_pool(tape *t, node *x, image in)
{
    windows w = { .in = in, .out = { 1, 1, in.channels } };
    node *y = pool(t, "global_average_pool", x, w, mean_backward);
    visit(&w, y->value, x->value, mean);
    return y;
}
