/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/elementary.h"
#include "base/error.h"
#include "base/threads.h"
#include "coupling.h"
#include "logdet.h"
#include "rearrange.h"

typedef struct places { size_t channels, first; } places;

static node *begin(tape *t, const char *name, node *x, node *h, places p, void (*backward)(tape *t, node *y))
{
    node *y = tape_operation(t, name, x->value.rows, x->value.cols, x, h, NULL, backward);
    places *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = p;
    mat_copy(y->value, x->value);
    return y;
}

/*
# Additive

$\partial L / \partial x = \delta$, and F is given the half of $\delta$ that it has changed.
*/
KERNEL static void add_rows(real *y, const real *h, size_t pixels, size_t channels, size_t count)
{
    for (size_t i = 0; i < pixels; i++)
        for (size_t c = 0; c < count; c++) y[i * channels + c] += h[i * count + c];
}

static void couple_additive_backward(tape *t, node *y)
{
    places p = *(places *)y->saved;
    mat dx = node_grad(t, y->in[0]), dh = node_grad(t, y->in[1]);
    if (dx.at) mat_copy(dx, y->grad);
    if (!dh.at) return;
    mat_fill(dh, 0);
    mat pixels = image_pixels(y->grad, p.channels);
    size_t count = dh.cols * dh.rows / pixels.rows;
    for (size_t i = 0; i < pixels.rows; i++)
        for (size_t c = 0; c < count; c++) dh.at[i * count + c] = mat_row(pixels, i)[p.first + c];
}

node *couple_additive(tape *t, node *x, node *h, size_t channels, size_t first)
{
    node *y = begin(t, "couple_additive", x, h, (places){ channels, first }, couple_additive_backward);
    size_t pixels = mat_size(x->value) / channels, count = mat_size(h->value) / pixels;
    REQUIRE(first + count <= channels, "channels %zu + %zu of %zu", first, count, channels);
    add_rows(y->value.at + first, h->value.at, pixels, channels, count);
    return y;
}

/*
# Affine

With $g = \sigma(r + 2)$ and $y_2 = (x_2 + t) g$,

$$ \frac{\partial L}{\partial x_2} = \frac{\partial L}{\partial t} = \delta_2\, g, \qquad
   \frac{\partial L}{\partial r} = \delta_2\, y_2\, (1 - g). $$
*/
static real gain(real r)
{
    real e = real_exp(-real_abs(r + 2));
    return (r + 2 >= 0 ? 1 : e) / (1 + e);
}

static void couple_affine_backward(tape *t, node *y)
{
    places p = *(places *)y->saved;
    node *h = y->in[1];
    mat dx = node_grad(t, y->in[0]), dh = node_grad(t, h);
    if (dx.at) mat_copy(dx, y->grad);
    size_t pixels = mat_size(y->value) / p.channels, count = mat_size(h->value) / pixels / 2;
    for (size_t i = 0; i < pixels; i++)
        for (size_t c = 0; c < count; c++) {
            size_t at = i * p.channels + p.first + c, shift = 2 * i * count + c;
            real g = gain(h->value.at[shift + count]), passed = y->grad.at[at] * g;
            if (dx.at) dx.at[at] = passed;
            if (!dh.at) continue;
            dh.at[shift] = passed;
            dh.at[shift + count] = y->grad.at[at] * y->value.at[at] * (1 - g);
        }
}

node *couple_affine(tape *t, node *x, node *h, size_t channels, size_t first)
{
    node *y = begin(t, "couple_affine", x, h, (places){ channels, first }, couple_affine_backward);
    size_t pixels = mat_size(x->value) / channels, count = mat_size(h->value) / pixels / 2;
    REQUIRE(first + count <= channels, "channels %zu + %zu of %zu", first, count, channels);
    for (size_t i = 0; i < pixels; i++)
        for (size_t c = 0; c < count; c++) {
            const real *shift = h->value.at + 2 * i * count + c;
            real *to = y->value.at + i * channels + first + c;
            *to = (*to + shift[0]) * gain(shift[count]);
        }
    return y;
}

/* $\partial \log \sigma(r + 2) / \partial r = 1 - g$. */
static void log_gain_backward(tape *t, node *y)
{
    mat h = y->in[0]->value, dh = node_grad(t, y->in[0]);
    size_t channels = *(size_t *)y->saved;
    real share = y->grad.at[0] / (real)h.rows;
    for (size_t i = 0; i < mat_size(h); i++)
        dh.at[i] = i % channels < channels / 2 ? 0 : share * (1 - gain(h.at[i]));
}

node *log_gain(tape *t, node *h, size_t h_channels)
{
    node *y = tape_operation(t, "log_gain", 1, 1, h, NULL, NULL, log_gain_backward);
    size_t *channels = y->saved = arena_take(tape_arena(t), 1, sizeof *channels);
    *channels = h_channels;
    double sum = 0;
    for (size_t i = 0; i < mat_size(h->value); i++)
        if (i % h_channels >= h_channels / 2) sum += (double)real_log(gain(h->value.at[i]));
    y->value.at[0] = (real)(sum / (double)h->value.rows);
    return y;
}

/*
# The layer
*/
coupling coupling_new(arena *memory, const char *name, image in, coupling_kind kind, coupling_half half, size_t units)
{
    REQUIRE(in.channels % 2 == 0, "%s: %zu channels cannot be halved", name, in.channels);
    size_t count = in.channels / 2;
    coupling c = { .kind = kind, .in = in, .changed = half == FIRST_HALF ? 0 : count };
    c.read = count - c.changed;
    c.f = bottleneck_new(memory, name, (image){ in.height, in.width, count }, units, kind == AFFINE ? 2 * count : count);
    return c;
}

static node *decide(tape *t, coupling *c, node *x, batch_norm_mode mode)
{
    return bottleneck_apply(t, &c->f, take_channels(t, x, c->in.channels, c->read, c->in.channels / 2), mode);
}

static node *change(tape *t, const coupling *c, node *x, node *h, node **logdet)
{
    size_t channels = c->in.channels;
    if (c->kind == ADDITIVE) return couple_additive(t, x, h, channels, c->changed);
    if (logdet) logdet_add(t, logdet, log_gain(t, h, channels));
    return couple_affine(t, x, h, channels, c->changed);
}

static void undo(const coupling *c, mat x, mat h)
{
    size_t channels = c->in.channels, count = channels / 2, pixels = mat_size(x) / channels;
    for (size_t i = 0; i < pixels; i++)
        for (size_t k = 0; k < count; k++) {
            real *at = x.at + i * channels + c->changed + k;
            const real *shift = h.at + (c->kind == AFFINE ? 2 : 1) * i * count + k;
            *at = c->kind == AFFINE ? *at / gain(shift[count]) - shift[0] : *at - shift[0];
        }
}

node *coupling_apply(tape *t, coupling *c, node *x, batch_norm_mode mode, node **logdet)
{
    return change(t, c, x, decide(t, c, x, mode), logdet);
}

node *coupling_retrace(tape *t, coupling *c, node *x, node **logdet)
{
    node *h = decide(t, c, x, TRAINING_AGAIN);
    undo(c, x->value, h->value);
    return change(t, c, x, h, logdet);
}

void coupling_invert(coupling *c, mat x, tape *scratch)
{
    undo(c, x, decide(scratch, c, tape_input(scratch, x), INFERENCE)->value);
    tape_reset(scratch);
}
