/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The ground floor, tried out

Every number that the prose of `common/base` promises is measured here: how far
the exponential is off, on *every* float; that pieces cover a range and
overlap nowhere; that a product has the same bytes at any number of threads and
never reads what it overwrites.

    base [CASE]            all cases but the exponential, or one
    base exponential       every float: some seconds
    base refuse WHAT       breaks one contract, and should not survive it
*/
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/mat.h"
#include "base/rng.h"
#include "base/threads.h"

static const double EPSILON = sizeof(real) == sizeof(float) ? 1.2e-7 : 2.3e-16;

/*
# Every float

The $2^{32}$ patterns of bits are taken in runs of $2^{16}$, which share their sign,
exponent and leading digits. The oracle is the library's `exp` in double; for
$|x| < 10^{-3}$, where half of all floats lie, five terms of its series, whose
rest is below $10^{-17}$. What is out of range has a definition instead: 0 below
-87.3, $e^{88.37}$ above 88.37, NaN for a NaN.
*/
enum { RUN = 1 << 16, RUNS = 1 << 16 };
#ifdef SANITIZED
enum { EVERY = 257 };              /* sanitized, a sample has to do */
#else
enum { EVERY = 1 };
#endif

typedef struct worst { double error; float x; size_t wrong; } worst;

KERNEL static void exponentials(float *y, const float *x)
{
    for (size_t i = 0; i < RUN; i++) y[i] = expf_lanes(x[i]);
}

KERNEL static void series(double *want, const float *x)
{
    for (size_t i = 0; i < RUN; i++) {
        double t = (double)x[i];
        want[i] = 1 + t * (1 + t * (1.0 / 2) * (1 + t * (1.0 / 3) * (1 + t * (1.0 / 4))));
    }
}

/* How many of a run are off by more than `bar`: no division, and rarely any. */
KERNEL static size_t above(const float *y, const double *want, double bar)
{
    size_t count = 0;
    for (size_t i = 0; i < RUN; i++) count += !(fabs((double)y[i] - want[i]) <= bar * want[i]);
    return count;
}

static int is_as_defined(float x, float y)
{
    if (isnan(x)) return isnan(y);
    if (x < -87.3f) return y == 0;
    return y == expf_lanes(88.37f);
}

static void examine(worst *w, uint32_t run, float *x, float *y, double *want)
{
    for (uint32_t i = 0; i < RUN; i++) {
        uint32_t bits = run << 16 | i;
        memcpy(&x[i], &bits, sizeof bits);
    }
    exponentials(y, x);
    float last = fabsf(x[RUN - 1]);
    if (last < 1e-3f) series(want, x);
    else if (last < 87) for (size_t i = 0; i < RUN; i++) want[i] = exp((double)x[i]);
    else for (size_t i = 0; i < RUN; i++) {
        bool computed = x[i] >= -87.3f && x[i] <= 88.37f;
        want[i] = exp((double)x[i]);
        if (!computed) {
            w->wrong += !is_as_defined(x[i], y[i]);
            y[i] = 1;
            want[i] = 1;
        }
    }
    if (above(y, want, w->error) == 0) return;
    for (size_t i = 0; i < RUN; i++) {
        double error = fabs((double)y[i] / want[i] - 1);
        if (error > w->error) w->error = error, w->x = x[i];
        w->wrong += isnan(error);
    }
}

static void test_exponential(void)
{
    worst all = { 0 };
    #pragma omp parallel
    {
        worst mine = { 0 };
        float *x = malloc(RUN * sizeof *x), *y = malloc(RUN * sizeof *y);
        double *want = malloc(RUN * sizeof *want);
        REQUIRE(x && y && want, "no memory for %d floats", RUN);
        #pragma omp for schedule(dynamic, 64)
        for (uint32_t run = 0; run < RUNS; run++)
            if (run % EVERY == 0) examine(&mine, run, x, y, want);
        #pragma omp critical
        {
            all.wrong += mine.wrong;
            if (mine.error > all.error) all.error = mine.error, all.x = mine.x;
        }
        free(x);
        free(y);
        free(want);
    }
    printf("worst relative error %.4e at x = %.9g, of %u floats\n", all.error, (double)all.x,
           (unsigned)((uint64_t)RUN * RUNS / EVERY - 1));
    gsl_test(!(all.error < 2e-7), "the exponential is off by %.3e at %.9g", all.error, (double)all.x);
    gsl_test(all.error < 1e-8, "an error of %.3e is too good to be single precision", all.error);
    gsl_test(all.wrong != 0, "%zu floats are NaN or not what was defined", all.wrong);
    gsl_test(expf_lanes(0) != 1, "the exponential of 0 is 1");
}

