/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The affinities of t-SNE against their definition

From the k nearest neighbours and the precisions that were found, P is written
down once more, in double and with all its zeros. The exponential of a row's
entropy must be the perplexity asked for, and every element must be as it is
here.

    tsne_affinity [CASE]       all cases, or one
    tsne_affinity refuse WHAT  asks for what cannot be
*/
#include <fenv.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <string.h>

#include "base/threads.h"
#include "cases.h"
#include "learn/knn.h"
#include "learn/tsne_affinity.h"
#include "points.h"

/* Clusters of three widths, so that precisions differ. */
static mat uneven(unsigned long seed, size_t n, size_t d, int k, double gap)
{
    gsl_rng *rng = rng_new(seed, "uneven");
    int *place = arena_take(memory, n, sizeof *place);
    mat x = blobs(rng, n, d, k, gap, 0, place), more = noise(rng, n, d);
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < d; f++)
            mat_row(x, i)[f] += (real)ldexp((double)mat_row(more, i)[f], place[i] % 3);
    gsl_rng_free(rng);
    return x;
}

static double apart(mat x, size_t i, size_t j)
{
    return distance2(mat_row(x, i), mat_row(x, j), x.cols);
}

/* Row i of p_{j|i} over the k nearest neighbours; returns its perplexity. */
static double conditional(double *p, mat x, const size_t *near, size_t i, size_t k, double beta)
{
    double S = 0, H = 0, least = apart(x, i, near[0]);
    for (size_t j = 0; j < x.rows; j++) p[j] = 0;
    for (size_t r = 0; r < k; r++) S += p[near[r]] = exp(-beta * (apart(x, i, near[r]) - least));
    for (size_t r = 0; r < k; r++) {
        p[near[r]] /= S;
        if (p[near[r]] > 0) H -= p[near[r]] * log(p[near[r]]);
    }
    return exp(H);
}

static void affinities_match(const char *name, mat x, double perplexity, size_t neighbours)
{
    size_t n = x.rows, k = neighbours ? neighbours : (size_t)(3 * perplexity + 1);
    if (k > n - 1) k = n - 1;
    tsne_affinity p = tsne_affinities(x, perplexity, neighbours, memory);
    size_t *near = arena_take(memory, n * k, sizeof *near);
    double *wanted = arena_take(memory, n * n, sizeof *wanted), *row = arena_take(memory, n, sizeof *row);
    knn_search(near, NULL, x, x, k, WITHOUT_SELF, memory);
    memset(wanted, 0, n * n * sizeof *wanted);
    double off = 0, worst = 0, total = 0;
    for (size_t i = 0; i < n; i++) {
        off = larger(off, fabs(conditional(row, x, near + i * k, i, k, p.precision[i]) / perplexity - 1));
        for (size_t j = 0; j < n; j++) {
            wanted[i * n + j] += row[j] / (2 * (double)n);
            wanted[j * n + i] += row[j] / (2 * (double)n);
        }
    }
    size_t crooked = 0, stored = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t e = p.start[i]; e < p.start[i + 1]; e++) {
            size_t j = (size_t)p.column[e], f = p.start[j];
            while (f < p.start[j + 1] && (size_t)p.column[f] < i) f++;
            crooked += f == p.start[j + 1] || (size_t)p.column[f] != i || p.at[f] != p.at[e] || i == j
                       || (e > p.start[i] && p.column[e - 1] >= p.column[e]);
            worst = larger(worst, fabs((double)p.at[e] - wanted[i * n + j]));
            wanted[i * n + j] = 0;
            total += (double)p.at[e];
            stored++;
        }
    for (size_t e = 0; e < n * n; e++) worst = larger(worst, wanted[e]);
    gsl_test(!(off <= tolerance(5e-5, 1e-9)), "%s: perplexity to %g", name, off);
    gsl_test(!(worst <= tolerance(1e-5, 1e-12) / (2 * (double)n)), "%s: p to %g of 1/2n", name,
             worst * 2 * (double)n);
    gsl_test(crooked != 0, "%s: %zu of %zu have no twin or stand in disorder", name, crooked, stored);
    gsl_test_rel(total, 1, tolerance(1e-5, 1e-13), "%s: they add up to 1", name);
}

static void test_match(void)
{
    affinities_match("sparse", uneven(1, 400, 11, 5, 4), 20, 0);
    affinities_match("few neighbours", uneven(2, 300, 3, 4, 1), 5, 7);
    affinities_match("everybody", uneven(3, 97, 6, 3, 3), 30, 96);
    affinities_match("all there are", uneven(4, 50, 4, 3, 3), 30, 0);
    affinities_match("the least", uneven(5, 4, 2, 2, 3), 2, 0);
    affinities_match("nearly all", uneven(6, 60, 5, 2, 1), 58, 0);
    mat tiny = uneven(7, 200, 5, 3, 3), huge = uneven(7, 200, 5, 3, 3);
    for (size_t e = 0; e < mat_size(tiny); e++) { tiny.at[e] *= (real)1e-9; huge.at[e] *= (real)1e9; }
    affinities_match("small units", tiny, 10, 0);
    affinities_match("large units", huge, 10, 0);
}

/* Half of the points in one place, where no precision gives the perplexity asked for. */
static void test_copies(void)
{
    mat x = uneven(8, 120, 3, 2, 5);
    for (size_t i = 1; i < 60; i++) mat_copy(mat_rows(x, i, 1), mat_rows(x, 0, 1));
    tsne_affinity p = tsne_affinities(x, 5, 0, memory);
    double total = 0;
    for (size_t e = 0; e < p.start[120]; e++) total += (double)p.at[e];
    gsl_test_rel(total, 1, 1e-5, "sixty points in one place: they add up to 1");
}

static void refuse(const char *what)
{
    mat x = uneven(1, 20, 3, 2, 3);
    if (strcmp(what, "few") == 0) tsne_affinities(mat_rows(x, 0, 3), 2, 0, memory);
    if (strcmp(what, "perplexity") == 0) tsne_affinities(x, 30, 0, memory);
    if (strcmp(what, "neighbours") == 0) tsne_affinities(x, 10, 8, memory);
    x.at[7] = (real)INFINITY;
    if (strcmp(what, "infinite") == 0) tsne_affinities(x, 5, 0, memory);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = { { "match", test_match }, { "copies", test_copies } };
    threads_begin(2);
    memory = arena_new();
    if (argc == 3 && strcmp(argv[1], "refuse") == 0) { refuse(argv[2]); return STATUS_DONE; }
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
    int status = CASES_RUN(cases, points_reset, argc, argv);
    arena_free(memory);
    return status;
}
