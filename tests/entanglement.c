/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Measuring entanglement

    entanglement [CASE]

Point by point against equation 1 as two loops in `double`; batches against
measurements of each; chance against what it is the limit and the lower bound of; and the
minimum against a fine grid of temperatures.
*/
#include <omp.h>
#include <stdlib.h>

#include "base/threads.h"
#include "cases.h"
#include "learn/entanglement.h"
#include "points.h"

static tape *work;

static double oracle_distance(mat x, size_t i, size_t j, distance kind)
{
    size_t d = x.cols;
    const real *a = mat_row(x, i), *b = mat_row(x, j);
    double dot = 0, aa = 0, bb = 0;
    if (kind == SQUARED_EUCLIDEAN) return distance2(a, b, d);
    for (size_t f = 0; f < d; f++) {
        dot += (double)a[f] * (double)b[f];
        aa += (double)a[f] * (double)a[f];
        bb += (double)b[f] * (double)b[f];
    }
    return 1 - dot / sqrt(aa * bb);
}

static double oracle_cost(mat x, const int *y, size_t i, double T, distance kind)
{
    double same = 0, all = 0, least = INFINITY;
    for (size_t j = 0; j < x.rows; j++)
        if (j != i) least = fmin(least, oracle_distance(x, i, j, kind));
    for (size_t j = 0; j < x.rows; j++) {
        if (j == i) continue;
        double w = exp(-(oracle_distance(x, i, j, kind) - least) / T);
        all += w;
        if (y[i] == y[j]) same += w;
    }
    return -log(SNNL_EPSILON + same / all);
}

static void compare_costs(size_t n, size_t d, int classes, double T, distance kind)
{
    gsl_rng *rng = rng_new(7, "costs");
    int *y = arena_take(memory, n, sizeof *y);
    mat x = blobs(rng, n, d, classes, 1, 0.5, y);
    double *cost = arena_take(memory, n, sizeof *cost), worst = 0, sum = 0;
    entanglement e = { x, n, kind, work, NULL };
    double loss = entanglement_at(&e, y, T, cost);
    for (size_t i = 0; i < n; i++) {
        worst = larger(worst, fabs(cost[i] - oracle_cost(x, y, i, T, kind)));
        sum += cost[i];
    }
    gsl_test(!(worst <= tolerance(2e-3, 1e-9)), "n=%zu T=%g kind %d: a cost is off by %g", n, T, kind, worst);
    gsl_test(loss != sum / (double)n, "n=%zu T=%g kind %d: the loss is the mean of the costs", n, T, kind);
    gsl_test(loss != entanglement_at(&e, y, T, NULL), "n=%zu T=%g: the same without costs", n, T);
    gsl_rng_free(rng);
}

static void costs(void)
{
    compare_costs(2, 3, 2, 1, SQUARED_EUCLIDEAN);
    compare_costs(40, 3, 4, 0.5, SQUARED_EUCLIDEAN);
    compare_costs(300, 17, 5, 8, SQUARED_EUCLIDEAN);
    compare_costs(300, 17, 5, 0.2, COSINE);
    compare_costs(2100, 2, 3, 0.3, SQUARED_EUCLIDEAN);     /* tiles that are not kept */
}

/* Three points on a line, at 0, 1 and 3; the third is alone. */
static void closed_form(void)
{
    real at[] = { 0, 1, 3 };
    const int y[] = { 0, 0, 1 }, one[] = { 4, 4, 4 };
    double cost[3], near = exp(-1.0 / 2);
    entanglement e = { mat_view(at, 3, 1), 3, SQUARED_EUCLIDEAN, work, NULL };
    entanglement_at(&e, y, 2, cost);
    gsl_test_rel(cost[0], -log(SNNL_EPSILON + near / (near + exp(-9.0 / 2))), tolerance(1e-5, 1e-13), "the first of three");
    gsl_test_rel(cost[1], -log(SNNL_EPSILON + near / (near + exp(-4.0 / 2))), tolerance(1e-5, 1e-13), "the second of three");
    gsl_test_rel(cost[2], -log(SNNL_EPSILON), 1e-14, "the third has no partner");
    gsl_test_rel(entanglement_at(&e, one, 2, NULL), -log(1 + SNNL_EPSILON), 1e-10, "one class");
    gsl_test_rel(entanglement_by_chance(&e, one, memory), -log(1 + SNNL_EPSILON), 1e-10, "one class, by chance");
    gsl_test_rel(entanglement_by_chance(&e, y, memory),
                 -(2 * log(SNNL_EPSILON + 0.5) + log(SNNL_EPSILON)) / 3, 1e-14, "two and one, by chance");
}