/*
# Its relatives

The logarithm on a grid of [0, 1] of $2^{22}$ steps and, because its relative error
is what counts, on every power of two down to the smallest float. Sigmoid and tanh
against the library.
*/
static double log1p_error(float x)
{
    return fabs((double)log1pf_lanes(x) / log1p((double)x) - 1);
}

static void test_elementary(void)
{
    enum { STEPS = 1 << 22 };
    double error = 0;
    for (int i = 1; i <= STEPS; i++) error = fmax(error, log1p_error((float)i / STEPS));
    for (float x = 1; x > 2e-38f; x /= 2) error = fmax(error, log1p_error(x));
    printf("log1p: worst relative error %.3e\n", error);
    gsl_test(!(error < 4e-7), "the logarithm is off by %.3e", error);
    gsl_test(log1pf_lanes(0) != 0, "the logarithm of 1 + 0 is 0");

    double sigmoid = 0, bend = 0;
    for (double x = -80; x <= 80; x += 1.0 / 1024) {
        double at = (double)(real)x;
        sigmoid = fmax(sigmoid, fabs((double)real_sigmoid((real)at) * (1 + exp(-at)) - 1));
        bend = fmax(bend, fabs((double)real_tanh((real)at) - tanh(at)));
    }
    printf("sigmoid: worst relative error %.3e; tanh: absolute %.3e\n", sigmoid, bend);
    gsl_test(!(sigmoid < 4 * EPSILON), "the sigmoid is off by %.3e", sigmoid);
    gsl_test(!(bend < 1.7 * EPSILON), "tanh is off by %.3e", bend);
    gsl_test(real_sigmoid(0) != (real)0.5 || real_tanh(0) != 0, "both are exact at 0");
    gsl_test(real_sigmoid(1000) != 1 || real_sigmoid(-1000) != 0 || real_tanh(1000) != 1
             || real_tanh(-1000) != -1, "both saturate");
    gsl_test(!isnan((double)real_sigmoid((real)NAN)) || !isnan((double)real_tanh((real)NAN)),
             "both pass a NaN on");
}

/*
# Sums in lanes

Of whole numbers they are exact, so that a number left out or counted twice shows. Of
normal draws they keep the bound of a sum whose longest chain is n / 16 + 17.
*/
static void test_lanes(void)
{
    enum { MOST = 4100 };
    real x[MOST], y[MOST];
    gsl_rng *rng = rng_new(3, "lanes");
    for (size_t n = 0; n <= 200; n++) {
        double sum = 0, dot = 0;
        for (size_t i = 0; i < n; i++) {
            x[i] = (real)gsl_rng_uniform_int(rng, 100);
            y[i] = (real)gsl_rng_uniform_int(rng, 100);
            sum += (double)x[i];
            dot += (double)x[i] * (double)y[i];
        }
        for (size_t i = n; i < n + 20; i++) x[i] = y[i] = (real)NAN;
        gsl_test((double)lane_sum(x, n) != sum, "the sum of %zu whole numbers", n);
        gsl_test((double)lane_dot(x, y, n) != dot, "the inner product of %zu whole numbers", n);
    }
    rng_normal(rng, mat_view(x, 1, MOST), 1);
    rng_normal(rng, mat_view(y, 1, MOST), 1);
    for (size_t n = 1; n <= MOST; n += 13) {
        double sum = 0, dot = 0, size = 0, area = 0, chain = (double)n / LANES + LANES + 2;
        for (size_t i = 0; i < n; i++) {
            double product = (double)x[i] * (double)y[i];
            sum += (double)x[i];
            dot += product;
            size += fabs((double)x[i]);
            area += fabs(product);
        }
        gsl_test(!(fabs((double)lane_sum(x, n) - sum) <= chain * EPSILON * size), "sum of %zu", n);
        gsl_test(!(fabs((double)lane_dot(x, y, n) - dot) <= chain * EPSILON * area), "dot of %zu", n);
    }
    gsl_rng_free(rng);
}

