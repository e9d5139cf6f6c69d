/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "data/corruption_digital.h"
#include "data/corruption_filters.h"
#include "data/jpeg.h"

enum { RGB = 3 };

void corrupt_contrast(double *x, const conditions *at)
{
    static const double kept[SEVERITIES] = { .75, .5, .4, .3, .15 };
    size_t d = image_size(at->shape);
    double mean[RGB] = { 0 };
    for (size_t e = 0; e < d; e++) mean[e % RGB] += x[e] * RGB / (double)d;
    for (size_t e = 0; e < d; e++) x[e] = mean[e % RGB] + kept[at->severity - 1] * (x[e] - mean[e % RGB]);
}

/*
# Elastic: an affine map

Three points $p_0, p_1, p_2$ move to $q_0, q_1, q_2$. What is at $q_1 + a (q_0 - q_1) + b (q_1 - q_2)$ afterwards was
at $p_1 + a (p_0 - p_1) + b (p_1 - p_2)$ before. So we need $a$ and $b$ of each pixel: two linear
equations, by Cramer's rule.
*/
typedef struct point { double right, down; } point;

static point minus(point p, point q)
{
    return (point){ p.right - q.right, p.down - q.down };
}

static double determinant(point p, point q)
{
    return p.right * q.down - p.down * q.right;
}

static void move_points(double *x, const conditions *at, const point p[3], const point q[3])
{
    image s = at->shape;
    double *moved = arena_take(at->scratch, image_size(s), sizeof *moved), *to = moved;
    point u = minus(q[0], q[1]), v = minus(q[1], q[2]), from_u = minus(p[0], p[1]), from_v = minus(p[1], p[2]);
    for (size_t i = 0; i < s.height; i++)
        for (size_t j = 0; j < s.width; j++, to += RGB) {
            point here = minus((point){ (double)j, (double)i }, q[1]);
            double a = determinant(here, v) / determinant(u, v), b = determinant(u, here) / determinant(u, v);
            filter_sample(to, x, s, p[1].down + a * from_u.down + b * from_v.down,
                          p[1].right + a * from_u.right + b * from_v.right, BORDER_REFLECT_101);
        }
    for (size_t e = 0; e < image_size(s); e++) x[e] = moved[e];
}

static double uniform(gsl_rng *rng, double most)
{
    return most * (2 * gsl_rng_uniform(rng) - 1);
}

static void move_affinely(double *x, const conditions *at, double jitter)
{
    size_t least = at->shape.height < at->shape.width ? at->shape.height : at->shape.width;
    double right = floor((double)at->shape.width / 2), down = floor((double)at->shape.height / 2);
    double third = floor((double)least / 3);
    const point p[3] = { { right + third, down + third }, { right + third, down - third },
                         { right - third, down - third } };
    point q[3];
    for (int k = 0; k < 3; k++) {
        q[k].right = p[k].right + uniform(at->rng, jitter);
        q[k].down = p[k].down + uniform(at->rng, jitter);
    }
    move_points(x, at, p, q);
}

/*
# Elastic: a random field

Two of them, one for each direction.
*/
static double *field(const conditions *at, double strength, double sigma)
{
    image plane = { at->shape.height, at->shape.width, 1 };
    double *f = arena_take(at->scratch, image_size(plane), sizeof *f);
    for (size_t i = 0; i < image_size(plane); i++) f[i] = uniform(at->rng, 1);
    filter_gaussian(f, plane, sigma, 3, BORDER_REFLECT, at->scratch);
    for (size_t i = 0; i < image_size(plane); i++) f[i] *= strength;
    return f;
}

