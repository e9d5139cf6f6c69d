/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "data/corruption_blur.h"
#include "data/corruption_filters.h"

/*
# Defocus

A disk of radius 1.5 with its soft rim takes 5 x 5, and a frame of zeros keeps the softening off the border: 7 x 7
(the source has 17 x 17, the rest of it 0).
*/
enum { SQUARE = 7 };

static void disk(double *weights, double radius, double softness, arena *scratch)
{
    double sum = 0, side = exp(-1 / (2 * softness * softness));
    for (int k = 0; k < SQUARE * SQUARE; k++) {
        int down = k / SQUARE - SQUARE / 2, right = k % SQUARE - SQUARE / 2;
        sum += weights[k] = down * down + right * right <= radius * radius;
    }
    const double soft[3] = { side / (1 + 2 * side), 1 / (1 + 2 * side), side / (1 + 2 * side) };
    double square[9];
    for (int k = 0; k < 9; k++) square[k] = soft[k / 3] * soft[k % 3];
    for (int k = 0; k < SQUARE * SQUARE; k++) weights[k] /= sum;
    filter_square(weights, (image){ SQUARE, SQUARE, 1 }, square, 3, BORDER_REFLECT_101, scratch);
}

void corrupt_defocus_blur(double *x, const conditions *at)
{
    static const double lens[SEVERITIES][2] = { { .3, .4 }, { .4, .5 }, { .5, .6 }, { 1, .2 }, { 1.5, .1 } };
    double weights[SQUARE * SQUARE];
    const double *l = lens[at->severity - 1];
    disk(weights, l[0], l[1], at->scratch);
    filter_square(x, at->shape, weights, SQUARE, BORDER_REFLECT_101, at->scratch);
}

/*
# Glass
*/
static void scatter(double *x, const conditions *at, size_t reach)
{
    image s = at->shape;
    size_t line = s.width * s.channels;
    for (size_t i = s.height - reach; i > reach; i--)
        for (size_t j = s.width - reach; j > reach; j--) {
            size_t right = j - reach + gsl_rng_uniform_int(at->rng, 2 * reach);
            size_t down = i - reach + gsl_rng_uniform_int(at->rng, 2 * reach);
            memmove(x + i * line + j * s.channels, x + down * line + right * s.channels, s.channels * sizeof *x);
        }
}

void corrupt_glass_blur(double *x, const conditions *at)
{
    static const struct { double sigma; size_t reach, rounds; } glass[SEVERITIES] = {
        { .05, 1, 1 }, { .25, 1, 1 }, { .4, 1, 1 }, { .25, 1, 2 }, { .4, 1, 2 }
    };
    double sigma = glass[at->severity - 1].sigma;
    filter_gaussian(x, at->shape, sigma, 4, BORDER_NEAREST, at->scratch);
    for (size_t e = 0; e < image_size(at->shape); e++) x[e] = floor(255 * x[e] + CORRUPTION_FORGIVES) / 255;
    for (size_t k = 0; k < glass[at->severity - 1].rounds; k++) scatter(x, at, glass[at->severity - 1].reach);
    filter_gaussian(x, at->shape, sigma, 4, BORDER_NEAREST, at->scratch);
}

void corrupt_motion_blur(double *x, const conditions *at)
{
    static const double camera[SEVERITIES][2] = { { 6, 1 }, { 6, 1.5 }, { 6, 2 }, { 8, 2 }, { 9, 2.5 } };
    const double *c = camera[at->severity - 1];
    filter_motion(x, at->shape, c[0], c[1], -45 + 90 * gsl_rng_uniform(at->rng), at->scratch);
}

/*
# Zoom

The image counts twice, so that of the `steps` + 2 pictures two are the same. NumPy's
range goes on by 1.01 - 1 as doubles have it, a hair above .01. It matters once: 26
pixels times 1.25 are 32.5, and the hair makes that 33 and not 32.
*/
void corrupt_zoom_blur(double *x, const conditions *at)
{
    static const size_t steps[SEVERITIES] = { 6, 11, 15, 20, 25 };
    size_t n = steps[at->severity - 1], d = image_size(at->shape);
    double *sum = arena_take(at->scratch, d, sizeof *sum), *zoomed = arena_take(at->scratch, d, sizeof *zoomed);
    for (size_t e = 0; e < d; e++) sum[e] = 2 * x[e];
    for (size_t k = 1; k <= n; k++) {
        filter_zoom(zoomed, x, at->shape, 1 + (double)k * (1.01 - 1), at->scratch);
        for (size_t e = 0; e < d; e++) sum[e] += zoomed[e];
    }
    for (size_t e = 0; e < d; e++) x[e] = sum[e] / (double)(n + 2);
}

void corrupt_gaussian_blur(double *x, const conditions *at)
{
    static const double sigma[SEVERITIES] = { .4, .6, .7, .8, 1 };
    filter_gaussian(x, at->shape, sigma[at->severity - 1], 4, BORDER_NEAREST, at->scratch);
}