/*
# Pieces

In turn they cover [0, n), each begins at a multiple of the unit, and no two differ by
more than one unit (the last one may lack part of it).
*/
static int pieces_hold(size_t n, size_t unit, size_t pieces)
{
    size_t reached = 0, least = SIZE_MAX, most = 0;
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, unit, pieces, i);
        if (p.first != reached || p.last < p.first || p.last > n) return 0;
        if (p.first != n && p.first % unit != 0) return 0;
        size_t units = (p.last - p.first + unit - 1) / unit;
        least = units < least ? units : least;
        most = units > most ? units : most;
        reached = p.last;
    }
    return reached == n && most - least <= 1;
}

static void test_pieces(void)
{
    const size_t units[] = { 1, 2, 3, 16, 100 };
    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        for (size_t n = 0; n <= 300; n++)
            for (size_t pieces = 1; pieces <= 70; pieces += n % 3 + 1)
                if (!pieces_hold(n, units[u], pieces))
                    gsl_test(1, "%zu in %zu pieces of units of %zu", n, pieces, units[u]);
    gsl_test(!pieces_hold(47040000, 16, pieces_for(47040000)), "60,000 images in pieces");
    gsl_test(!pieces_hold((size_t)1 << 40, 16, 64), "a trillion in 64 pieces");
    gsl_test(pieces_for(0) != 1 || pieces_for(1) != 1 || pieces_for(1000000) < 2,
             "even nothing is one piece, and a million is several");
    gsl_test(threads_count() < 1, "%d threads", threads_count());
}

/*
# Subnormal numbers are 0

On every thread, also on those that the pool did not have when it began.
*/
static void test_subnormal(void)
{
    volatile real small = sizeof(real) == sizeof(float) ? (real)1e-35 : (real)1e-300;
    volatile real smaller = sizeof(real) == sizeof(float) ? (real)1e-6 : (real)1e-10;
    int left = 0, ran = 0;
    #pragma omp parallel num_threads(5) reduction(+ : left, ran)
    {
        left += small * smaller != 0;
        ran++;
    }
    gsl_test(left != 0 || ran != 5, "%d of %d threads keep a subnormal number", left, ran);
}

/*
# Products

The oracle is the triple loop. `refill` fills C with NaN where $\beta = 0$ must not
read it.
*/
typedef struct product { mat c, a, b; orientation op_a, op_b; double alpha, beta; } product;

static double element(mat m, orientation op, size_t row, size_t col)
{
    return (double)(op == PLAIN ? mat_row(m, row)[col] : mat_row(m, col)[row]);
}

static void refill(mat c, gsl_rng *rng, double beta)
{
    if (beta == 0) mat_fill(c, (real)NAN);
    else rng_normal(rng, c, 1);
}

/* By how many times the allowed error C is off: at most 1. */
static double product_error(const product *p, mat before)
{
    size_t k = p->op_a == PLAIN ? p->a.cols : p->a.rows;
    double largest = 0;
    for (size_t i = 0; i < p->c.rows; i++)
        for (size_t j = 0; j < p->c.cols; j++) {
            double sum = 0, size = 0, old = p->beta == 0 ? 0 : p->beta * (double)mat_row(before, i)[j];
            for (size_t l = 0; l < k; l++) {
                double term = element(p->a, p->op_a, i, l) * element(p->b, p->op_b, l, j);
                sum += term;
                size += fabs(term);
            }
            double want = p->alpha * sum + old, got = (double)mat_row(p->c, i)[j];
            double allowed = EPSILON * ((double)k + 4) * (fabs(p->alpha) * size + fabs(old) + 1e-30);
            double error = fabs(got - want) / allowed;
            largest = error <= largest ? largest : error;     /* a NaN is the largest of all */
        }
    return largest;
}

static product product_new(arena *memory, gsl_rng *rng, const size_t *shape, orientation op_a,
                           orientation op_b)
{
    size_t m = shape[0], n = shape[1], k = shape[2];
    product p = { .op_a = op_a, .op_b = op_b, .alpha = 1, .c = arena_mat(memory, m, n),
                  .a = op_a == PLAIN ? arena_mat(memory, m, k) : arena_mat(memory, k, m),
                  .b = op_b == PLAIN ? arena_mat(memory, k, n) : arena_mat(memory, n, k) };
    rng_normal(rng, p.a, 1);
    rng_normal(rng, p.b, 1);
    return p;
}

