/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Corruptions

    corruption [CASE]            all cases, or one
    corruption bytes             checksums of every corruption of one image, for two builds to agree on
    corruption refuse WHAT       a call that breaks the contract

What can be known by hand is; noise is held against its definition; what moves pixels against a twin that is told
the same random numbers.
*/
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "base/threads.h"
#include "cases.h"
#include "data/corruption.h"
#include "data/corruption_blur.h"
#include "data/corruption_digital.h"
#include "data/corruption_filters.h"
#include "data/corruption_noise.h"
#include "data/corruption_weather.h"
#include "data/jpeg.h"

enum { SIDE = 32, PIXELS = SIDE * SIDE, D = PIXELS * 3 };
static const image shape = { SIDE, SIDE, 3 };

static arena *memory, *scratch;
static frost ice;

static const corruption *corruption_named(const char *name)
{
    for (size_t c = 0; c < CORRUPTIONS_AND_EXTRA; c++)
        if (strcmp(corruptions[c].name, name) == 0) return &corruptions[c];
    REQUIRE(0, "no corruption \"%s\"", name);
    return NULL;
}

/* Something like a photograph: a gradient, a disk on it, and a little texture. */
static mat scenes(size_t n)
{
    mat x = arena_mat(memory, n, D);
    gsl_rng *rng = rng_new(9, "scenes");
    for (size_t k = 0; k < n; k++) {
        double middle[2] = { 8 + 16 * gsl_rng_uniform(rng), 8 + 16 * gsl_rng_uniform(rng) };
        for (size_t e = 0; e < D; e++) {
            double i = (double)(e / 3 / SIDE), j = (double)(e / 3 % SIDE), c = (double)(e % 3);
            double v = .2 + .015 * i + .05 * c + (hypot(i - middle[0], j - middle[1]) < 8 ? .3 - .15 * c : 0);
            v += .06 * (gsl_rng_uniform(rng) - .5);
            mat_row(x, k)[e] = (real)(floor(255 * fmin(fmax(v, 0), 1)) / 255);
        }
    }
    gsl_rng_free(rng);
    return x;
}

/* Ice of which each pixel says where it is: its line, its column, its photograph. */
static void freeze(void)
{
    for (size_t t = 0; t < FROST_TEXTURES; t++) {
        photograph p = photograph_new(70 + t, 90, memory);
        for (size_t e = 0; e < p.height * p.width; e++) {
            p.at[3 * e] = (unsigned char)(e / p.width);
            p.at[3 * e + 1] = (unsigned char)(e % p.width);
            p.at[3 * e + 2] = (unsigned char)t;
        }
        ice.texture[t] = p;
    }
}

/* One image of doubles, damaged without the front's bytes. */
static conditions under(size_t severity, const char *stream)
{
    return (conditions){ shape, severity, rng_new(1, stream), &ice, scratch };
}

static void done(conditions *at)
{
    gsl_rng_free(at->rng);
    arena_reset(scratch);
}

static void damage(double *x, corruption_function *c, size_t severity, const char *stream)
{
    conditions at = under(severity, stream);
    c(x, &at);
    done(&at);
}

static double *filled(double value)
{
    double *x = arena_take(memory, D, sizeof *x);
    for (size_t e = 0; e < D; e++) x[e] = value;
    return x;
}

/*
# Noise, against its definition

Mean and variance of 3,072 times 30 numbers around one value; five standard errors are allowed.
*/
typedef struct moments { double mean, variance, changed, ones; } moments;

static moments moments_of(corruption_function *c, size_t severity, double value)
{
    enum { TIMES = 30 };
    moments m = { 0 };
    conditions at = under(severity, "moments");
    for (int k = 0; k < TIMES; k++) {
        double *x = filled(value);
        c(x, &at);
        for (size_t e = 0; e < D; e++) {
            m.mean += x[e] / (D * TIMES);
            m.variance += (x[e] - value) * (x[e] - value) / (D * TIMES);
            m.changed += (x[e] != value) / (double)(D * TIMES);
            m.ones += (x[e] == 1) / (double)(D * TIMES);
        }
    }
    done(&at);
    return m;
}

