/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <gsl/gsl_randist.h>

#include "data/corruption_filters.h"
#include "data/corruption_weather.h"

enum { RGB = 3 };

static double uniform(gsl_rng *rng, double low, double high)
{
    return low + (high - low) * gsl_rng_uniform(rng);
}

/*
# Snow
*/
typedef struct snowfall { double mean, sd, size, threshold, radius, sigma, kept; } snowfall;

static double *flakes(const snowfall *s, const conditions *at)
{
    image grey = { at->shape.height, at->shape.width, 1 };
    size_t n = image_size(grey);
    double *noise = arena_take(at->scratch, n, sizeof *noise), *layer = arena_take(at->scratch, n, sizeof *layer);
    for (size_t i = 0; i < n; i++) noise[i] = s->mean + gsl_ran_gaussian_ziggurat(at->rng, s->sd);
    filter_zoom(layer, noise, grey, s->size, at->scratch);
    for (size_t i = 0; i < n; i++)
        layer[i] = layer[i] < s->threshold ? 0 : floor(255 * fmin(layer[i], 1)) / 255;
    filter_motion(layer, grey, s->radius, s->sigma, uniform(at->rng, -135, -45), at->scratch);
    return layer;
}

void corrupt_snow(double *x, const conditions *at)
{
    static const snowfall winter[SEVERITIES] = {
        { .1, .2, 1, .6, 8, 3, .95 }, { .1, .2, 1, .5, 10, 4, .9 }, { .15, .3, 1.75, .55, 10, 4, .9 },
        { .25, .3, 2.25, .6, 12, 6, .85 }, { .3, .3, 1.25, .65, 14, 12, .8 }
    };
    const snowfall *s = &winter[at->severity - 1];
    const double *layer = flakes(s, at);
    size_t n = at->shape.height * at->shape.width;
    for (size_t i = 0; i < n; i++, x += RGB) {
        double pale = 1.5 * (.299 * x[0] + .587 * x[1] + .114 * x[2]) + .5;
        for (size_t c = 0; c < RGB; c++)
            x[c] = s->kept * x[c] + (1 - s->kept) * fmax(x[c], pale) + layer[i] + layer[n - 1 - i];
    }
}

void corrupt_frost(double *x, const conditions *at)
{
    static const double parts[SEVERITIES][2] = { { 1, .2 }, { 1, .3 }, { .9, .4 }, { .85, .4 }, { .75, .45 } };
    const double *part = parts[at->severity - 1];
    const photograph *f = &at->ice->texture[gsl_rng_uniform_int(at->rng, FROST_TEXTURES)];
    size_t top = gsl_rng_uniform_int(at->rng, f->height - at->shape.height);
    size_t left = gsl_rng_uniform_int(at->rng, f->width - at->shape.width);
    size_t line = at->shape.width * RGB;
    for (size_t i = 0; i < at->shape.height; i++) {
        const unsigned char *ice = f->at + ((top + i) * f->width + left) * RGB;
        for (size_t e = 0; e < line; e++, x++) *x = part[0] * *x + part[1] * ice[e] / 255;
    }
}

/*
# Fog
*/
typedef struct heights { double *at; size_t side, step; double spread; gsl_rng *rng; } heights;

/* The height at (i, j), which may lie a step outside, is known. */
static double known(const heights *h, size_t i, size_t j)
{
    return h->at[i % h->side * h->side + j % h->side];
}

static void put(heights *h, size_t i, size_t j, double sum)
{
    h->at[i * h->side + j] = sum / 4 + uniform(h->rng, -h->spread, h->spread);
}

static void middles_of_squares(heights *h)
{
    size_t step = h->step, half = step / 2;
    for (size_t i = 0; i < h->side; i += step)
        for (size_t j = 0; j < h->side; j += step)
            put(h, i + half, j + half, known(h, i, j) + known(h, i, j + step) + known(h, i + step, j)
                                       + known(h, i + step, j + step));
}

/* On every half step, the points that are neither corners nor middles of squares. */
static void middles_of_diamonds(heights *h)
{
    size_t half = h->step / 2, up = h->side - half;
    for (size_t i = 0; i < h->side; i += half)
        for (size_t j = i % h->step == 0 ? half : 0; j < h->side; j += h->step)
            put(h, i, j, known(h, i + up, j) + known(h, i + half, j) + known(h, i, j + up) + known(h, i, j + half));
}

void diamond_square(double *map, size_t side, double roughness, gsl_rng *rng)
{
    heights h = { .at = map, .side = side, .rng = rng };
    double w = 100, low = 0, high = 0;
    map[0] = 0;
    for (h.step = side; h.step >= 2; h.step /= 2, w /= roughness) {
        h.spread = w * w;
        middles_of_squares(&h);
        middles_of_diamonds(&h);
    }
    for (size_t i = 0; i < side * side; i++) {
        low = fmin(low, map[i]);
        high = fmax(high, map[i]);
    }
    for (size_t i = 0; i < side * side; i++) map[i] = (map[i] - low) / (high - low);
}

void corrupt_fog(double *x, const conditions *at)
{
    static const double weather[SEVERITIES][2] = { { .2, 3 }, { .5, 3 }, { .75, 2.5 }, { 1, 2 }, { 1.5, 1.75 } };
    double amount = weather[at->severity - 1][0], most = 0;
    size_t side = 2;
    while (side < at->shape.height || side < at->shape.width) side *= 2;
    double *map = arena_take(at->scratch, side * side, sizeof *map);
    diamond_square(map, side, weather[at->severity - 1][1], at->rng);
    for (size_t e = 0; e < image_size(at->shape); e++) most = fmax(most, x[e]);
    for (size_t i = 0; i < at->shape.height; i++)
        for (size_t j = 0; j < at->shape.width; j++, x += RGB)
            for (size_t c = 0; c < RGB; c++)
                x[c] = (x[c] + amount * map[i * side + j]) * most / (most + amount);
}

void corrupt_brightness(double *x, const conditions *at)
{
    static const double light[SEVERITIES] = { .05, .1, .15, .2, .3 };
    for (size_t i = 0; i < at->shape.height * at->shape.width; i++, x += RGB) {
        double value = fmax(x[0], fmax(x[1], x[2])), lit = fmin(value + light[at->severity - 1], 1);
        for (size_t c = 0; c < RGB; c++) x[c] = value > 0 ? x[c] * (lit / value) : lit;
    }
}