static void multiply(const product *p)
{
    gemm(p->c, p->alpha, p->a, p->op_a, p->b, p->op_b, p->beta);
}

static void compare(product *p, gsl_rng *rng, arena *memory)
{
    static const double factors[][2] = { { 1, 0 }, { 1, 1 }, { -2, 1 }, { 0.5, -3 } };
    mat before = arena_mat(memory, p->c.rows, p->c.cols);
    for (size_t f = 0; f < sizeof factors / sizeof *factors; f++) {
        p->alpha = factors[f][0];
        p->beta = factors[f][1];
        refill(p->c, rng, p->beta);
        mat_copy(before, p->c);
        multiply(p);
        double error = product_error(p, before);
        gsl_test(!(error <= 1), "gemm %zu x %zu, %s A, %s B, alpha %g, beta %g: off by %g of what is "
                 "allowed", p->c.rows, p->c.cols, p->op_a == PLAIN ? "plain" : "transposed",
                 p->op_b == PLAIN ? "plain" : "transposed", p->alpha, p->beta, error);
    }
}

/* One, two and three threads, and inside a parallel region. */
static void same_bits(product *p, arena *memory)
{
    size_t bytes = mat_size(p->c) * sizeof(real);
    p->alpha = 1;
    p->beta = 0;
    omp_set_num_threads(1);
    multiply(p);
    mat first = arena_mat(memory, p->c.rows, p->c.cols);
    mat_copy(first, p->c);
    for (int threads = 2; threads <= 3; threads++) {
        omp_set_num_threads(threads);
        mat_fill(p->c, 0);
        multiply(p);
        gsl_test(memcmp(p->c.at, first.at, bytes) != 0, "gemm %zu x %zu: %d threads give the bytes "
                 "of one", p->c.rows, p->c.cols, threads);
    }
    mat_fill(p->c, 0);
    #pragma omp parallel num_threads(2)
    #pragma omp single
    multiply(p);
    gsl_test(memcmp(p->c.at, first.at, bytes) != 0, "gemm %zu x %zu: a parallel region gives the "
             "same bytes", p->c.rows, p->c.cols);
    omp_set_num_threads(2);
}

static void test_gemm(void)
{
    static const size_t shapes[][3] = {               /* m, n, k */
        { 1, 1, 1 }, { 1, 7, 3 }, { 5, 1, 19 }, { 3, 17, 1 }, { 16, 16, 16 }, { 33, 31, 65 },
        { 127, 2, 50 }, { 2, 129, 33 }, { 301, 37, 1601 }, { 41, 333, 1301 }, { 257, 259, 255 },
    };
    static const orientation ops[] = { PLAIN, TRANSPOSED };
    arena *memory = arena_new();
    gsl_rng *rng = rng_new(5, "gemm");
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
        for (size_t o = 0; o < 4; o++) {
            arena_reset(memory);
            product p = product_new(memory, rng, shapes[s], ops[o / 2], ops[o % 2]);
            compare(&p, rng, memory);
            same_bits(&p, memory);
        }
    gsl_rng_free(rng);
    arena_free(memory);
}

/*
# The arena

The second filling of an arena has to find one block: its pieces then lie side by
side, and at the same addresses the third time.
*/
enum { TAKES = 40 };
static size_t take_size(size_t i) { return (i * i * 997) % 300000 + 1; }

static void fill_arena(arena *a, char **at)
{
    for (size_t i = 0; i < TAKES; i++) {
        at[i] = arena_take(a, take_size(i), 1);
        memset(at[i], (int)i, take_size(i));
    }
}