static void test_noise(void)
{
    static const double sd[] = { .04, .06, .08, .09, .10 }, photons[] = { 500, 250, 100, 75, 50 },
                        fraction[] = { .01, .02, .03, .05, .07 }, speckle[] = { .06, .1, .12, .16, .2 };
    const double n = 30 * D, v = 102. / 255;
    for (size_t s = 1; s <= SEVERITIES; s++) {
        double c = sd[s - 1];
        moments m = moments_of(corrupt_gaussian_noise, s, v);
        gsl_test_abs(m.mean, v, 5 * c / sqrt(n), "Gaussian %zu, mean", s);
        gsl_test_rel(m.variance, c * c, 5 * sqrt(2 / n), "Gaussian %zu, variance", s);
        c = photons[s - 1];
        m = moments_of(corrupt_shot_noise, s, v);
        gsl_test_abs(m.mean, v, 5 * sqrt(v / c / n), "shot %zu, mean", s);
        gsl_test_rel(m.variance, v / c, 5 * sqrt((2 + 1 / (c * v)) / n), "shot %zu, variance", s);
        gsl_test(moments_of(corrupt_shot_noise, s, 0).changed > 0, "shot %zu leaves black alone", s);
        c = fraction[s - 1];
        m = moments_of(corrupt_impulse_noise, s, v);
        gsl_test_abs(m.changed, c, 5 * sqrt(c / n), "impulse %zu, fraction", s);
        gsl_test_abs(m.ones, c / 2, 5 * sqrt(c / 2 / n), "impulse %zu, half of them white", s);
        c = v * speckle[s - 1];
        m = moments_of(corrupt_speckle_noise, s, v);
        gsl_test_abs(m.mean, v, 5 * c / sqrt(n), "speckle %zu, mean", s);
        gsl_test_rel(m.variance, c * c, 5 * sqrt(2 / n), "speckle %zu, variance", s);
    }
}

/*
# By hand
*/
static void expect(corruption_function *c, size_t severity, double r, double g, double b, double r2, double g2, double b2)
{
    const double old[3] = { r, g, b }, wanted[3] = { r2, g2, b2 };
    double *x = filled(0);
    for (size_t e = 0; e < D; e++) x[e] = old[e % 3];
    damage(x, c, severity, "by hand");
    for (size_t k = 0; k < 3; k++)
        gsl_test_abs(x[D - 3 + k], wanted[k], 1e-14, "severity %zu of %g %g %g, channel %zu", severity, r, g, b, k);
}

static void test_colours(void)
{
    expect(corrupt_brightness, 1, .2, .4, .6, .65 / 3, 1.3 / 3, .65);
    expect(corrupt_brightness, 5, .9, .3, .6, 1, 1. / 3, 2. / 3);
    expect(corrupt_brightness, 3, 0, 0, 0, .15, .15, .15);
    expect(corrupt_saturate, 1, .2, .4, .6, .48, .54, .6);
    expect(corrupt_saturate, 5, .2, .4, .6, 0, .3, .6);
    expect(corrupt_saturate, 4, .5, .5, .5, .5, .45, .45);
    expect(corrupt_saturate, 2, 0, 0, 0, 0, 0, 0);
}

static void test_contrast(void)
{
    double *x = filled(.2);
    for (size_t e = 0; e < D; e += 3) x[e] = e < D / 2 ? .1 : .9;
    damage(x, corrupt_contrast, 4, "contrast");
    gsl_test_abs(x[0], .38, 1e-14, "a mean of .5, and 3 tenths of the way from it down to .1");
    gsl_test_abs(x[D - 3], .62, 1e-14, "and up to .9");
    gsl_test_abs(x[1], .2, 1e-14, "each channel has a mean of its own");
}

