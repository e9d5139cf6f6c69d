/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/image.h"
#include "base/threads.h"
#include "nn/batch_norm.h"

/*
# Batch normalisation

*Letters:* x as a matrix of N rows, the pixels of all images, and c channels; mu, inverse
$= 1 / \sqrt{\sigma^2 + \varepsilon}$ for each channel.

Sums over pixels are collected slab by slab: a slab of rows that stays in the cache while it is
read twice, of a size that depends on c alone, so that threads change nothing.
*/
enum { SLAB_NUMBERS = 1 << 16 };

typedef struct saved {
    const batch_norm *norm;
    batch_norm_mode mode;
    double *mu, *inverse;          /* of each channel */
} saved;

/* A number a channel, as the loops over pixels use them. */
typedef struct columns { const real *mu, *scale, *shift, *slope; } columns;

static real *rounded(const double *from, size_t c, arena *a)
{
    real *to = arena_take(a, c, sizeof *to);
    for (size_t j = 0; j < c; j++) to[j] = (real)from[j];
    return to;
}

static size_t slabs_of(mat x)
{
    size_t rows = SLAB_NUMBERS / x.cols + 1;
    return (x.rows + rows - 1) / rows;
}

/*
# Mean and variance in one reading

A slab has its own mean m and its own sum of squares around it, q. The slabs so far, n rows
around the mean M with the sum of squares Q, and the next one join to (Chan, Golub and
LeVeque 1979)

$$ M' = M + (m - M) \frac{k}{n + k}, \qquad
   Q' = Q + q + (m - M)^2 \frac{n k}{n + k}. $$

Subtracting the mean first is what keeps a channel of mean 1000 and spread 1 from losing its spread
to rounding, as $\overline{x^2} - \bar x^2$ would; and the mean of a slab is taken around its first
row for the same reason.
*/
KERNEL static void slab_moments(real *restrict m, real *restrict q, mat x, size_t first, size_t last)
{
    size_t c = x.cols;
    const real *pivot = mat_row(x, first);
    for (size_t j = 0; j < c; j++) m[j] = q[j] = 0;
    for (size_t i = first; i < last; i++) {
        const real *row = mat_row(x, i);
        for (size_t j = 0; j < c; j++) m[j] += row[j] - pivot[j];
    }
    for (size_t j = 0; j < c; j++) m[j] = pivot[j] + m[j] / (real)(last - first);
    for (size_t i = first; i < last; i++) {
        const real *row = mat_row(x, i);
        for (size_t j = 0; j < c; j++) q[j] += (row[j] - m[j]) * (row[j] - m[j]);
    }
}

/* Fills mu and the variance (by N). */
static void moments(double *mu, double *variance, mat x, arena *scratch)
{
    size_t slabs = slabs_of(x), c = x.cols;
    mat m = arena_mat(scratch, slabs, c), q = arena_mat(scratch, slabs, c);
    #pragma omp parallel for schedule(static) if (slabs > 1)
    for (size_t s = 0; s < slabs; s++) {
        piece p = piece_of(x.rows, 1, slabs, s);
        slab_moments(mat_row(m, s), mat_row(q, s), x, p.first, p.last);
    }
    for (size_t j = 0; j < c; j++) {
        double n = 0, M = 0, Q = 0;
        for (size_t s = 0; s < slabs; s++) {
            piece p = piece_of(x.rows, 1, slabs, s);
            double k = (double)(p.last - p.first), step = (double)mat_row(m, s)[j] - M;
            M += step * k / (n + k);
            Q += (double)mat_row(q, s)[j] + step * step * n * k / (n + k);
            n += k;
        }
        mu[j] = M;
        variance[j] = Q / n;
    }
}

/*
# Forward

The running variance is the unbiased one, by N - 1, as PyTorch keeps it.
*/
static void keep_running(batch_norm *norm, const double *mu, const double *variance, size_t n)
{
    real *mean = mat_row(norm->running, 0), *var = mat_row(norm->running, 1);
    double unbiased = n > 1 ? (double)n / (double)(n - 1) : 1, m = norm->momentum;
    for (size_t j = 0; j < norm->channels; j++) {
        mean[j] = (real)((1 - m) * (double)mean[j] + m * mu[j]);
        var[j] = (real)((1 - m) * (double)var[j] + m * unbiased * variance[j]);
    }
}

