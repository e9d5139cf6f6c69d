/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "data/square.h"

enum { C = PHOTOGRAPH_CHANNELS };

/*
# One direction

Pixel i of `to` is a weighted mean of pixels of a line of n, from `first` on, with weights that sum to 1.
*/
typedef struct span { size_t first, count; double *weight; } span;

static span covered(size_t i, size_t n, size_t to, arena *a)
{
    double width = (double)n / (double)to, from = (double)i * width, end = from + width;
    size_t first = (size_t)from, last = (size_t)ceil(end - 1e-9);
    span s = { first, (last < n ? last : n) - first, NULL };
    s.weight = arena_take(a, s.count, sizeof *s.weight);
    for (size_t k = 0; k < s.count; k++)
        s.weight[k] = (fmin(end, (double)(first + k + 1)) - fmax(from, (double)(first + k))) / width;
    return s;
}

static span between(size_t i, size_t n, size_t to, arena *a)
{
    double at = ((double)i + .5) * (double)n / (double)to - .5;
    at = fmin(fmax(at, 0), (double)(n - 1));
    span s = { (size_t)at, 2, arena_take(a, 2, sizeof(double)) };
    if (s.first + 1 >= n) s.count = 1;
    s.weight[1] = s.count == 2 ? at - (double)s.first : 0;
    s.weight[0] = 1 - s.weight[1];
    return s;
}

static span *spans(size_t n, size_t to, arena *a)
{
    span *s = arena_take(a, to, sizeof *s);
    for (size_t i = 0; i < to; i++) s[i] = n > to ? covered(i, n, to, a) : between(i, n, to, a);
    return s;
}

/*
# Both

First every line to `side` pixels, then every column.
*/
void photograph_square(real *to, const photograph *p, size_t side, arena *scratch)
{
    size_t n = p->height < p->width ? p->height : p->width;
    REQUIRE(n > 0 && side > 0, "%zu x %zu pixels to a square of %zu", p->height, p->width, side);
    arena_mark mark = arena_save(scratch);
    const span *s = spans(n, side, scratch);
    const unsigned char *corner = p->at + ((p->height - n) / 2 * p->width + (p->width - n) / 2) * C;
    double *line = arena_take(scratch, n * side * C, sizeof *line);
    for (size_t i = 0; i < n; i++)
        for (size_t e = 0; e < side * C; e++) {
            const span *j = &s[e / C];
            double sum = 0;
            for (size_t k = 0; k < j->count; k++) sum += j->weight[k] * corner[(i * p->width + j->first + k) * C + e % C];
            line[i * side * C + e] = sum / 255;
        }
    for (size_t i = 0; i < side; i++)
        for (size_t e = 0; e < side * C; e++) {
            double sum = 0;
            for (size_t k = 0; k < s[i].count; k++) sum += s[i].weight[k] * line[(s[i].first + k) * side * C + e];
            to[i * side * C + e] = (real)sum;
        }
    arena_release(scratch, mark);
}