/* At severity 4 each four pixels become three, of which the middle one is a mean, and four again. */
static void test_pixelate(void)
{
    double *x = filled(0);
    for (size_t e = 0; e < D; e++) x[e] = (double)(7 * (e / 3 % SIDE) + e % 3) / 255;
    damage(x, corrupt_pixelate, 4, "pixelate");
    for (size_t j = 0; j < SIDE; j++) {
        static const double from[4] = { 0, 1.5, 1.5, 3 };
        double mean = 7 * (4 * (double)(j / 4) + from[j % 4]);
        gsl_test_abs(x[3 * (17 * SIDE + j)] * 255, floor(mean + .5), 1e-9, "column %zu", j);
        gsl_test_abs(x[3 * (16 * SIDE + j) + 2] * 255, floor(mean + 2.5), 1e-9, "column %zu, blue", j);
    }
    for (size_t e = 0; e < D; e++) x[e] = (double)(e / 3 / SIDE % 2) * 101 / 255;
    damage(x, corrupt_pixelate, 4, "pixelate");
    static const double lines[8] = { 0, 51, 51, 101, 0, 51, 51, 101 };
    for (size_t i = 0; i < 8; i++) gsl_test_abs(x[96 * i] * 255, lines[i], 1e-9, "line %zu: 50.5 is 51", i);
}

/*
# JPEG, against the standard

A grey image has no chroma, and its luminance is itself: each 8 x 8 block, less 128, through a cosine transform, divided
by the standard's table (Annex K.1, scaled by the quality), rounded, and all the way back. libjpeg's
integer transforms round a number near one half the other way now and then, and its block differs; a slightly
lower quality differs everywhere.
*/
static const int luminance[64] = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
};

static double cosine(int u, int i)
{
    return cos((2 * i + 1) * u * M_PI / 16) * (u == 0 ? sqrt(.125) : .5);
}

static void twin_block(double *to, const double *from, int quality)
{
    double f[64];
    for (int k = 0; k < 64; k++) {
        double sum = 0;
        for (int p = 0; p < 64; p++)
            sum += (from[p / 8 * SIDE + p % 8] - 128) * cosine(k / 8, p / 8) * cosine(k % 8, p % 8);
        int step = (luminance[k] * (quality < 50 ? 5000 / quality : 200 - 2 * quality) + 50) / 100;
        f[k] = round(sum / step) * step;
    }
    for (int p = 0; p < 64; p++) {
        double sum = 128;
        for (int k = 0; k < 64; k++) sum += f[k] * cosine(k / 8, p / 8) * cosine(k % 8, p % 8);
        to[p / 8 * SIDE + p % 8] = fmin(fmax(round(sum), 0), 255);
    }
}

static double twin_apart(const double *x, const double *grey, int quality)
{
    double twin[PIXELS], sum = 0;
    for (size_t b = 0; b < 16; b++) {
        size_t corner = b / 4 * 8 * SIDE + b % 4 * 8;
        twin_block(twin + corner, grey + corner, quality);
    }
    for (size_t e = 0; e < D; e++) sum += fabs(255 * x[e] - twin[e / 3]) / D;
    return sum;
}

static void test_jpeg(void)
{
    static const int quality[] = { 80, 65, 58, 50, 40 };
    mat scene = scenes(1);
    double grey[PIXELS];
    for (size_t p = 0; p < PIXELS; p++) grey[p] = (double)lrint(255 * (double)scene.at[3 * p]);
    for (size_t s = 1; s <= SEVERITIES; s++) {
        double *x = filled(0);
        for (size_t e = 0; e < D; e++) x[e] = grey[e / 3] / 255;
        damage(x, corrupt_jpeg_compression, s, "jpeg");
        double apart = twin_apart(x, grey, quality[s - 1]), lower = twin_apart(x, grey, quality[s - 1] - 4);
        gsl_test(!(apart < .7), "quality %d: %g from the standard", quality[s - 1], apart);
        gsl_test(!(lower > 3 * apart), "and %g from a slightly lower one", lower);
    }
}

