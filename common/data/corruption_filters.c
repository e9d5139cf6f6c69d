/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "data/corruption_filters.h"

size_t border_index(ptrdiff_t i, size_t n, border rule)
{
    ptrdiff_t last = (ptrdiff_t)n - 1;
    if (i >= 0 && i <= last) return (size_t)i;
    if (rule == BORDER_NEAREST) return i < 0 ? 0 : (size_t)last;
    ptrdiff_t period = rule == BORDER_REFLECT ? 2 * last + 2 : 2 * last;
    ptrdiff_t k = (i % period + period) % period;
    if (k <= last) return (size_t)k;
    return (size_t)(rule == BORDER_REFLECT ? 2 * last + 1 - k : 2 * last - k);
}

/*
# One direction at a time

Along one axis an image is `outer` blocks of `n` places, each of `inner` numbers
side by side: down the columns 1, height and a line's numbers, along the
lines height, width and the channels. So one function serves both.
*/
static void smooth_axis(double *to, const double *from, size_t outer, size_t n, size_t inner,
                        const double *weight, size_t radius, border rule)
{
    for (size_t o = 0; o < outer; o++, from += n * inner)
        for (size_t i = 0; i < n; i++, to += inner) {
            memset(to, 0, inner * sizeof *to);
            for (size_t k = 0; k <= 2 * radius; k++) {
                const double *at = from + inner * border_index((ptrdiff_t)(i + k) - (ptrdiff_t)radius, n, rule);
                for (size_t e = 0; e < inner; e++) to[e] += weight[k] * at[e];
            }
        }
}

/* n weights around `middle`, which sum to 1. */
static double *gaussian_weights(size_t n, double middle, double sigma, arena *scratch)
{
    double *w = arena_take(scratch, n, sizeof *w), sum = 0;
    for (size_t k = 0; k < n; k++) {
        double off = ((double)k - middle) / sigma;
        sum += w[k] = exp(-off * off / 2);
    }
    for (size_t k = 0; k < n; k++) w[k] /= sum;
    return w;
}

void filter_gaussian(double *x, image s, double sigma, double reach, border rule, arena *scratch)
{
    size_t radius = (size_t)(reach * sigma + .5);
    if (radius == 0) return;
    arena_mark mark = arena_save(scratch);
    double *between = arena_take(scratch, image_size(s), sizeof *between);
    const double *w = gaussian_weights(2 * radius + 1, (double)radius, sigma, scratch);
    smooth_axis(between, x, 1, s.height, s.width * s.channels, w, radius, rule);
    smooth_axis(x, between, s.height, s.width, s.channels, w, radius, rule);
    arena_release(scratch, mark);
}

/*
# Lists of places

A square of weights, or a line of them: the places that a pixel looks at, and
what each of them counts. A weight of 0 is no place.
*/
typedef struct place { ptrdiff_t down, right; double weight; } place;

static void add_up(double *x, image s, const place *p, size_t count, border rule, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    double *old = arena_take(scratch, image_size(s), sizeof *old), *to = x;
    memcpy(old, x, image_size(s) * sizeof *old);
    memset(x, 0, image_size(s) * sizeof *x);
    for (size_t i = 0; i < s.height; i++)
        for (size_t j = 0; j < s.width; j++, to += s.channels)
            for (size_t k = 0; k < count; k++) {
                size_t row = border_index((ptrdiff_t)i + p[k].down, s.height, rule);
                size_t column = border_index((ptrdiff_t)j + p[k].right, s.width, rule);
                const double *from = old + (row * s.width + column) * s.channels;
                for (size_t c = 0; c < s.channels; c++) to[c] += p[k].weight * from[c];
            }
    arena_release(scratch, mark);
}

void filter_square(double *x, image s, const double *weights, size_t side, border rule, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    place *p = arena_take(scratch, side * side, sizeof *p);
    ptrdiff_t middle = (ptrdiff_t)side / 2, n = (ptrdiff_t)side;
    size_t count = 0;
    for (ptrdiff_t k = 0; k < n * n; k++)
        if (weights[k] != 0) p[count++] = (place){ k / n - middle, k % n - middle, weights[k] };
    add_up(x, s, p, count, rule, scratch);
    arena_release(scratch, mark);
}

void filter_motion(double *x, image s, double radius, double sigma, double angle, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    size_t count = 2 * (size_t)ceil(radius) + 1;
    const double *w = gaussian_weights(count, 0, sigma, scratch);
    place *p = arena_take(scratch, count, sizeof *p);
    double down = sin(angle * M_PI / 180), right = cos(angle * M_PI / 180);
    for (size_t k = 0; k < count; k++)
        p[k] = (place){ (ptrdiff_t)ceil((double)k * down - .5), (ptrdiff_t)ceil((double)k * right - .5), w[k] };
    add_up(x, s, p, count, BORDER_NEAREST, scratch);
    for (size_t e = 0; e < image_size(s); e++) x[e] = round(255 * x[e]) / 255;
    arena_release(scratch, mark);
}

/*
# Between pixels
*/
void filter_sample(double *to, const double *x, image s, double i, double j, border rule)
{
    double up = floor(i), left = floor(j), v = i - up, h = j - left;
    const double *line[2], *at[4];
    size_t column[2];
    for (int k = 0; k < 2; k++) {
        line[k] = x + border_index((ptrdiff_t)up + k, s.height, rule) * s.width * s.channels;
        column[k] = border_index((ptrdiff_t)left + k, s.width, rule) * s.channels;
    }
    for (int k = 0; k < 4; k++) at[k] = line[k / 2] + column[k % 2];
    for (size_t c = 0; c < s.channels; c++)
        to[c] = (1 - v) * ((1 - h) * at[0][c] + h * at[1][c]) + v * ((1 - h) * at[2][c] + h * at[3][c]);
}

/*
Zooming, a line's places are the same in all lines: they are found once an
axis. Place i of the n is `part` of the way from `before` to the next.
*/
typedef struct between { size_t before; double part; } between;

static between *zoom_places(size_t n, double factor, arena *scratch)
{
    between *b = arena_take(scratch, n, sizeof *b);
    double cut = ceil((double)n / factor), out = nearbyint(cut * factor);
    size_t top = (n - (size_t)cut) / 2, trim = ((size_t)out - n) / 2;
    for (size_t i = 0; i < n; i++) {
        double at = (double)(i + trim) * (cut - 1) / (out - 1);
        double before = fmin(floor(at), cut - 2);
        b[i] = (between){ top + (size_t)before, at - before };
    }
    return b;
}

static void stretch_axis(double *to, const double *from, size_t outer, size_t n, size_t inner, const between *b)
{
    for (size_t o = 0; o < outer; o++, from += n * inner)
        for (size_t i = 0; i < n; i++, to += inner) {
            const double *first = from + b[i].before * inner;
            for (size_t e = 0; e < inner; e++) to[e] = first[e] + b[i].part * (first[e + inner] - first[e]);
        }
}

void filter_zoom(double *to, const double *x, image s, double factor, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    double *half = arena_take(scratch, image_size(s), sizeof *half);
    stretch_axis(half, x, 1, s.height, s.width * s.channels, zoom_places(s.height, factor, scratch));
    stretch_axis(to, half, s.height, s.width, s.channels, zoom_places(s.width, factor, scratch));
    arena_release(scratch, mark);
}