void corrupt_elastic_transform(double *x, const conditions *at)
{
    static const struct { double strength, sigma, jitter; } rubber[SEVERITIES] = {
        { 0, 0, .08 }, { .05, .2, .07 }, { .08, .06, .06 }, { .1, .04, .05 }, { .1, .03, .03 }
    };
    image s = at->shape;
    double side = (double)s.height, strength = side * rubber[at->severity - 1].strength;
    double sigma = side * rubber[at->severity - 1].sigma;
    move_affinely(x, at, side * rubber[at->severity - 1].jitter);
    const double *right = field(at, strength, sigma), *down = field(at, strength, sigma);
    double *moved = arena_take(at->scratch, image_size(s), sizeof *moved);
    for (size_t i = 0; i < s.height * s.width; i++) {
        size_t row = i / s.width, column = i % s.width;
        filter_sample(moved + i * RGB, x, s, (double)row + down[i], (double)column + right[i], BORDER_REFLECT);
    }
    for (size_t e = 0; e < image_size(s); e++) x[e] = moved[e];
}

/*
# Pixelate

Along one axis, `outer` blocks of n places of `inner` numbers become blocks of m places. Place i of the new ones
covers old places from (i + 1/2) n/m minus half its length to that plus half its length, where its length is n/m, or 1
if that is more.
*/
static void resize_axis(double *to, const double *from, size_t outer, size_t n, size_t m, size_t inner)
{
    double scale = (double)n / (double)m, half = fmax(scale, 1) / 2;
    for (size_t o = 0; o < outer; o++, from += n * inner)
        for (size_t i = 0; i < m; i++) {
            double middle = ((double)i + .5) * scale;
            size_t first = (size_t)(middle - half + .5), end = (size_t)(middle + half + .5);
            if (end > n) end = n;
            for (size_t e = 0; e < inner; e++) {
                double sum = 0;
                for (size_t k = first; k < end; k++) sum += from[k * inner + e];
                *to++ = floor(255 * sum / (double)(end - first) + .5 + CORRUPTION_FORGIVES) / 255;
            }
        }
}

/* Along the lines first, as Pillow does: each direction rounds. */
static void resize(double *to, const double *from, image s, size_t height, size_t width, arena *scratch)
{
    double *half = arena_take(scratch, s.height * width * s.channels, sizeof *half);
    resize_axis(half, from, s.height, s.width, width, s.channels);
    resize_axis(to, half, 1, s.height, height, width * s.channels);
}

void corrupt_pixelate(double *x, const conditions *at)
{
    static const double kept[SEVERITIES] = { .95, .9, .85, .75, .65 };
    image s = at->shape, small = s;
    small.height = (size_t)((double)s.height * kept[at->severity - 1]);
    small.width = (size_t)((double)s.width * kept[at->severity - 1]);
    double *few = arena_take(at->scratch, image_size(small), sizeof *few);
    resize(few, x, s, small.height, small.width, at->scratch);
    resize(x, few, small, s.height, s.width, at->scratch);
}

void corrupt_jpeg_compression(double *x, const conditions *at)
{
    static const int quality[SEVERITIES] = { 80, 65, 58, 50, 40 };
    size_t size, d = image_size(at->shape);
    photograph p = photograph_new(at->shape.height, at->shape.width, at->scratch);
    for (size_t e = 0; e < d; e++) p.at[e] = (unsigned char)lrint(255 * x[e]);
    unsigned char *packed = jpeg_pack(&size, &p, quality[at->severity - 1]);
    int status = jpeg_unpack(&p, packed, size, "what was packed", at->scratch);
    REQUIRE(status == 0, "%s", error_text());
    for (size_t e = 0; e < d; e++) x[e] = (double)p.at[e] / 255;
    free(packed);
}

void corrupt_saturate(double *x, const conditions *at)
{
    static const double colour[SEVERITIES][2] = { { .3, 0 }, { .1, 0 }, { 1.5, 0 }, { 2, .1 }, { 2.5, .2 } };
    const double *c = colour[at->severity - 1];
    for (size_t i = 0; i < at->shape.height * at->shape.width; i++, x += RGB) {
        double most = fmax(x[0], fmax(x[1], x[2])), least = fmin(x[0], fmin(x[1], x[2]));
        double old = most > 0 ? (most - least) / most : 0, new = fmin(fmax(c[0] * old + c[1], 0), 1);
        for (size_t k = 0; k < RGB; k++)
            x[k] = old > 0 ? most - (most - x[k]) * (new / old) : k == 0 ? most : most * (1 - new);
    }
}