/*
# Blurs

What each of them makes of one white pixel sums to 1; and glass copies from the left and from above.
*/
static void test_light(void)
{
    for (size_t s = 1; s <= SEVERITIES; s++) {
        double *x = filled(0), sum = 0;
        x[3 * (16 * SIDE + 16) + 1] = 1;
        damage(x, corrupt_defocus_blur, s, "defocus");
        for (size_t e = 0; e < D; e++) sum += x[e];
        gsl_test_abs(sum, 1, 1e-14, "defocus %zu keeps the light", s);
        gsl_test(!(x[3 * (16 * SIDE + 16) + 1] < (s < 3 ? .9 : .7)), "and spreads it");
        double right = x[3 * (16 * SIDE + 17) + 1], below = x[3 * (17 * SIDE + 16) + 1];
        gsl_test_abs(right, below, 1e-15, "defocus %zu is as wide as high", s);
        gsl_test_abs(x[3 * (16 * SIDE + 15) + 1], right, 1e-15, "and symmetric");
        x = filled(0);
        sum = 0;
        x[3 * (16 * SIDE + 16) + 2] = 1;
        damage(x, corrupt_gaussian_blur, s, "Gaussian");
        for (size_t e = 0; e < D; e++) sum += x[e];
        gsl_test_abs(sum, 1, 1e-13, "a Gaussian blur %zu keeps the light", s);
    }
    double *x = filled(0);
    x[3 * (16 * SIDE + 16)] = 1;
    damage(x, corrupt_defocus_blur, 5, "defocus");
    gsl_test_abs(x[3 * (17 * SIDE + 15)], 1. / 9, 1e-15, "the strongest is a mean of nine");
}

static void test_glass(void)
{
    double *x = filled(0);
    size_t strange = 0, from[4] = { 0 };
    for (size_t e = 0; e < D; e++) x[e] = (double)((7 * (e / 3 / SIDE) + 11 * (e / 3 % SIDE) + e % 3) % 251) / 255;
    double *old = memcpy(filled(0), x, D * sizeof *x);
    damage(x, corrupt_glass_blur, 1, "glass");
    for (size_t e = 0; e < D; e++) {
        size_t i = e / 3 / SIDE, j = e / 3 % SIDE, found = 4;
        for (size_t k = 0; k < 4; k++)
            if (i >= k / 2 && j >= k % 2 && x[e] == old[e - 3 * (k / 2 * SIDE + k % 2)]) found = k;
        if (i < 2 || j < 2) strange += x[e] != old[e];
        else if (found == 4) strange++;
        else from[found]++;
    }
    gsl_test(strange != 0, "%zu numbers come from elsewhere, or moved at the border", strange);
    for (size_t k = 0; k < 4; k++)      /* 2700 numbers in threes: 225 pixels a way, of sd 13 */
        gsl_test(from[k] < 3 * 160 || from[k] > 3 * 290, "way %zu: %zu", k, from[k]);
}

/* Mean of the image twice and of its zooms, which the samples of `filter_zoom`'s test have proved. */
static void test_zoom(void)
{
    static const size_t zooms[] = { 7, 12, 16, 21, 26 };
    mat scene = scenes(1);
    for (size_t s = 1; s <= SEVERITIES; s++) {
        double *x = filled(0), *sum = filled(0), *to = filled(0), off = 0;
        for (size_t e = 0; e < D; e++) sum[e] = x[e] = (double)scene.at[e];
        double *old = memcpy(filled(0), x, D * sizeof *x);
        for (size_t k = 0; k < zooms[s - 1]; k++) {
            filter_zoom(to, old, shape, 1 + (double)k * (1.01 - 1), scratch);
            for (size_t e = 0; e < D; e++) sum[e] += to[e];
        }
        damage(x, corrupt_zoom_blur, s, "zoom");
        for (size_t e = 0; e < D; e++) off = larger(off, fabs(x[e] - sum[e] / (double)(zooms[s - 1] + 1)));
        gsl_test(!(off < 1e-13), "zoom %zu: off by %g", s, off);
    }
}

