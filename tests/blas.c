/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Work in pieces, tried out

That pieces cover a range and overlap nowhere; that subnormal numbers are 0 on
every thread; that a product has the same bytes at any number of threads and
never reads what it overwrites.

    blas [CASE]            all cases, or one
*/
#include <gsl/gsl_test.h>
#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/blas.h"
#include "base/rng.h"
#include "base/threads.h"
#include "cases.h"

static const double EPSILON = sizeof(real) == sizeof(float) ? 1.2e-7 : 2.3e-16;

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
            largest = larger(largest, error);     /* a NaN is the largest of all */
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

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "pieces", test_pieces }, { "subnormal", test_subnormal }, { "gemm", test_gemm },
    };
    threads_begin(2);
    return CASES_RUN(cases, NULL, argc, argv);
}
