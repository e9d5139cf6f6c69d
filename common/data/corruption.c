/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/rng.h"
#include "data/corruption.h"
#include "data/corruption_blur.h"
#include "data/corruption_digital.h"
#include "data/corruption_noise.h"
#include "data/corruption_weather.h"

const corruption corruptions[CORRUPTIONS_AND_EXTRA] = {
    { "gaussian_noise", "Gaussian noise", corrupt_gaussian_noise },
    { "shot_noise", "shot noise", corrupt_shot_noise },
    { "impulse_noise", "impulse noise", corrupt_impulse_noise },
    { "defocus_blur", "defocus blur", corrupt_defocus_blur },
    { "glass_blur", "glass blur", corrupt_glass_blur },
    { "motion_blur", "motion blur", corrupt_motion_blur },
    { "zoom_blur", "zoom blur", corrupt_zoom_blur },
    { "snow", "snow", corrupt_snow },
    { "frost", "frost", corrupt_frost },
    { "fog", "fog", corrupt_fog },
    { "brightness", "brightness", corrupt_brightness },
    { "contrast", "contrast", corrupt_contrast },
    { "elastic_transform", "elastic", corrupt_elastic_transform },
    { "pixelate", "pixelate", corrupt_pixelate },
    { "jpeg_compression", "JPEG", corrupt_jpeg_compression },
    { "speckle_noise", "speckle noise", corrupt_speckle_noise },
    { "gaussian_blur", "Gaussian blur", corrupt_gaussian_blur },
    { "saturate", "saturate", corrupt_saturate },
};

/*
# In as bytes, out as bytes

In double precision $\tfrac{k}{255} \cdot 255 = k$ for every byte $k$, so what a corruption
leaves alone is not cut down.
*/
static double from_byte(real v)
{
    return (double)lrint(255 * (double)v) / 255;
}

static real to_byte(double v)
{
    double inside = v < 0 ? 0 : v > 1 ? 1 : v;
    return (real)floor(255 * inside + CORRUPTION_FORGIVES) / 255;
}

static void corrupt_row(real *to, const real *from, size_t number, const corruption *c, const corruption_settings *how,
                        conditions *at)
{
    char stream[64];
    size_t d = image_size(at->shape);
    double *x = arena_take(at->scratch, d, sizeof *x);
    snprintf(stream, sizeof stream, "%s %zu, image %zu", c->name, at->severity, number);
    at->rng = rng_new(how->seed, stream);
    for (size_t e = 0; e < d; e++) x[e] = from_byte(from[e]);
    c->damage(x, at);
    for (size_t e = 0; e < d; e++) to[e] = to_byte(x[e]);
    gsl_rng_free(at->rng);
    arena_reset(at->scratch);
}

static void require_small_colour(mat to, mat from, image s)
{
    REQUIRE(mat_same_shape(to, from) && from.cols == image_size(s), "%zu x %zu to %zu x %zu, images of %zu numbers",
            from.rows, from.cols, to.rows, to.cols, image_size(s));
    REQUIRE(s.channels == 3, "%zu channels, expected red, green and blue", s.channels);
    REQUIRE(s.height >= CORRUPTION_LEAST_SIDE && s.height <= CORRUPTION_MOST_SIDE &&
            s.width >= CORRUPTION_LEAST_SIDE && s.width <= CORRUPTION_MOST_SIDE,
            "images of %zu x %zu, expected sides of %d to %d", s.height, s.width, CORRUPTION_LEAST_SIDE,
            CORRUPTION_MOST_SIDE);
}

void corrupt(mat to, mat from, size_t first, const corruption *c, size_t severity, const corruption_settings *how)
{
    require_small_colour(to, from, how->shape);
    REQUIRE(severity >= 1 && severity <= SEVERITIES, "severity %zu of %d", severity, SEVERITIES);
    REQUIRE(how->ice || c->damage != corrupt_frost, "frost without photographs of it");
    #pragma omp parallel if (from.rows > 1)
    {
        conditions at = { .shape = how->shape, .severity = severity, .ice = how->ice, .scratch = arena_new() };
        #pragma omp for schedule(dynamic, 16)
        for (size_t i = 0; i < from.rows; i++)
            corrupt_row(mat_row(to, i), mat_row(from, i), first + i, c, how, &at);
        arena_free(at.scratch);
    }
}