static void in_batches(void)
{
    enum { N = 120, B = 40 };
    gsl_rng *rng = rng_new(8, "batches");
    int *y = arena_take(memory, N, sizeof *y);
    mat x = noise(rng, N, 4);
    for (size_t i = 0; i < N; i++) y[i] = (int)gsl_rng_uniform_int(rng, 3);
    entanglement e = { x, B, SQUARED_EUCLIDEAN, work, NULL };
    double cost[N], part[B], mean = 0, chance = 0;
    double loss = entanglement_at(&e, y, 2, cost);
    for (size_t first = 0; first < N; first += B) {
        entanglement alone = { mat_rows(x, first, B), B, SQUARED_EUCLIDEAN, work, NULL };
        mean += entanglement_at(&alone, y + first, 2, part) / (N / B);
        chance += entanglement_by_chance(&alone, y + first, memory) / (N / B);
        gsl_test(memcmp(part, cost + first, sizeof part) != 0, "batch at %zu: its costs are those alone", first);
    }
    gsl_test_rel(loss, mean, 1e-12, "the loss is the mean over batches");
    gsl_test_rel(entanglement_by_chance(&e, y, memory), chance, 1e-12, "so is chance");
    e.batch = N;
    gsl_test(!(fabs(loss - entanglement_at(&e, y, 2, NULL)) > 1e-3), "all against all is another number");
    gsl_rng_free(rng);
}

/* With classes of different sizes. Shuffled labels cost more than chance, on average. */
static void chance(void)
{
    enum { N = 90, SHUFFLES = 200 };
    gsl_rng *rng = rng_new(9, "chance");
    mat x = noise(rng, N, 2);
    int y[N];
    size_t order[N];
    for (int i = 0; i < N; i++) y[i] = i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2;
    entanglement e = { x, N, SQUARED_EUCLIDEAN, work, NULL };
    double h = entanglement_by_chance(&e, y, memory), mean = 0, cold = 0;
    gsl_test_rel(entanglement_at(&e, y, 1e6, NULL), h, 1e-5, "at a high temperature the loss is that of chance");
    gsl_test_rel(h, -(0.6 * log(53.0 / 89) + 0.3 * log(26.0 / 89) + 0.1 * log(8.0 / 89)), 1e-3, "which is known");
    for (int s = 0; s < SHUFFLES; s++) {
        int shuffled[N];
        rng_permutation(rng, order, N);
        for (size_t i = 0; i < N; i++) shuffled[i] = y[order[i]];
        mean += entanglement_at(&e, shuffled, 10, NULL) / SHUFFLES;
        cold += entanglement_at(&e, shuffled, 0.05, NULL) / SHUFFLES;
    }
    gsl_test_abs(mean, h, 0.01, "shuffled labels cost that at a temperature of 10");
    gsl_test(!(cold > h + 0.1), "and more when it is cold: %g, above %g", cold, h);
    gsl_rng_free(rng);
}

static void least(void)
{
    enum { N = 150, COARSE = 12, FINE = 3000 };
    gsl_rng *rng = rng_new(10, "least");
    int *y = arena_take(memory, N, sizeof *y);
    mat x = blobs(rng, N, 3, 3, 1.2, 0, y);
    double T[COARSE], loss[COARSE], lowest = INFINITY, at = 0;
    for (int kind = SQUARED_EUCLIDEAN; kind <= COSINE; kind++) {
        double from = kind == COSINE ? 1e-3 : 1e-2;
        entanglement e = { x, N, (distance)kind, work, NULL };
        for (int k = 0; k < COARSE; k++) {
            T[k] = from * pow(1e4, (double)k / (COARSE - 1));
            loss[k] = entanglement_at(&e, y, T[k], NULL);
        }
        entanglement_minimum m = entanglement_least(&e, y, T, loss, COARSE);
        lowest = INFINITY;
        for (int k = 0; k < FINE; k++) {
            double t = from * pow(1e4, (double)k / (FINE - 1)), l = entanglement_at(&e, y, t, NULL);
            if (l < lowest) { lowest = l; at = t; }
        }
        gsl_test(!m.inside, "kind %d: the minimum is inside", kind);
        gsl_test_abs(m.loss, lowest, tolerance(3e-6, 1e-6), "kind %d: its loss is the least of a fine grid", kind);
        gsl_test_rel(m.T, at, tolerance(2e-2, 5e-3), "kind %d: and so is its temperature", kind);
        gsl_test_rel(m.loss, entanglement_at(&e, y, m.T, NULL), 1e-6, "kind %d: and the two belong together", kind);
    }
    gsl_rng_free(rng);
}

