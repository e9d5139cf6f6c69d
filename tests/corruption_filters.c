/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The filters of the corruptions

    corruption_filters [CASE]         all cases, or one

Each against a twin in plain loops that says the definition once more, from the other end: a square of weights in
place of two lines, a formula in place of a table.
*/
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "cases.h"
#include "data/corruption_filters.h"

static arena *memory;
static gsl_rng *rng;

static double *noise(image s)
{
    double *x = arena_take(memory, image_size(s), sizeof *x);
    for (size_t e = 0; e < image_size(s); e++) x[e] = gsl_rng_uniform(rng);
    return x;
}

static double *copy(const double *x, image s)
{
    return memcpy(arena_take(memory, image_size(s), sizeof *x), x, image_size(s) * sizeof *x);
}

static double farthest(const double *a, const double *b, size_t n)
{
    double most = 0;
    for (size_t e = 0; e < n; e++) most = larger(most, fabs(a[e] - b[e]));
    return most;
}

static void test_border(void)
{
    static const char *const wanted[] = { "0000012344444", "4321001234432", "2343210123432" };
    for (int rule = BORDER_NEAREST; rule <= BORDER_REFLECT_101; rule++)
        for (int k = 0; k < 13; k++) {
            int place = rule == BORDER_NEAREST ? k - 4 : rule == BORDER_REFLECT ? k - 5 : k - 6;
            size_t got = border_index(place, 5, (border)rule);
            gsl_test_int((int)got, wanted[rule][k] - '0', "rule %d, place %d of 5", rule, place);
        }
    gsl_test_int((int)border_index(-2, 2, BORDER_REFLECT), 1, "two pixels, reflected");
    gsl_test_int((int)border_index(-3, 2, BORDER_REFLECT_101), 1, "two pixels, none repeated");
    gsl_test_int((int)border_index(1000001, 2, BORDER_REFLECT_101), 1, "far away");
}

/*
# Sums of weights

The twin of everything that adds up neighbours: any weight at any distance.
*/
static double weighed(const double *x, image s, size_t i, size_t j, size_t c, long radius, border rule,
                      double (*weight)(long down, long right, const double *how), const double *how)
{
    double sum = 0, all = 0;
    for (long k = -radius; k <= radius; k++)
        for (long l = -radius; l <= radius; l++) {
            double w = weight(k, l, how);
            size_t row = border_index((long)i + k, s.height, rule), column = border_index((long)j + l, s.width, rule);
            sum += w * x[(row * s.width + column) * s.channels + c];
            all += w;
        }
    return sum / all;
}

static double bell(long k, long l, const double *sigma)
{
    return exp(-(double)(k * k + l * l) / (2 * *sigma * *sigma));
}

static const image shapes[] = { { 9, 13, 3 }, { 8, 8, 1 }, { 32, 32, 3 } };

static void test_gaussian(void)
{
    static const struct { double sigma, reach; long radius; } how[] = { { .05, 4, 0 }, { .4, 4, 2 }, { 1, 4, 4 },
                                                                         { 1.92, 3, 6 }, { 6.4, 3, 19 } };
    for (size_t h = 0; h < 5; h++)
        for (size_t k = 0; k < 3; k++) {
            image s = shapes[k];
            border rule = (border)(h % 3);
            const double *old = noise(s);
            double *x = copy(old, s), off = 0;
            filter_gaussian(x, s, how[h].sigma, how[h].reach, rule, memory);
            for (size_t e = 0; e < image_size(s); e += 7)
                off = larger(off, fabs(x[e] - weighed(old, s, e / s.channels / s.width, e / s.channels % s.width,
                                                    e % s.channels, how[h].radius, rule, bell, &how[h].sigma)));
            gsl_test(!(off < 1e-13), "sigma %g, shape %zu: off by %g", how[h].sigma, k, off);
        }
}

static double of_square(long k, long l, const double *weights)
{
    return weights[(k + 2) * 5 + l + 2];
}