/*
# Weather
*/
static void test_fog(void)
{
    enum { M = 16 };
    double map[M * M], low = 1, high = 0, off = 0;
    gsl_rng *rng = rng_new(3, "fog");
    diamond_square(map, M, 1e6, rng);       /* only the coarsest heights are drawn: all others are means */
    for (size_t e = 0; e < M * M; e++) {
        low = fmin(low, map[e]);
        high = larger(high, map[e]);
    }
    gsl_test(low != 0 || high != 1, "heights from %g to %g", low, high);
    for (size_t i = 0; i < M; i++)
        for (size_t j = 0; j < M; j++) {
            size_t up = (i + M - 1) % M, down = (i + 1) % M, left = (j + M - 1) % M, right = (j + 1) % M;
            if (i % 2 == 0 && j % 2 == 0) continue;
            double mean = i % 2 && j % 2
                ? (map[up * M + left] + map[up * M + right] + map[down * M + left] + map[down * M + right]) / 4
                : (map[up * M + j] + map[down * M + j] + map[i * M + left] + map[i * M + right]) / 4;
            off = larger(off, fabs(map[i * M + j] - mean));
        }
    gsl_test(!(off < 1e-9), "middles are means of their squares and diamonds, also over the edge: off by %g", off);
    gsl_rng_free(rng);
    static const double amount[] = { .2, .5, .75, 1, 1.5 };
    for (size_t s = 1; s <= SEVERITIES; s++) {
        double *x = filled(.8);
        low = 1, high = 0;
        damage(x, corrupt_fog, s, "fog");
        for (size_t e = 0; e < D; e++) {
            low = fmin(low, x[e]);
            high = larger(high, x[e]);
        }
        gsl_test_abs(low, .8 * .8 / (.8 + amount[s - 1]), 1e-14, "fog %zu, where it is thinnest", s);
        gsl_test_abs(high, .8, 1e-14, "fog %zu, where it is thickest", s);
    }
    double *x = filled(.8);
    damage(x, corrupt_fog, 5, "fog");
    gsl_test(x[0] != x[2] || x[D - 3] != x[D - 1], "fog has no colour");
}

/* Of a black image there is left what pales, and a layer that is symmetric under half a turn. */
static void test_snow(void)
{
    static const double kept[] = { .95, .9, .9, .85, .8 };
    for (size_t s = 1; s <= SEVERITIES; s++) {
        double *x = filled(0), least = 1, turned = 0, most = 0;
        damage(x, corrupt_snow, s, "snow");
        for (size_t e = 0; e < D; e++) {
            least = fmin(least, x[e]);
            most = larger(most, x[e]);
            turned = larger(turned, fabs(x[e] - x[D - 1 - e]));
        }
        gsl_test(!(turned < 1e-15), "snow %zu, turned by half: off by %g", s, turned);
        gsl_test(!(least >= (1 - kept[s - 1]) / 2 - 1e-15 && least < .55 && most > .2), "snow %zu: from %g to %g",
                 s, least, most);
    }
    double *x = filled(0), grey = 1.5 * (.299 * .8 + .587 * .4 + .114 * .2) + .5;
    for (size_t e = 0; e < D; e++) x[e] = e % 3 == 0 ? .8 : e % 3 == 1 ? .4 : .2;
    double *black = filled(0);
    damage(x, corrupt_snow, 1, "the same");
    damage(black, corrupt_snow, 1, "the same");
    gsl_test_abs(x[300] - black[300] + .025, .95 * .8 + .05 * grey, 1e-14, "red pales");
    gsl_test_abs(x[302] - black[302] + .025, .95 * .2 + .05 * grey, 1e-14, "and blue");
}

static void test_frost(void)
{
    size_t of[FROST_TEXTURES] = { 0 };
    conditions at = under(5, "frost");
    for (int k = 0; k < 200; k++) {
        double *x = filled(.4), off = 0;
        corrupt_frost(x, &at);
        for (size_t e = 0; e < D; e++) x[e] = (x[e] - .75 * .4) / .45 * 255;
        size_t t = (size_t)lrint(x[2]);
        for (size_t e = 0; e < D; e++) {
            double moved[3] = { x[0] + (double)(e / 3 / SIDE), x[1] + (double)(e / 3 % SIDE), (double)t };
            off = larger(off, fabs(x[e] - moved[e % 3]));
        }
        gsl_test(!(off < 1e-9), "a piece of one photograph, %g", off);
        gsl_test(t >= FROST_TEXTURES, "photograph %zu", t);
        if (t < FROST_TEXTURES) of[t]++;
        arena_reset(scratch);
    }
    for (size_t t = 0; t < FROST_TEXTURES; t++)
        gsl_test(of[t] < 15 || of[t] > 70, "photograph %zu: %zu of 200", t, of[t]);      /* 40, sd 5.7 */
    done(&at);
}

/*
# Elastic, against a twin

The twin draws the same numbers, in the same order; solves for the affine map as OpenCV's users write it, six numbers from
six equations, and inverts it; smooths by a square of weights; and interpolates by the four tents around a place.
*/
static double tent(double off)
{
    return fmax(0, 1 - fabs(off));
}

