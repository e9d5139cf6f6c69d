/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Augmentation

    augment [CASE]         all cases, or one
*/
#include <gsl/gsl_cdf.h>
#include <omp.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/rng.h"
#include "base/threads.h"
#include "cases.h"
#include "data/augment.h"

static arena *memory;

/*
# By known amounts

Pixel (i, j) of channel c of the shifted image is pixel (i - down, j - right) of
the old one, or 0. Odd and even sides, one channel and three, every shift that
is allowed.
*/
static size_t count_wrong(const real *shifted, const real *old, image s, long down, long right)
{
    size_t wrong = 0;
    for (long i = 0; i < (long)s.height; i++)
        for (long j = 0; j < (long)s.width; j++)
            for (long c = 0; c < (long)s.channels; c++) {
                long from_i = i - down, from_j = j - right, w = (long)s.width, k = (long)s.channels;
                bool inside = from_i >= 0 && from_i < (long)s.height && from_j >= 0 && from_j < w;
                real wanted = inside ? old[(from_i * w + from_j) * k + c] : 0;
                wrong += shifted[(i * w + j) * k + c] != wanted;
            }
    return wrong;
}

static void test_shift(void)
{
    static const image shape[] = { { 5, 7, 3 }, { 4, 4, 1 }, { 1, 6, 2 }, { 6, 1, 3 } };
    for (size_t s = 0; s < sizeof shape / sizeof *shape; s++) {
        size_t d = image_size(shape[s]);
        real *old = arena_take(memory, d, sizeof *old), *x = arena_take(memory, d, sizeof *x);
        long height = (long)shape[s].height, width = (long)shape[s].width;
        for (size_t e = 0; e < d; e++) old[e] = (real)(e + 1);
        for (long down = -height; down <= height; down++)
            for (long right = -width; right <= width; right++) {
                memcpy(x, old, d * sizeof *x);
                augment_shift(x, shape[s], down, right);
                size_t wrong = count_wrong(x, old, shape[s], down, right);
                gsl_test(wrong != 0, "%ld x %ld, %ld down, %ld right: %zu wrong", height, width,
                         down, right, wrong);
            }
    }
}

static void test_flip(void)
{
    static const image shape[] = { { 3, 5, 3 }, { 2, 4, 2 }, { 4, 1, 3 } };
    for (size_t s = 0; s < sizeof shape / sizeof *shape; s++) {
        image m = shape[s];
        size_t d = image_size(m), wrong = 0, different = 0;
        real *old = arena_take(memory, d, sizeof *old), *x = arena_take(memory, d, sizeof *x);
        for (size_t e = 0; e < d; e++) x[e] = old[e] = (real)(e + 1);
        augment_flip(x, m);
        for (size_t i = 0; i < m.height; i++)
            for (size_t j = 0; j < m.width; j++)
                for (size_t c = 0; c < m.channels; c++)
                    wrong += x[(i * m.width + j) * m.channels + c]
                          != old[(i * m.width + m.width - 1 - j) * m.channels + c];
        gsl_test(wrong != 0, "flip of %zu x %zu: %zu wrong", m.height, m.width, wrong);
        augment_flip(x, m);
        for (size_t e = 0; e < d; e++) different += x[e] != old[e];
        gsl_test(different != 0, "flipped twice, %zu numbers differ", different);
    }
}

/*
# By random amounts

Two pixels side by side in the middle, a 1 and a 2, tell where an image went, and
whether it was flipped. With a frame of 2 there are 5 x 5 x 2 ways to go, all
equally likely; whether they were is for Pearson's chi-square with 49 degrees of
freedom to say. A fit that is too good is as suspicious as a bad one.
*/
enum { HEIGHT = 7, WIDTH = 9, PAD = 2, REACH = 2 * PAD + 1, WAYS = REACH * REACH * 2,
       EACH = 400, COUNT = WAYS * EACH };

static size_t way_of(const real *x)
{
    size_t one = 0, two = 0;
    for (size_t e = 0; e < HEIGHT * WIDTH; e++) {
        if (x[e] == 1) one = e;
        if (x[e] == 2) two = e;
    }
    bool flipped = two < one;
    size_t i = one / WIDTH, j = flipped ? WIDTH - 1 - one % WIDTH : one % WIDTH;
    return ((i - (HEIGHT / 2 - PAD)) * REACH + j - (WIDTH / 2 - PAD)) * 2 + flipped;
}

static double chi_square(const size_t *count, size_t cells, double wanted)
{
    double sum = 0;
    for (size_t c = 0; c < cells; c++) {
        double off = (double)count[c] - wanted;
        sum += off * off / wanted;
    }
    return sum;
}