static void test_square(void)
{
    double weights[25], sum = 0;
    for (int k = 0; k < 25; k++) sum += weights[k] = k % 4 ? gsl_rng_uniform(rng) : 0;
    for (size_t k = 0; k < 3; k++) {
        image s = shapes[k];
        const double *old = noise(s);
        double *x = copy(old, s), off = 0;
        filter_square(x, s, weights, 5, BORDER_REFLECT_101, memory);
        for (size_t e = 0; e < image_size(s); e++)
            off = larger(off, fabs(x[e] / sum - weighed(old, s, e / s.channels / s.width, e / s.channels % s.width,
                                                      e % s.channels, 2, BORDER_REFLECT_101, of_square, weights)));
        gsl_test(!(off < 1e-14), "a square of weights, shape %zu: off by %g", k, off);
    }
}

/*
# Motion

By hand: one white pixel, moved along an axis, leaves the Gaussian's right half behind it, on the side that it is
looked at from. And at any angle against the definition.
*/
static void test_motion_by_hand(void)
{
    const image s = { 15, 15, 1 };
    double half[13], sum = 0;
    for (int k = 0; k < 13; k++) sum += half[k] = exp(-k * k / 4.5);
    for (int k = 0; k < 13; k++) half[k] = round(255 * half[k] / sum) / 255;
    for (int turn = 0; turn < 4; turn++) {
        double *x = noise(s);
        for (int e = 0; e < 225; e++) x[e] = e == 112;
        filter_motion(x, s, 6, 1.5, 90 * turn - 90, memory);
        static const int step[] = { 15, -1, -15, 1 };      /* -90 degrees look up, so below the pixel it is seen */
        for (int k = 0; k < 7; k++)
            gsl_test_abs(x[112 + k * step[turn]], half[k], 1e-12, "turn %d, %d away", turn, k);
        for (int k = 1; k < 7; k++)
            gsl_test_abs(x[112 - k * step[turn]], 0, 0, "turn %d, %d before", turn, k);
    }
}

static void test_motion(void)
{
    static const double how[][3] = { { 6, 1, 30 }, { 8, 2, -45 }, { 9, 2.5, 12.5 }, { 14, 12, -100 } };
    for (size_t h = 0; h < 4; h++) {
        image s = shapes[h % 3];
        const double *old = noise(s);
        double *x = copy(old, s), off = 0;
        filter_motion(x, s, how[h][0], how[h][1], how[h][2], memory);
        for (size_t e = 0; e < image_size(s); e++) {
            double sum = 0, all = 0, turn = how[h][2] * M_PI / 180;
            for (int k = 0; k <= 2 * how[h][0]; k++) {
                double w = exp(-.5 * k * k / (how[h][1] * how[h][1]));
                long i = (long)(e / s.channels / s.width) + (long)floor(k * sin(turn) + .5 - 1e-12);
                long j = (long)(e / s.channels % s.width) + (long)floor(k * cos(turn) + .5 - 1e-12);
                i = i < 0 ? 0 : i >= (long)s.height ? (long)s.height - 1 : i;
                j = j < 0 ? 0 : j >= (long)s.width ? (long)s.width - 1 : j;
                sum += w * old[((size_t)i * s.width + (size_t)j) * s.channels + e % s.channels];
                all += w;
            }
            off = larger(off, fabs(x[e] - round(255 * sum / all) / 255));
        }
        gsl_test(!(off < 1e-12), "radius %g at %g degrees: off by %g", how[h][0], how[h][2], off);
    }
}