static double interpolated(const double *x, double i, double j, size_t c, border rule)
{
    double sum = 0;
    for (long k = (long)floor(i) - 1; k <= (long)floor(i) + 2; k++)
        for (long l = (long)floor(j) - 1; l <= (long)floor(j) + 2; l++)
            sum += tent(i - (double)k) * tent(j - (double)l) *
                   x[3 * (border_index(k, SIDE, rule) * SIDE + border_index(l, SIDE, rule)) + c];
    return sum;
}

static void twin_affine(double *x, gsl_rng *rng, double jitter)
{
    static const double p[3][2] = { { 26, 26 }, { 26, 6 }, { 6, 6 } };
    double q[3][2], m[2][3], old[D];
    for (int k = 0; k < 6; k++) q[k / 2][k % 2] = p[k / 2][k % 2] + jitter * (2 * gsl_rng_uniform(rng) - 1);
    for (int r = 0; r < 2; r++) {           /* q = m (p, 1), by the differences of p, which lie along the axes */
        m[r][0] = (q[1][r] - q[2][r]) / 20;
        m[r][1] = (q[0][r] - q[1][r]) / 20;
        m[r][2] = q[2][r] - 6 * m[r][0] - 6 * m[r][1];
    }
    double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    memcpy(old, x, sizeof old);
    for (size_t e = 0; e < D; e++) {
        double right = (double)(e / 3 % SIDE) - m[0][2], down = (double)(e / 3 / SIDE) - m[1][2];
        double j = (m[1][1] * right - m[0][1] * down) / determinant;
        double i = (m[0][0] * down - m[1][0] * right) / determinant;
        x[e] = interpolated(old, i, j, e % 3, BORDER_REFLECT_101);
    }
}

static double *twin_field(gsl_rng *rng, double strength, double sigma)
{
    double *old = filled(0), *f = filled(0);
    long radius = (long)(3 * sigma + .5);
    for (size_t e = 0; e < PIXELS; e++) old[e] = 2 * gsl_rng_uniform(rng) - 1;
    for (long e = 0; e < PIXELS; e++) {
        double sum = 0, all = 0;
        for (long k = -radius; k <= radius; k++)
            for (long l = -radius; l <= radius; l++) {
                double w = sigma > 0 ? exp(-(double)(k * k + l * l) / (2 * sigma * sigma)) : 1;
                sum += w * old[border_index(e / SIDE + k, SIDE, BORDER_REFLECT) * SIDE +
                               border_index(e % SIDE + l, SIDE, BORDER_REFLECT)];
                all += w;
            }
        f[e] = strength * sum / all;
    }
    return f;
}

static void test_elastic(void)
{
    static const double how[][3] = { { 0, 0, 2.56 }, { 1.6, 6.4, 2.24 }, { 2.56, 1.92, 1.92 }, { 3.2, 1.28, 1.6 },
                                     { 3.2, .96, .96 } };
    mat scene = scenes(1);
    for (size_t s = 1; s <= SEVERITIES; s++) {
        double *x = filled(0), *twin = filled(0), old[D], off = 0, moved = 0;
        gsl_rng *rng = rng_new(1, "elastic");
        for (size_t e = 0; e < D; e++) x[e] = twin[e] = (double)scene.at[e];
        twin_affine(twin, rng, how[s - 1][2]);
        const double *right = twin_field(rng, how[s - 1][0], how[s - 1][1]);
        const double *down = twin_field(rng, how[s - 1][0], how[s - 1][1]);
        memcpy(old, twin, sizeof old);
        for (size_t e = 0; e < D; e++)
            twin[e] = interpolated(old, (double)(e / 3 / SIDE) + down[e / 3], (double)(e / 3 % SIDE) + right[e / 3],
                                   e % 3, BORDER_REFLECT);
        damage(x, corrupt_elastic_transform, s, "elastic");
        for (size_t e = 0; e < D; e++) {
            off = larger(off, fabs(x[e] - twin[e]));
            moved = larger(moved, fabs(x[e] - (double)scene.at[e]));
        }
        gsl_test(!(off < 1e-11), "elastic %zu: off by %g", s, off);
        gsl_test(!(moved > .1), "and something moved: %g", moved);
        gsl_rng_free(rng);
    }
}