static void test_growth(void)
{
    arena *a = arena_new();
    char *at[TAKES], *again[TAKES];
    size_t bytes = 0, misplaced = 0, overwritten = 0;
    fill_arena(a, at);
    for (size_t i = 0; i < TAKES; i++) {
        bytes += (take_size(i) + 63) / 64 * 64;
        misplaced += (uintptr_t)at[i] % 64 != 0;
        for (size_t b = 0; b < take_size(i); b++) overwritten += at[i][b] != (char)i;
    }
    gsl_test(bytes < 3 << 20, "%zu bytes are more than the first blocks hold", bytes);
    gsl_test(misplaced != 0, "%zu of %d are not aligned to 64 bytes", misplaced, TAKES);
    gsl_test(overwritten != 0, "%zu bytes were handed out twice", overwritten);
    gsl_test(arena_used(a) != bytes || arena_peak(a) != bytes, "%zu used, %zu at most, %zu taken",
             arena_used(a), arena_peak(a), bytes);

    arena_reset(a);
    gsl_test(arena_used(a) != 0 || arena_peak(a) != bytes, "after a reset: %zu used, %zu at most",
             arena_used(a), arena_peak(a));
    fill_arena(a, again);
    size_t apart = 0;
    for (size_t i = 1; i < TAKES; i++)
        apart += again[i] != again[i - 1] + (take_size(i - 1) + 63) / 64 * 64;
    gsl_test(apart != 0, "%zu gaps: not one block", apart);
    arena_reset(a);
    fill_arena(a, at);
    gsl_test(memcmp(at, again, sizeof at) != 0, "the third filling has the addresses of the second");
    gsl_test(arena_peak(a) != bytes, "the peak stays %zu", arena_peak(a));
    gsl_test(!arena_take(a, 0, 8), "nothing has an address too");
    arena_free(a);
    arena_free(NULL);
}

static void test_marks(void)
{
    arena *a = arena_new();
    char *kept = arena_take(a, 1000, 1);
    memset(kept, 7, 1000);
    size_t used = arena_used(a);
    arena_mark outer = arena_save(a);
    char *taken = arena_take(a, 500, 4);
    arena_mark inner = arena_save(a);
    arena_take(a, 10, 1);
    arena_release(a, inner);
    gsl_test(arena_take(a, 10, 1) != taken + 2048, "a released place is handed out again");
    arena_release(a, outer);
    gsl_test(arena_used(a) != used, "%zu used after the release, %zu before the mark",
             arena_used(a), used);
    gsl_test(arena_take(a, 500, 4) != taken, "the outer mark too gives back its place");
    arena_release(a, outer);

    size_t peak = 0;
    for (int i = 0; i < 100; i++) {
        outer = arena_save(a);
        for (int k = 0; k < 3; k++) memset(arena_take(a, 3 << 20, 1), i, 3 << 20);
        if (i == 10) peak = arena_peak(a);
        arena_release(a, outer);
    }
    gsl_test(arena_used(a) != used, "%zu used after releases that dropped blocks, not %zu",
             arena_used(a), used);
    gsl_test(arena_peak(a) != peak, "a loop over marks grows from %zu to %zu", peak, arena_peak(a));
    size_t changed = 0;
    for (size_t i = 0; i < 1000; i++) changed += kept[i] != 7;
    gsl_test(changed != 0, "%zu bytes from before the mark have changed", changed);
    arena_free(a);
}

static void test_arena(void)
{
    test_growth();
    test_marks();
}

/*
# Streams

A stream is its seed and its name. For the draws, the first four moments of a hundred
thousand, each within four of its standard errors.
*/
static int same_draws(unsigned long seed_a, const char *a, unsigned long seed_b, const char *b)
{
    gsl_rng *one = rng_new(seed_a, a), *other = rng_new(seed_b, b);
    int equal = 0;
    for (int i = 0; i < 1000; i++) equal += gsl_rng_get(one) == gsl_rng_get(other);
    gsl_rng_free(one);
    gsl_rng_free(other);
    return equal;
}

