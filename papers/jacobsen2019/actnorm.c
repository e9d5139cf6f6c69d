/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "actnorm.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/image.h"
#include "base/threads.h"
#include "logdet.h"

/*
# The operation and its gradients

With $\delta = \partial L / \partial y$, sums over all pixels of all images,

$$ \frac{\partial L}{\partial x} = \delta\, e^s, \qquad
   \frac{\partial L}{\partial b_c} = \sum \delta_c\, e^{s_c}, \qquad
   \frac{\partial L}{\partial s_c} = \sum \delta_c\, y_c. $$

The sums run over slabs of pixels, in `real` within a slab, which is fast, and in double over the slabs: so many numbers in
`real` would lose digits.
*/
KERNEL static void forward(mat y, mat x, const real *b, const real *gain)
{
    for (size_t i = 0; i < x.rows; i++)
        for (size_t c = 0; c < x.cols; c++) mat_row(y, i)[c] = (mat_row(x, i)[c] + b[c]) * gain[c];
}

KERNEL static void slab_sums(real *db, real *ds, mat dy, mat y)
{
    for (size_t c = 0; c < y.cols; c++) db[c] = ds[c] = 0;
    for (size_t i = 0; i < y.rows; i++)
        for (size_t c = 0; c < y.cols; c++) {
            db[c] += mat_row(dy, i)[c];
            ds[c] += mat_row(dy, i)[c] * mat_row(y, i)[c];
        }
}

static void sums(double *db, double *ds, mat dy, mat y, arena *scratch)
{
    enum { SLAB = 256 };
    real *part = arena_take(scratch, 2 * y.cols, sizeof *part);
    for (size_t c = 0; c < y.cols; c++) db[c] = ds[c] = 0;
    for (size_t i = 0; i < y.rows; i += SLAB) {
        slab_sums(part, part + y.cols, mat_block(dy, i, SLAB), mat_block(y, i, SLAB));
        for (size_t c = 0; c < y.cols; c++) {
            db[c] += (double)part[c];
            ds[c] += (double)part[y.cols + c];
        }
    }
}

static real *gains(const real *s, size_t channels, arena *a)
{
    real *gain = arena_take(a, channels, sizeof *gain);
    for (size_t c = 0; c < channels; c++) gain[c] = real_exp(s[c]);
    return gain;
}

static void shift_and_scale_backward(tape *t, node *y)
{
    node *x = y->in[0], *b = y->in[1], *s = y->in[2];
    size_t channels = b->value.cols;
    const real *gain = y->saved;
    real *zero = arena_take(tape_arena(t), channels, sizeof *zero);
    for (size_t c = 0; c < channels; c++) zero[c] = 0;
    mat dy = image_pixels(y->grad, channels), db = node_grad(t, b), ds = node_grad(t, s), dx = node_grad(t, x);
    if (dx.at) forward(image_pixels(dx, channels), dy, zero, gain);
    if (!db.at && !ds.at) return;
    double *sum = arena_take(tape_arena(t), 2 * channels, sizeof *sum);
    sums(sum, sum + channels, dy, image_pixels(y->value, channels), tape_arena(t));
    for (size_t c = 0; c < channels; c++) {
        if (db.at) db.at[c] = (real)sum[c] * gain[c];
        if (ds.at) ds.at[c] = (real)sum[channels + c];
    }
}

node *shift_and_scale(tape *t, node *x, node *b, node *s)
{
    size_t channels = b->value.cols;
    REQUIRE(x->value.cols % channels == 0 && s->value.cols == channels, "%zu and %zu channels of %zu numbers",
            channels, s->value.cols, x->value.cols);
    node *y = tape_operation(t, "shift_and_scale", x->value.rows, x->value.cols, x, b, s, shift_and_scale_backward);
    y->saved = gains(s->value.at, channels, tape_arena(t));
    forward(image_pixels(y->value, channels), image_pixels(x->value, channels), b->value.at, y->saved);
    return y;
}

/*
# The layer
*/
actnorm actnorm_new(arena *memory, const char *name, size_t channels)
{
    return (actnorm){ .channels = channels, .b = parameter_new(memory, name, "b", 1, channels),
                      .s = parameter_new(memory, name, "s", 1, channels) };
}

void actnorm_start(actnorm *a, mat x)
{
    const double least = 1e-6;
    mat pixels = image_pixels(x, a->channels);
    double n = (double)pixels.rows;
    for (size_t c = 0; c < a->channels; c++) {
        double mean = 0, variance = 0;
        for (size_t i = 0; i < pixels.rows; i++) mean += (double)mat_row(pixels, i)[c] / n;
        for (size_t i = 0; i < pixels.rows; i++) variance += pow((double)mat_row(pixels, i)[c] - mean, 2) / n;
        a->b.value.at[c] = (real)-mean;
        a->s.value.at[c] = (real)(variance > least * least ? -0.5 * log(variance) : 0);
    }
}

node *actnorm_apply(tape *t, actnorm *a, node *x, node **logdet)
{
    node *s = tape_parameter(t, &a->s);
    size_t pixels = x->value.cols / a->channels;
    logdet_add_sum(t, logdet, s, (double)pixels);
    return shift_and_scale(t, x, tape_parameter(t, &a->b), s);
}

void actnorm_invert(const actnorm *a, mat x)
{
    mat pixels = image_pixels(x, a->channels);
    for (size_t c = 0; c < a->channels; c++) {
        real inverse = (real)exp(-(double)a->s.value.at[c]), b = a->b.value.at[c];
        for (size_t i = 0; i < pixels.rows; i++) mat_row(pixels, i)[c] = mat_row(pixels, i)[c] * inverse - b;
    }
}