/*
# All of them

An image of one colour stays as it is under what only mixes pixels, to the byte; every corruption changes a scene;
a larger severity changes more, wherever the constants say so.
*/
static mat damaged(mat x, const corruption *c, size_t severity, size_t first, unsigned long seed)
{
    mat to = arena_mat(memory, x.rows, x.cols);
    corrupt(to, x, first, c, severity, &(corruption_settings){ shape, seed, &ice });
    return to;
}

static size_t differences(mat a, mat b)
{
    size_t count = 0;
    for (size_t e = 0; e < mat_size(a); e++) count += a.at[e] != b.at[e];
    return count;
}

static void test_constant(void)
{
    static const char *const mixing[] = { "defocus_blur", "glass_blur", "motion_blur", "zoom_blur", "contrast",
                                          "elastic_transform", "pixelate", "gaussian_blur" };
    mat x = arena_mat(memory, 256, D);
    for (size_t e = 0; e < mat_size(x); e++) x.at[e] = (real)((e / D + 50 * (e % 3)) % 256) / 255;
    for (size_t k = 0; k < sizeof mixing / sizeof *mixing; k++)
        for (size_t s = 1; s <= SEVERITIES; s++) {
            arena_mark mark = arena_save(memory);
            size_t off = differences(x, damaged(x, corruption_named(mixing[k]), s, 0, 1));
            gsl_test(off != 0, "%s %zu of one colour: %zu numbers off", mixing[k], s, off);
            arena_release(memory, mark);
        }
}

/* 82 is the largest, and grows by 0.05 of 255 to 94.75; the others grow by the same factor, to 92.4 and 93.6. */
static void test_cut(void)
{
    mat x = arena_mat(memory, 1, D);
    for (size_t e = 0; e < D; e++) x.at[e] = (real)(80 + e % 3) / 255;
    mat y = damaged(x, corruption_named("brightness"), 1, 0, 1);
    for (size_t k = 0; k < 3; k++)
        gsl_test_int((int)lrint(255 * (double)y.at[k]), 92 + (int)k, "cut off after the point, channel %zu", k);
}

static double change(mat a, mat b)
{
    double sum = 0;
    for (size_t e = 0; e < mat_size(a); e++) sum += fabs((double)(a.at[e] - b.at[e])) / (double)mat_size(a);
    return sum;
}

static bool is_bytes(mat x)
{
    for (size_t e = 0; e < mat_size(x); e++)
        if (!(x.at[e] >= 0 && x.at[e] <= 1) || (real)lrint(255 * (double)x.at[e]) / 255 != x.at[e]) return false;
    return true;
}

/* Elastic moves less and wobbles more from severity to severity, glass blurs in between, the last frosts
   keep less of the image rather than adding ice, and saturation goes down, then up. */
static void test_order(void)
{
    mat x = scenes(60);
    for (size_t c = 0; c < CORRUPTIONS_AND_EXTRA; c++) {
        const char *name = corruptions[c].name;
        bool in_order = !strstr("elastic_transform glass_blur frost saturate", name);
        double before = 0;
        for (size_t s = 1; s <= SEVERITIES; s++) {
            arena_mark mark = arena_save(memory);
            mat y = damaged(x, &corruptions[c], s, 0, 1);
            double now = change(x, y);
            gsl_test(!is_bytes(y), "%s %zu leaves bytes", name, s);
            gsl_test(!(now > 2e-3), "%s %zu changes something: %g", name, s, now);
            gsl_test(in_order && !(now > .97 * before), "%s %zu: %g after %g", name, s, now, before);
            before = now;
            arena_release(memory, mark);
        }
    }
}