static void recall_running(double *mu, double *variance, const batch_norm *norm)
{
    for (size_t j = 0; j < norm->channels; j++) {
        mu[j] = (double)mat_row(norm->running, 0)[j];
        variance[j] = (double)mat_row(norm->running, 1)[j];
    }
}

KERNEL static void normalise(mat y, mat x, columns k, size_t first, size_t last)
{
    const real *mu = k.mu, *scale = k.scale, *shift = k.shift;
    for (size_t i = first; i < last; i++) {
        const real *from = mat_row(x, i);
        real *to = mat_row(y, i);
        for (size_t j = 0; j < x.cols; j++) to[j] = (from[j] - mu[j]) * scale[j] + shift[j];
    }
}

static void normalise_all(mat y, mat x, columns k, activation a)
{
    size_t slabs = slabs_of(x);
    #pragma omp parallel for schedule(static) if (slabs > 1)
    for (size_t s = 0; s < slabs; s++) {
        piece p = piece_of(x.rows, 1, slabs, s);
        normalise(y, x, k, p.first, p.last);
        bias_activate(mat_rows(y, p.first, p.last - p.first), NULL, a);
    }
}

static void batch_norm_backward(tape *t, node *y);

node *batch_normalise(tape *t, node *x, node *gamma, node *beta, batch_norm *norm, batch_norm_mode mode)
{
    size_t c = norm->channels;
    if (mode != INFERENCE) tape_whole(t, "batch normalisation");
    REQUIRE(x->value.cols % c == 0, "%zu columns are not pixels of %zu channels", x->value.cols, c);
    node *y = tape_operation(t, "batch_norm", x->value.rows, x->value.cols, x, gamma, beta,
                             batch_norm_backward);
    arena *a = tape_arena(t);
    saved *s = y->saved = arena_take(a, 1, sizeof *s);
    *s = (saved){ norm, mode, arena_take(a, c, sizeof(double)), arena_take(a, c, sizeof(double)) };
    mat pixels = image_pixels(x->value, c);
    double *variance = s->inverse, *scale = arena_take(a, c, sizeof *scale);
    if (mode == INFERENCE) recall_running(s->mu, variance, norm);
    else moments(s->mu, variance, pixels, a);
    if (mode == TRAINING) keep_running(norm, s->mu, variance, pixels.rows);
    for (size_t j = 0; j < c; j++) {
        s->inverse[j] = 1 / sqrt(variance[j] + norm->epsilon);
        scale[j] = (double)gamma->value.at[j] * s->inverse[j];
    }
    columns k = { .mu = rounded(s->mu, c, a), .scale = rounded(scale, c, a), .shift = beta->value.at };
    normalise_all(image_pixels(y->value, c), pixels, k, norm->a);
    return y;
}

/*
# Backward

With $\delta = \partial L / \partial y \odot a'$ and sums over the N pixels of a channel,

$$ \frac{\partial L}{\partial \beta} = \sum \delta, \qquad
   \frac{\partial L}{\partial \gamma} = \sum \delta \hat x, \qquad
   \frac{\partial L}{\partial x} = \frac{\gamma}{\sqrt{\sigma^2 + \varepsilon}} \left( \delta
   - \frac1N \sum \delta - \frac{\hat x}{N} \sum \delta \hat x \right). $$

What is subtracted is how $\mu$ and $\sigma^2$ answer to x. In inference they do not, and it is gone.
*/
KERNEL static void slab_sums(real *restrict sum, real *restrict product, mat dz, mat x, columns k,
                             size_t first, size_t last)
{
    const real *mu = k.mu;
    for (size_t j = 0; j < x.cols; j++) sum[j] = product[j] = 0;
    for (size_t i = first; i < last; i++) {
        const real *d = mat_row(dz, i), *from = mat_row(x, i);
        for (size_t j = 0; j < x.cols; j++) {
            sum[j] += d[j];
            product[j] += d[j] * (from[j] - mu[j]);
        }
    }
}