/*
# Sampling and zooming

Bilinear interpolation is exact on what is linear in each of the two directions.
*/
static void test_sample(void)
{
    const image s = { 6, 9, 2 };
    double *x = noise(s), got[2];
    for (size_t e = 0; e < image_size(s); e++) {
        double i = (double)(e / 18), j = (double)(e / 2 % 9);
        x[e] = e % 2 ? i * j : 3 + 2 * i - j;
    }
    for (int k = 0; k < 200; k++) {
        double i = 5 * gsl_rng_uniform(rng), j = 8 * gsl_rng_uniform(rng);
        filter_sample(got, x, s, i, j, BORDER_REFLECT);
        gsl_test_abs(got[0], 3 + 2 * i - j, 1e-13, "a plane at %g, %g", i, j);
        gsl_test_abs(got[1], i * j, 1e-13, "a saddle at %g, %g", i, j);
    }
    filter_sample(got, x, s, -.25, 2, BORDER_REFLECT);
    gsl_test_abs(got[0], 1, 1e-13, "a quarter above the first line it is the first line, reflected");
    filter_sample(got, x, s, -.25, 2, BORDER_REFLECT_101);
    gsl_test_abs(got[0], 1.5, 1e-13, "and without repetition a quarter of the way to the second");
    filter_sample(got, x, s, 5, 8, BORDER_REFLECT_101);
    gsl_test_abs(got[0], 5, 1e-13, "the last pixel is itself");
}

/* By formula: the cut is samples of the stretched picture. */
static void test_zoom(void)
{
    static const double factor[] = { 1, 1.01, 1.06, 1.25, 1 + 25 * (1.01 - 1), 1.75, 2.25 };
    for (size_t f = 0; f < 7; f++) {
        const image s = { 32, 32, 3 };
        const double *x = noise(s);
        double *to = noise(s), got[3], off = 0;
        size_t cut = (size_t)ceil(32 / factor[f]), out = (size_t)nearbyint((double)cut * factor[f]);
        size_t top = (32 - cut) / 2, trim = (out - 32) / 2;
        filter_zoom(to, x, s, factor[f], memory);
        for (size_t p = 0; p < 1024; p++) {
            double i = (double)top + (double)(p / 32 + trim) * (double)(cut - 1) / (double)(out - 1);
            double j = (double)top + (double)(p % 32 + trim) * (double)(cut - 1) / (double)(out - 1);
            filter_sample(got, x, s, i, j, BORDER_NEAREST);
            off = larger(off, farthest(got, to + 3 * p, 3));
        }
        gsl_test(!(off < 1e-12), "zoomed by %g: off by %g", factor[f], off);
        if (f == 0) gsl_test(!(farthest(to, x, 3072) < 1e-14), "zoomed by 1 it is itself");
    }
    gsl_test_int((int)nearbyint(26 * 1.25), 32, "26 pixels times 1.25 are 32 ...");
    gsl_test_int((int)nearbyint(26 * (1 + 25 * (1.01 - 1))), 33, "... and a hair more are 33");
}

/* An image of one colour stays as it is; and no arena grows. */
static void test_constant(void)
{
    for (size_t k = 0; k < 3; k++) {
        image s = shapes[k];
        double *x = noise(s), *to = noise(s), off = 0, square[9] = { 0, .25, 0, .25, 0, .25, 0, .25, 0 };
        for (size_t e = 0; e < image_size(s); e++) x[e] = 100. / 255;
        size_t used = arena_used(memory);
        filter_gaussian(x, s, 1.5, 4, BORDER_NEAREST, memory);
        filter_square(x, s, square, 3, BORDER_REFLECT_101, memory);
        filter_motion(x, s, 9, 2.5, 33, memory);
        filter_zoom(to, x, s, 1.3, memory);
        for (size_t e = 0; e < image_size(s); e++) off = larger(off, fabs(to[e] - 100. / 255));
        gsl_test(!(off < 1e-14), "one colour stays one colour: off by %g", off);
        gsl_test(arena_used(memory) != used, "scratch memory is given back");
    }
}

static void begin(void)
{
    arena_reset(memory);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "border", test_border }, { "gaussian", test_gaussian }, { "square", test_square },
        { "motion-by-hand", test_motion_by_hand }, { "motion", test_motion }, { "sample", test_sample },
        { "zoom", test_zoom }, { "constant", test_constant },
    };
    memory = arena_new();
    rng = rng_new(1, "filters");
    int status = CASES_RUN(cases, begin, argc, argv);
    gsl_rng_free(rng);
    arena_free(memory);
    return status;
}