static void test_repeatable(void)
{
    mat x = scenes(40);
    for (size_t c = 0; c < CORRUPTIONS_AND_EXTRA; c++) {
        const corruption *k = &corruptions[c];
        bool draws = !strstr("defocus_blur zoom_blur brightness contrast pixelate jpeg_compression gaussian_blur "
                             "saturate", k->name);
        arena_mark mark = arena_save(memory);
        omp_set_num_threads(1);
        mat whole = damaged(x, k, 3, 0, 1), other = damaged(x, k, 3, 0, 2), later = damaged(x, k, 3, 1, 1);
        omp_set_num_threads(3);
        gsl_test(differences(whole, damaged(x, k, 3, 0, 1)) != 0, "%s: three threads do what one does", k->name);
        mat part = damaged(mat_rows(x, 7, 20), k, 3, 7, 1);
        gsl_test(differences(mat_rows(whole, 7, 20), part) != 0, "%s: twenty images are as among forty", k->name);
        mat same = arena_mat(memory, x.rows, x.cols);
        mat_copy(same, x);
        corrupt(same, same, 0, k, 3, &(corruption_settings){ shape, 1, &ice });
        gsl_test(differences(whole, same) != 0, "%s: in place", k->name);
        gsl_test((differences(whole, other) > 0) != draws, "%s: another seed", k->name);
        gsl_test((differences(whole, later) > 0) != draws, "%s: another number", k->name);
        arena_release(memory, mark);
    }
    omp_set_num_threads(2);
}

/* Other sides than 32, and not square. */
static void test_shapes(void)
{
    static const image s[] = { { 16, 16, 3 }, { 62, 62, 3 }, { 28, 44, 3 } };
    for (size_t k = 0; k < 3; k++) {
        mat x = arena_mat(memory, 3, image_size(s[k])), y = arena_mat(memory, 3, image_size(s[k]));
        for (size_t e = 0; e < mat_size(x); e++) x.at[e] = (real)(e * e % 256) / 255;
        for (size_t c = 0; c < CORRUPTIONS_AND_EXTRA; c++)
            for (size_t severity = 1; severity <= SEVERITIES; severity++) {
                corrupt(y, x, 0, &corruptions[c], severity, &(corruption_settings){ s[k], 1, &ice });
                gsl_test(!is_bytes(y) || differences(x, y) == 0, "%s %zu of %zu x %zu", corruptions[c].name, severity,
                         s[k].height, s[k].width);
            }
    }
}

/*
# For two builds
*/
static void print_bytes(void)
{
    mat x = scenes(4);
    for (size_t c = 0; c < CORRUPTIONS_AND_EXTRA; c++)
        for (size_t s = 1; s <= SEVERITIES; s++) {
            mat y = damaged(x, &corruptions[c], s, 0, 1);
            unsigned long sum = 0;
            for (size_t e = 0; e < mat_size(y); e++)
                sum = (sum * 257 + (unsigned long)lrint(255 * (double)y.at[e])) % 1000000007;
            printf("%s %zu %lu\n", corruptions[c].name, s, sum);
        }
}

static void refuse(const char *what)
{
    mat x = scenes(1);
    const corruption *c = corruption_named("frost");
    corruption_settings how = { shape, 1, &ice };
    size_t severity = 1;
    if (strcmp(what, "severity") == 0) severity = 6;
    if (strcmp(what, "shape") == 0) how.shape.width = 31;
    if (strcmp(what, "grey") == 0) how.shape = (image){ 48, 64, 1 };
    if (strcmp(what, "large") == 0) how.shape = (image){ 16, 64, 3 };
    if (strcmp(what, "small") == 0) how.shape = (image){ 8, 128, 3 };
    if (strcmp(what, "ice") == 0) how.ice = NULL;
    corrupt(x, x, 0, c, severity, &how);
}

static void begin(void)
{
    arena_reset(memory);
    freeze();
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "noise", test_noise }, { "colours", test_colours }, { "contrast", test_contrast },
        { "pixelate", test_pixelate }, { "jpeg", test_jpeg }, { "light", test_light }, { "glass", test_glass },
        { "zoom", test_zoom }, { "fog", test_fog }, { "snow", test_snow }, { "frost", test_frost },
        { "elastic", test_elastic }, { "constant", test_constant }, { "cut", test_cut }, { "order", test_order },
        { "repeatable", test_repeatable }, { "shapes", test_shapes },
    };
    threads_begin(2);
    memory = arena_new();
    scratch = arena_new();
    int status = STATUS_DONE;
    if (argc > 1 && (strcmp(argv[1], "bytes") == 0 || strcmp(argv[1], "refuse") == 0)) {
        begin();
        if (argc > 2) refuse(argv[2]);
        else print_bytes();
    } else {
        status = CASES_RUN(cases, begin, argc, argv);
    }
    arena_free(scratch);
    arena_free(memory);
    return status;
}