static void test_uniform(void)
{
    const image shape = { HEIGHT, WIDTH, 1 };
    mat x = arena_mat(memory, COUNT, HEIGHT * WIDTH);
    size_t count[WAYS] = { 0 }, strange = 0;
    gsl_rng *rng = rng_new(1, "augment");
    mat_fill(x, 0);
    for (size_t i = 0; i < COUNT; i++) {
        real *middle = mat_row(x, i) + HEIGHT / 2 * WIDTH + WIDTH / 2;
        middle[0] = 1;
        middle[1] = 2;
    }
    augment(x, shape, (augmentation){ PAD, true }, rng, memory);
    for (size_t i = 0; i < COUNT; i++) {
        size_t way = way_of(mat_row(x, i));
        if (way < WAYS) count[way]++;
        else strange++;
    }
    double p = gsl_cdf_chisq_Q(chi_square(count, WAYS, EACH), WAYS - 1);
    gsl_test(strange != 0, "%zu images went where none may go", strange);
    gsl_test(!(p > 0.005 && p < 0.995), "shifts and flips are uniform: p = %g", p);
    gsl_rng_free(rng);
}

/*
# What is asked for, and no more
*/
static mat numbered(size_t n, image shape)
{
    mat x = arena_mat(memory, n, image_size(shape));
    for (size_t e = 0; e < mat_size(x); e++) x.at[e] = (real)(e % 1009 + 1);
    return x;
}

static size_t differences(mat a, mat b)
{
    size_t different = 0;
    for (size_t e = 0; e < mat_size(a); e++) different += a.at[e] != b.at[e];
    return different;
}

static void test_asked(void)
{
    const image shape = { 6, 5, 3 };
    mat x = numbered(200, shape), old = numbered(200, shape);
    gsl_rng *rng = rng_new(2, "augment"), *same = rng_new(2, "augment");
    size_t used = arena_used(memory), flipped = 0, zeros = 0;
    augment(x, shape, (augmentation){ 0, false }, rng, memory);
    gsl_test(differences(x, old) != 0, "nothing asked for, nothing done");
    gsl_test(gsl_rng_get(rng) != gsl_rng_get(same), "and nothing drawn");

    augment(x, shape, (augmentation){ 0, true }, rng, memory);
    for (size_t i = 0; i < x.rows; i++) {
        size_t moved = differences(mat_rows(x, i, 1), mat_rows(old, i, 1));
        augment_flip(mat_row(old, i), shape);
        if (moved == 0) continue;
        gsl_test(differences(mat_rows(x, i, 1), mat_rows(old, i, 1)) != 0, "image %zu is flipped",
                 i);
        flipped++;
    }
    gsl_test(flipped < 70 || flipped > 130, "%zu of 200 are flipped", flipped);   /* 4 sd */
    augment(x, shape, (augmentation){ 1, false }, rng, memory);
    for (size_t e = 0; e < mat_size(x); e++) zeros += x.at[e] == 0;
    gsl_test(zeros == 0, "zeros follow a shift");
    gsl_test(arena_used(memory) != used, "scratch memory is given back");
    gsl_rng_free(rng);
    gsl_rng_free(same);
}

/* An image's moves depend on its place in the stream, not on batches or threads. */
static void test_repeatable(void)
{
    const image shape = { 32, 32, 3 };
    const augmentation usual = { 4, true };
    mat whole = numbered(64, shape);
    gsl_rng *rng = rng_new(3, "augment");
    omp_set_num_threads(1);
    augment(whole, shape, usual, rng, memory);
    for (int threads = 1; threads <= 3; threads++) {
        mat parts = numbered(64, shape);
        gsl_rng *again = rng_new(3, "augment");
        omp_set_num_threads(threads);
        augment(mat_rows(parts, 0, 37), shape, usual, again, memory);
        augment(mat_rows(parts, 37, 27), shape, usual, again, memory);
        gsl_test(differences(whole, parts) != 0, "two batches at %d threads are one at 1", threads);
        gsl_test(memcmp(gsl_rng_state(rng), gsl_rng_state(again), gsl_rng_size(rng)) != 0,
                 "the stream stands where it stood");
        gsl_rng_free(again);
    }
    mat other = numbered(64, shape);
    gsl_rng *another = rng_new(4, "augment");
    augment(other, shape, usual, another, memory);
    gsl_test(differences(whole, other) == 0, "another seed, other moves");
    omp_set_num_threads(2);
    gsl_rng_free(rng);
    gsl_rng_free(another);
}

static void memory_reset(void)
{
    arena_reset(memory);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "shift", test_shift }, { "flip", test_flip }, { "uniform", test_uniform },
        { "asked", test_asked }, { "repeatable", test_repeatable },
    };
    threads_begin(2);
    memory = arena_new();
    int status = CASES_RUN(cases, memory_reset, argc, argv);
    arena_free(memory);
    return status;
}