static void test_draws(gsl_rng *rng)
{
    enum { N = 100000 };
    real *x = malloc(N * sizeof *x);
    double *d = malloc(N * sizeof *d);
    REQUIRE(x && d, "no memory for %d numbers", N);
    rng_normal(rng, mat_view(x, 100, N / 100), 3);
    for (size_t i = 0; i < N; i++) d[i] = (double)x[i];
    double mean = gsl_stats_mean(d, 1, N), sd = gsl_stats_sd(d, 1, N);
    gsl_test_abs(mean, 0, 4 * 3 / sqrt(N), "the mean of normal draws");
    gsl_test_abs(sd, 3, 4 * 3 / sqrt(2.0 * N), "the standard deviation of normal draws");
    gsl_test_abs(gsl_stats_skew(d, 1, N), 0, 4 * sqrt(6.0 / N), "their skewness");
    gsl_test_abs(gsl_stats_kurtosis(d, 1, N), 0, 4 * sqrt(24.0 / N), "their kurtosis");

    rng_uniform(rng, mat_view(x, 100, N / 100), -2, 5);
    for (size_t i = 0; i < N; i++) d[i] = (double)x[i];
    gsl_test_abs(gsl_stats_mean(d, 1, N), 1.5, 4 * 7 / sqrt(12.0 * N), "the mean of even draws");
    gsl_test_abs(gsl_stats_sd(d, 1, N), 7 / sqrt(12), 4 * 7 / sqrt(12.0 * N) / 2, "their spread");
    double least, most;
    gsl_stats_minmax(&least, &most, d, 1, N);
    gsl_test(!(least >= -2 && least < -1.99 && most < 5 && most > 4.99), "from %g to %g", least, most);
    free(x);
    free(d);
}

static void test_permutation(gsl_rng *rng)
{
    enum { N = 5, DRAWS = 12000 };
    size_t place[N][N] = { { 0 } }, index[N], broken = 0, large[1001];
    for (int i = 0; i < DRAWS; i++) {
        size_t seen = 0;
        rng_permutation(rng, index, N);
        for (size_t k = 0; k < N; k++) {
            place[index[k] % N][k]++;
            seen |= (size_t)1 << index[k];
        }
        broken += seen != 31;
    }
    double chi2 = 0, expected = (double)DRAWS / N;
    for (size_t i = 0; i < N * N; i++) chi2 += pow((double)place[i / N][i % N] - expected, 2) / expected;
    gsl_test(broken != 0, "%zu of %d are no permutations", broken, DRAWS);
    gsl_test(!(chi2 < 39.3), "chi-square %g of 16 degrees of freedom, below 39.3 but once in a "
             "thousand", chi2);
    rng_permutation(rng, large, 1001);
    size_t sum = 0, fixed = 0;
    for (size_t i = 0; i < 1001; i++) { sum += large[i]; fixed += large[i] == i; }
    gsl_test(sum != 1001 * 500 || fixed > 10, "%zu of 1001 stay where they were", fixed);
}

static void test_rng(void)
{
    gsl_test(same_draws(1, "init", 1, "init") != 1000, "the same seed and name, the same numbers");
    gsl_test(same_draws(1, "init", 2, "init") > 1, "another seed, other numbers");
    gsl_test(same_draws(1, "init", 1, "order") > 1, "another name, other numbers");
    gsl_test(same_draws(1, "", 1, "a") > 1, "the empty name is one of its own");
    gsl_test(same_draws(1, "ab", 1, "ba") > 1, "the order of the letters matters");
    gsl_test(same_draws(1, "init", 1 + (1ul << 32), "init") > 1, "high bits of a seed matter");
    gsl_rng *rng = rng_new(11, "draws");
    test_draws(rng);
    test_permutation(rng);
    gsl_rng_free(rng);
}

/*
# Matrices

Sizes of one piece and of several. What is not finite is put at every place of a short
matrix, and into the last place of a long one.
*/
static void test_arithmetic(arena *memory, size_t rows, size_t cols)
{
    mat x = arena_mat(memory, rows, cols), y = arena_mat(memory, rows, cols);
    size_t n = mat_size(x), wrong = 0;
    mat_fill(x, 3);
    for (size_t i = 0; i < n; i++) { wrong += x.at[i] != 3; y.at[i] = (real)(i % 1000); }
    gsl_test(wrong != 0, "fill leaves out %zu of %zu", wrong, n);
    mat_add(x, y);
    for (size_t i = 0; i < n; i++) wrong += x.at[i] != (real)(3 + i % 1000);
    gsl_test(wrong != 0, "add is wrong in %zu of %zu", wrong, n);
    mat_copy(x, y);
    gsl_test(memcmp(x.at, y.at, n * sizeof(real)) != 0, "copy of %zu", n);

    const size_t index[] = { rows - 1, 0, rows / 2, 0 };
    mat few = arena_mat(memory, 4, cols);
    mat_gather(few, y, index);
    for (size_t i = 0; i < 4; i++)
        gsl_test(memcmp(mat_row(few, i), mat_row(y, index[i]), cols * sizeof(real)) != 0,
                 "row %zu gathered", index[i]);
    gsl_test(mat_rows(y, 1, rows - 1).at != y.at + cols, "rows are a view");

    gsl_test(!mat_is_finite(y), "%zu finite numbers", n);
    y.at[n - 1] = (real)NAN;
    gsl_test(mat_is_finite(y), "a NaN in the last of %zu", n);
}

