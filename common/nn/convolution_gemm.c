/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/blas.h"
#include "base/threads.h"
#include "nn/convolution_backend.h"

/*
# Convolution as a product of matrices

Write every patch that the kernel looks at into a row of a matrix P: then

$$ z = P\, W, \qquad \frac{\partial L}{\partial W} = P^\top \delta, \qquad
   \frac{\partial L}{\partial P} = \delta\, W^\top, $$

and matrix products are what machines are best at. P is kernel² times as large as the
image, so it is never there for the whole batch: a thread writes the patches of a few images,
multiplies, and writes the next ones into the same memory. "A few" is what gives a product
enough rows, `ROWS`, where images are small.
*/
enum { ROWS = 256 };

typedef struct job {
    convolution c;
    mat y, x, w;                   /* y is z, or what arrives at it */
    const real *b;
    activation a;
    mat sums;                      /* a W for each chunk */
    size_t pixels, fan_in;         /* of an image of y; of a filter */
    size_t chunk, few;             /* images of a chunk; of a product, at most */
    image out;
} job;

static job job_of(mat y, mat x, mat w, convolution c)
{
    job j = { .c = c, .y = y, .x = x, .w = w, .out = convolution_out(c), .fan_in = convolution_fan_in(c),
              .chunk = convolution_chunk(x.rows) };
    j.pixels = j.out.height * j.out.width;
    j.few = (ROWS + j.pixels - 1) / j.pixels;
    return j;
}

/*
# Patches

Channels are last, so the pixels of a patch that lie in one line of the image lie together in
memory, channels and all: a patch is `kernel` such lines. `line_of` finds the part of one that is
inside the image. What is outside is 0.
*/
typedef struct line { size_t image, patch, length; } line;     /* offsets; 0 numbers if all is outside */

static line line_of(const convolution *c, size_t i, size_t j, size_t u)
{
    size_t row = i * c->stride + u, left = j * c->stride;
    if (row < c->padding || row - c->padding >= c->in.height) return (line){ 0 };
    size_t skip = left < c->padding ? c->padding - left : 0, edge = c->in.width + c->padding;
    size_t end = left + c->kernel < edge ? c->kernel : edge > left ? edge - left : 0;
    if (end <= skip) return (line){ 0 };
    return (line){ ((row - c->padding) * c->in.width + left + skip - c->padding) * c->in.channels,
                   skip * c->in.channels, (end - skip) * c->in.channels };
}

static void write_patches(real *to, const real *x, const job *j)
{
    size_t width = j->c.kernel * j->c.in.channels;
    for (size_t at = 0; at < j->pixels; at++)
        for (size_t u = 0; u < j->c.kernel; u++, to += width) {
            line l = line_of(&j->c, at / j->out.width, at % j->out.width, u);
            if (l.length < width) memset(to, 0, width * sizeof *to);
            memcpy(to + l.patch, x + l.image, l.length * sizeof *to);
        }
}

KERNEL static void add_line(real *to, const real *from, size_t n)
{
    for (size_t k = 0; k < n; k++) to[k] += from[k];
}

/* The way back: each pixel collects from all patches that it is part of. */
static void add_patches(real *dx, const real *from, const job *j)
{
    size_t width = j->c.kernel * j->c.in.channels;
    memset(dx, 0, image_size(j->c.in) * sizeof *dx);
    for (size_t at = 0; at < j->pixels; at++)
        for (size_t u = 0; u < j->c.kernel; u++, from += width) {
            line l = line_of(&j->c, at / j->out.width, at % j->out.width, u);
            add_line(dx + l.image, from + l.patch, l.length);
        }
}

/* Patches that are the pixels themselves need not be written. */
static bool pixelwise(const convolution *c)
{
    return c->kernel == 1 && c->stride == 1 && c->padding == 0;
}

static const real *patches_of(const job *j, size_t first, size_t few, real *room)
{
    if (pixelwise(&j->c)) return mat_row(j->x, first);
    for (size_t k = 0; k < few; k++)
        write_patches(room + k * j->pixels * j->fan_in, mat_row(j->x, first + k), j);
    return room;
}

/*
# The three products

Each for the images first, first + 1, ... of a chunk, a few of them.
*/
typedef void product(const job *j, size_t first, size_t few, real *room);

static void visit(const job *j, product *multiply, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    size_t n = j->x.rows, chunks = (n + j->chunk - 1) / j->chunk;
    size_t patches = pixelwise(&j->c) ? 0 : j->few * j->pixels * j->fan_in;
    mat room = arena_mat(scratch, (size_t)threads_count(), patches);
    #pragma omp parallel for schedule(static) if (chunks > 1)
    for (size_t k = 0; k < chunks; k++) {
        size_t last = (k + 1) * j->chunk < n ? (k + 1) * j->chunk : n;
        for (size_t i = k * j->chunk; i < last; i += j->few)
            multiply(j, i, last - i < j->few ? last - i : j->few, mat_row(room, threads_index()));
    }
    arena_release(scratch, mark);
}

static void forward_few(const job *j, size_t first, size_t few, real *room)
{
    mat y = mat_view(mat_row(j->y, first), few * j->pixels, j->c.filters);
    gemm_block(y.rows, y.cols, j->fan_in, 1, patches_of(j, first, few, room), j->fan_in, PLAIN,
               j->w.at, y.cols, PLAIN, 0, y.at, y.cols);
    bias_activate(y, j->b, j->a);
}

static void forward(mat y, mat x, mat w, const real *b, activation a, convolution c, arena *scratch)
{
    job j = job_of(y, x, w, c);
    j.b = b;
    j.a = a;
    visit(&j, forward_few, scratch);
}

static void data_few(const job *j, size_t first, size_t few, real *room)
{
    real *patches = pixelwise(&j->c) ? mat_row(j->x, first) : room;
    gemm_block(few * j->pixels, j->fan_in, j->c.filters, 1, mat_row(j->y, first), j->c.filters, PLAIN,
               j->w.at, j->c.filters, TRANSPOSED, 0, patches, j->fan_in);
    for (size_t k = 0; k < few && !pixelwise(&j->c); k++)
        add_patches(mat_row(j->x, first + k), patches + k * j->pixels * j->fan_in, j);
}

static void backward_data(mat dx, mat dz, mat w, convolution c, arena *scratch)
{
    job j = job_of(dz, dx, w, c);
    visit(&j, data_few, scratch);
}

static void weights_few(const job *j, size_t first, size_t few, real *room)
{
    gemm_block(j->fan_in, j->c.filters, few * j->pixels, 1, patches_of(j, first, few, room), j->fan_in,
               TRANSPOSED, mat_row(j->y, first), j->c.filters, PLAIN, first % j->chunk == 0 ? 0 : 1,
               mat_row(j->sums, first / j->chunk), j->c.filters);
}

static void backward_weights(mat dw, mat x, mat dz, convolution c, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    job j = job_of(dz, x, dw, c);
    j.chunk = convolution_chunk_weights(x.rows, c);
    j.sums = arena_mat(scratch, (x.rows + j.chunk - 1) / j.chunk, mat_size(dw));
    visit(&j, weights_few, scratch);
    convolution_add_chunks(dw.at, j.sums);
    arena_release(scratch, mark);
}

const convolution_backend convolution_gemm = { "im2col", forward, backward_data, backward_weights };