/*
The scale, by two loops; and the minimum on its grid against a finer one. Far blobs of two close classes each: what is near is
a four-hundredth of the mean distance, at the low end of the grid.
*/
static void of_batch(void)
{
    enum { N = 160, FINE = 2000 };
    gsl_rng *rng = rng_new(12, "batch");
    int *y = arena_take(memory, N, sizeof *y);
    mat x = blobs(rng, N, 2, 8, 10, 3, y);
    for (size_t i = 0; i < N; i++) {
        y[i] = (int)(i / 8 % 2);
        mat_row(x, i)[1] += (real)(2 * y[i]);
    }
    double mean = 0, lowest = INFINITY, at = 0, T;
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) mean += distance2(mat_row(x, i), mat_row(x, j), 2) / ((double)N * N);
    gsl_test_rel(mean_distance(x, SQUARED_EUCLIDEAN), mean, 1e-9, "the mean squared distance");
    gsl_test_abs(mean_distance(x, COSINE), 1, 0, "in cosine distance 1 is far");
    entanglement e = { x, N, SQUARED_EUCLIDEAN, work, NULL };
    for (int k = 0; k < FINE; k++) {
        double there = mean * pow(10, 4. * k / (FINE - 1) - 3), loss = entanglement_at(&e, y, there, NULL);
        if (loss < lowest) lowest = loss, at = there;
    }
    tape_reset(work);
    double found = entanglement_of_batch(x, y, SQUARED_EUCLIDEAN, work, &T);
    gsl_test(!(at > 2e-3 * mean && at < 8e-3 * mean), "the minimum of a fine grid is at its low end: %g of %g", at, mean);
    gsl_test_abs(found, lowest, tolerance(3e-6, 1e-6), "the minimum of a batch is that of a fine grid");
    gsl_test_rel(T, at, 2e-2, "and so is its temperature");
    mat_fill(x, 2);
    gsl_test_abs(mean_distance(x, SQUARED_EUCLIDEAN), 1, 0, "a scale is never 0");
    gsl_rng_free(rng);
}

/* A curve that falls to an end, and one that is flat, have no minimum inside. */
static void no_minimum(void)
{
    real at[] = { 0, 1, 10, 11 };
    const int apart[] = { 0, 0, 1, 1 }, together[] = { 0, 1, 0, 1 }, one[] = { 0, 0, 0, 0 };
    const double T[] = { 10, 100, 1000 };
    const int *y[] = { apart, together, one };
    const double want[] = { 10, 1000, 10 };
    entanglement e = { mat_view(at, 4, 1), 4, SQUARED_EUCLIDEAN, work, NULL };
    for (int c = 0; c < 3; c++) {
        double loss[3];
        for (int k = 0; k < 3; k++) loss[k] = entanglement_at(&e, y[c], T[k], NULL);
        entanglement_minimum m = entanglement_least(&e, y[c], T, loss, 3);
        gsl_test(m.inside || m.T != want[c] || m.loss != loss[c == 1 ? 2 : 0],
                 "case %d: least at T = %g, inside %d", c, m.T, m.inside);
    }
}

static void threads(void)
{
    enum { N = 700 };
    gsl_rng *rng = rng_new(11, "threads");
    int *y = arena_take(memory, N, sizeof *y);
    mat x = blobs(rng, N, 5, 4, 1, 0, y);
    double first[N], cost[N];
    entanglement e = { x, N, COSINE, work, NULL };
    for (int t = 1; t <= 3; t++) {
        omp_set_num_threads(t);
        entanglement_at(&e, y, 0.1, t == 1 ? first : cost);
        gsl_test(t > 1 && memcmp(first, cost, sizeof cost) != 0, "%d threads give the bytes of 1", t);
    }
    gsl_rng_free(rng);
}

static void refuse(void)
{
    real at[] = { 0, 1, 2 };
    const int y[] = { 0, 0, 1 };
    entanglement_at(&(entanglement){ mat_view(at, 3, 1), 2, SQUARED_EUCLIDEAN, work, NULL }, y, 1, NULL);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "costs", costs }, { "closed_form", closed_form }, { "in_batches", in_batches },
        { "chance", chance }, { "least", least }, { "of_batch", of_batch }, { "no_minimum", no_minimum },
        { "threads", threads },
    };
    static const test_case refused[] = { { "refuse", refuse } };
    threads_begin(0);
    memory = arena_new();
    work = tape_new();
    int status = argc > 1 && strcmp(argv[1], "refuse") == 0
               ? CASES_RUN(refused, points_reset, argc, argv) : CASES_RUN(cases, points_reset, argc, argv);
    tape_free(work);
    arena_free(memory);
    return status;
}