static void test_mat(void)
{
    arena *memory = arena_new();
    test_arithmetic(memory, 2, 1);
    test_arithmetic(memory, 7, 5);
    test_arithmetic(memory, 300, 333);
    const double bad[] = { NAN, -NAN, INFINITY, -INFINITY };
    for (size_t b = 0; b < 4; b++)
        for (size_t at = 0; at < 37; at++) {
            mat x = arena_mat(memory, 1, 37);
            mat_fill(x, (real)REAL_MAX);
            gsl_test(!mat_is_finite(x), "the largest number is finite");
            x.at[at] = (real)bad[b];
            gsl_test(mat_is_finite(x), "%g at place %zu is found", bad[b], at);
        }
    gsl_test(!mat_is_finite(mat_view(NULL, 0, 5)), "nothing is finite");
    arena_free(memory);
}

/*
# Failing

`fail` always says -1, keeps the last description, one for each thread, and cuts
what is too long.
*/
static void test_fail(void)
{
    gsl_test(!error_text(), "there is a text before the first failure");
    gsl_test(fail("%s, value %d", "file", 3) != -1, "fail returns -1");
    gsl_test(strcmp(error_text(), "file, value 3") != 0, "the description is \"%s\"", error_text());
    int other = 0;
    #pragma omp parallel num_threads(2) reduction(+ : other)
    if (omp_get_thread_num() == 1) {
        fail("another thread");
        other += strcmp(error_text(), "another thread") == 0;
    }
    gsl_test(other != 1 || strcmp(error_text(), "file, value 3") != 0, "each thread has its own");
    fail("%05000d", 1);
    gsl_test(strlen(error_text()) != 1023, "%zu characters of 5000", strlen(error_text()));
}

/*
# Broken contracts
*/
static void refuse(const char *what)
{
    arena *memory = arena_new();
    mat a = arena_mat(memory, 3, 4), b = arena_mat(memory, 5, 2);
    const size_t index[] = { 0, 1, 5 };
    if (strcmp(what, "overflow") == 0) arena_take(memory, SIZE_MAX / 4, 8);
    if (strcmp(what, "product") == 0) arena_mat(memory, SIZE_MAX / 2, 3);
    if (strcmp(what, "gemm") == 0) gemm(a, 1, a, PLAIN, b, PLAIN, 0);
    if (strcmp(what, "copy") == 0) mat_copy(a, b);
    if (strcmp(what, "add") == 0) mat_add(a, b);
    if (strcmp(what, "gather") == 0) mat_gather(arena_mat(memory, 3, 2), b, index);
    if (strcmp(what, "seed") == 0) rng_new(0, "init");
    if (strcmp(what, "die") == 0) die(STATUS_USAGE, "%s: %d", "nothing", 7);
}

int main(int argc, char **argv)
{
    static const struct { const char *name; void (*run)(void); } cases[] = {
        { "elementary", test_elementary }, { "lanes", test_lanes }, { "pieces", test_pieces },
        { "subnormal", test_subnormal },
        { "gemm", test_gemm }, { "arena", test_arena }, { "rng", test_rng }, { "mat", test_mat },
        { "fail", test_fail }, { "exponential", test_exponential },
    };
    threads_begin(2);
    if (argc > 2 && strcmp(argv[1], "refuse") == 0) {
        refuse(argv[2]);
        return STATUS_DONE;
    }
    size_t ran = 0;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        if (argc > 1 ? strcmp(argv[1], cases[c].name) != 0 : cases[c].run == test_exponential) continue;
        cases[c].run();
        ran++;
    }
    REQUIRE(ran > 0, "no case \"%s\"", argv[1]);
    return gsl_test_summary();
}