/* dx = scale * (dz - shift - slope * (x - mu)) */
KERNEL static void pull_back(mat dx, mat dz, mat x, columns k, size_t first, size_t last)
{
    const real *mu = k.mu, *scale = k.scale, *shift = k.shift, *slope = k.slope;
    for (size_t i = first; i < last; i++) {
        const real *d = mat_row(dz, i), *from = mat_row(x, i);
        real *to = mat_row(dx, i);
        for (size_t j = 0; j < x.cols; j++)
            to[j] = scale[j] * (d[j] - shift[j] - slope[j] * (from[j] - mu[j]));
    }
}

/* From dy to dz, in place, and the two sums of each channel. */
static void sums(double *sum, double *product, mat dz, mat y, mat x, const real *mu, activation a,
                 arena *scratch)
{
    size_t slabs = slabs_of(x), c = x.cols;
    mat of_slab = arena_mat(scratch, slabs, c), products = arena_mat(scratch, slabs, c);
    #pragma omp parallel for schedule(static) if (slabs > 1)
    for (size_t s = 0; s < slabs; s++) {
        piece p = piece_of(x.rows, 1, slabs, s);
        size_t rows = p.last - p.first;
        activation_derive(mat_rows(dz, p.first, rows), mat_rows(y, p.first, rows), a);
        slab_sums(mat_row(of_slab, s), mat_row(products, s), dz, x, (columns){ .mu = mu }, p.first, p.last);
    }
    for (size_t j = 0; j < c; j++) {
        sum[j] = product[j] = 0;
        for (size_t s = 0; s < slabs; s++) {
            sum[j] += (double)mat_row(of_slab, s)[j];
            product[j] += (double)mat_row(products, s)[j];
        }
    }
}

static void batch_norm_backward(tape *t, node *y)
{
    const saved *s = y->saved;
    size_t c = s->norm->channels;
    arena *a = tape_arena(t);
    mat x = image_pixels(y->in[0]->value, c), dz = image_pixels(y->grad, c);
    const real *mu = rounded(s->mu, c, a);
    double *sum = arena_take(a, c, sizeof *sum), *product = arena_take(a, c, sizeof *product);
    sums(sum, product, dz, image_pixels(y->value, c), x, mu, s->norm->a, a);

    mat dgamma = node_grad(t, y->in[1]), dbeta = node_grad(t, y->in[2]), dx = node_grad(t, y->in[0]);
    real *scale = arena_take(a, c, sizeof *scale), *shift = arena_take(a, c, sizeof *shift),
         *slope = arena_take(a, c, sizeof *slope);
    double N = s->mode == INFERENCE ? INFINITY : (double)x.rows;
    for (size_t j = 0; j < c; j++) {
        if (dbeta.at) dbeta.at[j] = (real)sum[j];
        if (dgamma.at) dgamma.at[j] = (real)(product[j] * s->inverse[j]);
        scale[j] = (real)((double)y->in[1]->value.at[j] * s->inverse[j]);
        shift[j] = (real)(sum[j] / N);
        slope[j] = (real)(product[j] * s->inverse[j] * s->inverse[j] / N);
    }
    if (!dx.at) return;
    columns k = { mu, scale, shift, slope };
    size_t slabs = slabs_of(x);
    #pragma omp parallel for schedule(static) if (slabs > 1)
    for (size_t i = 0; i < slabs; i++) {
        piece p = piece_of(x.rows, 1, slabs, i);
        pull_back(image_pixels(dx, c), dz, x, k, p.first, p.last);
    }
}

/*
# The layer
*/
node *batch_norm_apply(tape *t, batch_norm *norm, node *x, batch_norm_mode mode)
{
    return batch_normalise(t, x, tape_parameter(t, &norm->gamma), tape_parameter(t, &norm->beta), norm,
                           mode);
}

batch_norm batch_norm_new(arena *memory, const char *name, size_t channels, activation a)
{
    batch_norm norm = { .channels = channels, .momentum = .1, .epsilon = 1e-5, .a = a,
                        .gamma = parameter_new(memory, name, "gamma", 1, channels),
                        .beta = parameter_new(memory, name, "beta", 1, channels),
                        .running = arena_mat(memory, 2, channels) };
    batch_norm_start(&norm);
    return norm;
}

void batch_norm_start(batch_norm *norm)
{
    mat_fill(norm->gamma.value, 1);
    mat_fill(norm->beta.value, 0);
    mat_fill(mat_rows(norm->running, 0, 1), 0);
    mat_fill(mat_rows(norm->running, 1, 1), 1);
}
