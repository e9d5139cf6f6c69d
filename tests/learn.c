/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Learning without gradients, against plain loops

Each oracle is the definition, written in double with nothing clever about it.
The sizes are odd on purpose: one column, one row, one more than a tile,
duplicates, data far from the origin.

    learn [CASE]           all cases, or one
*/
#include <float.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "cases.h"
#include "learn/auroc.h"
#include "learn/clustering_internal.h"
#include "learn/distance.h"
#include "learn/kmeans.h"
#include "learn/knn.h"
#include "learn/knn_classifier.h"
#include "learn/means.h"
#include "learn/pca.h"
#include "learn/correlation.h"
#include "learn/triplet.h"
#include "points.h"

static const double rounding = sizeof(real) == sizeof(float) ? 1e-5 : 1e-11;

/*
# Neighbours

All distances, and k times the least one not yet taken; strictly less, so that
the lower index wins a tie.
*/
static void neighbours_match(const char *name, mat q, mat x, size_t k, knn_self self)
{
    size_t *near = arena_take(memory, q.rows * k, sizeof *near), wrong = 0;
    double *distance = arena_take(memory, q.rows * k, sizeof *distance), worst = 0;
    double *all = arena_take(memory, x.rows, sizeof *all);
    knn_search(near, distance, q, x, k, self, memory);
    for (size_t i = 0; i < q.rows; i++) {
        for (size_t j = 0; j < x.rows; j++)
            all[j] = self == WITHOUT_SELF && i == j
                         ? DBL_MAX : distance2(mat_row(q, i), mat_row(x, j), x.cols);
        for (size_t r = 0; r < k; r++) {
            size_t best = 0;
            for (size_t j = 1; j < x.rows; j++)
                if (all[j] < all[best]) best = j;
            wrong += near[i * k + r] != best;
            double off = fabs(distance[i * k + r] - all[best]) / (all[best] > 0 ? all[best] : 1);
            worst = larger(worst, off);
            all[best] = DBL_MAX;
        }
    }
    gsl_test(wrong != 0, "knn, %s: %zu of %zu neighbours differ", name, wrong, q.rows * k);
    gsl_test(!(worst < 1e-13), "knn, %s: distances to %g", name, worst);
}

/* The same points in blocks: whatever was known before a block counts as if it stood in it. */
static void blocks_match(const char *name, mat q, mat x, size_t k, size_t block)
{
    size_t all = q.rows * k, *near = arena_take(memory, all, sizeof *near), *wanted = arena_take(memory, all, sizeof *near);
    double *far = arena_take(memory, all, sizeof *far), *known = arena_take(memory, all, sizeof *known);
    knn_search(wanted, known, q, x, k, WITH_SELF, memory);
    for (size_t first = 0; first < x.rows; first += block) {
        size_t count = x.rows - first < block ? x.rows - first : block;
        knn_search_on(near, far, q, mat_rows(x, first, count), first, k, memory);
        if (first + count < k)
            gsl_test(near[first + count] != SIZE_MAX || near[first + count - 1] == SIZE_MAX,
                     "knn, %s: %zu of %zu places are taken", name, first + count, k);
    }
    gsl_test(memcmp(near, wanted, all * sizeof *near), "knn, %s: the same neighbours", name);
    gsl_test(memcmp(far, known, all * sizeof *far), "knn, %s: the same distances", name);
}

/* So many copies of the first row. */
static mat same_as(mat x, size_t rows)
{
    mat copies = arena_mat(memory, rows, x.cols);
    for (size_t i = 0; i < rows; i++) memcpy(mat_row(copies, i), x.at, x.cols * sizeof(real));
    return copies;
}

static void test_knn(void)
{
    gsl_rng *rng = rng_new(1, "knn");
    static const struct { size_t q, n, d, k; } size[] = {
        { 1, 1, 1, 1 }, { 1, 2, 3, 2 }, { 7, 33, 1, 5 }, { 3, 20, 4, 20 }, { 50, 700, 17, 10 },
        { 513, 1025, 5, 3 }, { 129, 1500, 33, 40 },
    };
    for (size_t s = 0; s < sizeof size / sizeof *size; s++) {
        char name[64];
        snprintf(name, sizeof name, "%zu in %zu x %zu, k %zu", size[s].q, size[s].n,
                 size[s].d, size[s].k);
        mat x = noise(rng, size[s].n, size[s].d), q = noise(rng, size[s].q, size[s].d);
        neighbours_match(name, q, x, size[s].k, WITH_SELF);
        if (size[s].k < size[s].n)
            neighbours_match(name, mat_rows(x, 0, size[s].q), x, size[s].k, WITHOUT_SELF);
    }
    mat ties = integers(rng, 800, 3, 3);
    neighbours_match("ties", mat_rows(ties, 0, 60), ties, 12, WITH_SELF);
    neighbours_match("ties without self", mat_rows(ties, 0, 60), ties, 12, WITHOUT_SELF);

    int *place = arena_take(memory, 900, sizeof *place);
    mat far = blobs(rng, 900, 9, 5, 0.1, 3000, place);
    neighbours_match("far from the origin", mat_rows(far, 0, 70), far, 10, WITHOUT_SELF);

    blocks_match("blocks of 1", mat_rows(ties, 0, 20), mat_rows(ties, 20, 100), 12, 1);
    blocks_match("blocks of 7", mat_rows(ties, 0, 60), ties, 12, 7);
    blocks_match("blocks of 400", noise(rng, 90, 21), noise(rng, 1900, 21), 30, 400);
    blocks_match("a block of all", noise(rng, 3, 21), noise(rng, 50, 21), 50, 50);
    blocks_match("blocks far from the origin", mat_rows(far, 0, 70), mat_rows(far, 70, 800), 10, 133);
    blocks_match("blocks of one point", same_as(ties, 9), same_as(ties, 70), 10, 30);

    size_t near[3];
    mat same = arena_mat(memory, 50, 4);
    mat_fill(same, 2);
    knn_search(near, NULL, mat_rows(same, 0, 1), same, 3, WITHOUT_SELF, memory);
    gsl_test(near[0] != 1 || near[1] != 2 || near[2] != 3, "knn, all the same: 1, 2, 3");

    mat one = mat_rows(noise(rng, 1, 57), 0, 1), norm = arena_mat(memory, 1, 1);
    double sum = 0;
    for (size_t f = 0; f < 57; f++) sum += (double)one.at[f] * (double)one.at[f];
    squared_norms(norm.at, one);
    gsl_test_rel((double)norm.at[0], sum, rounding, "squared norm");
    gsl_rng_free(rng);
}

/*
# Means

Of whole numbers the sums are exact, in any order.
*/
static void test_means(void)
{
    static const size_t rows[] = { 1, 2, 31, 32, 33, 4097 };
    gsl_rng *rng = rng_new(4, "means");
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        mat x = integers(rng, rows[r], 19, 100);
        double *mean = arena_take(memory, x.cols, sizeof *mean);
        column_means(mean, x, memory);
        for (size_t f = 0; f < x.cols; f++) {
            double sum = 0;
            for (size_t i = 0; i < x.rows; i++) sum += (double)mat_row(x, i)[f];
            gsl_test(mean[f] != sum / (double)x.rows, "mean %zu of %zu rows", f, x.rows);
        }
    }
    gsl_rng_free(rng);
}

/*
# Principal components

The covariance by its definition, and what defines an eigenvector; then the
data from all components.
*/
static double *covariance(mat x)
{
    size_t n = x.rows, d = x.cols;
    double *s = arena_take(memory, d * d, sizeof *s), *mean = arena_take(memory, d, sizeof *mean);
    for (size_t f = 0; f < d; f++) {
        mean[f] = 0;
        for (size_t i = 0; i < n; i++) mean[f] += (double)mat_row(x, i)[f] / (double)n;
    }
    for (size_t f = 0; f < d; f++)
        for (size_t g = 0; g < d; g++) {
            double sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += ((double)mat_row(x, i)[f] - mean[f]) * ((double)mat_row(x, i)[g] - mean[g]);
            s[f * d + g] = sum / (double)(n - 1);
        }
    return s;
}

static void components_match(const char *name, mat x, size_t k)
{
    size_t d = x.cols;
    pca p = pca_fit(x, k, memory);
    const double *s = covariance(x);
    double trace = 0, skew = 0, defect = 0, negative = 0, top = p.variance[0];
    for (size_t f = 0; f < d; f++) trace += s[f * d + f];
    for (size_t c = 0; c < k; c++) {
        const real *v = mat_row(p.components, c);
        size_t largest = 0;
        for (size_t f = 0; f < d; f++) {
            double sv = 0;
            for (size_t g = 0; g < d; g++) sv += s[f * d + g] * (double)v[g];
            defect = larger(defect, fabs(sv - p.variance[c] * (double)v[f]));
            if (fabs((double)v[f]) > fabs((double)v[largest])) largest = f;
        }
        negative += v[largest] < 0;
        for (size_t e = 0; e <= c; e++) {
            double dot = 0;
            for (size_t f = 0; f < d; f++)
                dot += (double)v[f] * (double)mat_row(p.components, e)[f];
            skew = larger(skew, fabs(dot - (e == c)));
        }
        if (c) gsl_test(p.variance[c] > p.variance[c - 1], "pca, %s: variance %zu falls", name, c);
    }
    gsl_test(!(skew <= rounding), "pca, %s: orthonormal to %g", name, skew);
    gsl_test(!(defect <= rounding * top), "pca, %s: S v = lambda v to %g", name, defect);
    gsl_test(negative > 0, "pca, %s: %g with the wrong sign", name, negative);
    gsl_test_rel(p.total, trace, rounding, "pca, %s: total variance", name);

    if (k < d && k + 1 < x.rows) return;                     /* something stays behind */
    mat z = arena_mat(memory, x.rows, k);
    double off = 0;
    pca_transform(z, x, &p, memory);
    for (size_t i = 0; i < x.rows; i++)
        for (size_t f = 0; f < d; f++) {
            double back = (double)p.mean.at[f];
            for (size_t c = 0; c < k; c++)
                back += (double)mat_row(z, i)[c] * (double)mat_row(p.components, c)[f];
            off = larger(off, fabs(back - (double)mat_row(x, i)[f]));
        }
    gsl_test(!(off <= rounding * sqrt(trace) * 3), "pca, %s: rebuilds to %g", name, off);
}

static void test_pca(void)
{
    gsl_rng *rng = rng_new(1, "pca");
    int *place = arena_take(memory, 1100, sizeof *place);
    components_match("one column", noise(rng, 13, 1), 1);
    components_match("two rows", noise(rng, 2, 3), 3);
    components_match("wide", noise(rng, 9, 31), 31);
    components_match("tall", blobs(rng, 1100, 23, 3, 4, 0, place), 23);
    components_match("a constant column", integers(rng, 515, 4, 1), 4);
    mat far = blobs(rng, 1025, 5, 3, 4, sizeof(real) == sizeof(float) ? 10 : 1000, place);
    components_match("far from the origin", far, 5);
    components_match("few examples, all they span", noise(rng, 40, 300), 39);
    mat part = noise(rng, 40, 300), mixed = noise(rng, 40, 40), falling = arena_mat(memory, 40, 300);
    for (size_t i = 0; i < 40; i++)                          /* rounding of the largest part is as large as the smallest are */
        for (size_t f = 0; f < 300; f++) {
            double sum = 0;
            for (size_t c = 0; c < 40; c++) sum += (double)mat_row(mixed, i)[c] * pow(10, -(double)c / 10) * (double)mat_row(part, c)[f];
            mat_row(falling, i)[f] = (real)sum;
        }
    components_match("few examples, of parts of many sizes", falling, 20);
    components_match("few examples, two components", blobs(rng, 200, 700, 3, 4, 0, place), 2);
    mat same = arena_mat(memory, 4, 9);
    for (size_t e = 0; e < mat_size(same); e++) same.at[e] = (real)(e / 18 * (e % 9));
    components_match("few examples, of which two are twice there", same, 2);

    mat line = arena_mat(memory, 600, 3);
    for (size_t i = 0; i < 600; i++)
        for (size_t f = 0; f < 3; f++)
            mat_row(line, i)[f] = (real)((double)i * (f == 1 ? -2 : 1));
    pca p = pca_fit(line, 1, memory);
    gsl_test_rel((double)p.components.at[1], 2 / sqrt(6), rounding, "pca: a line, one loading");
    gsl_test_rel((double)p.components.at[0], -1 / sqrt(6), rounding, "pca: a line, another");
    gsl_test_rel(p.variance[0], 6 * (600.0 * 601 / 12), rounding, "pca: a line, its variance");
    gsl_rng_free(rng);
}

/*
# Threads

Everything once with one, two and three threads; what came out is kept as
bytes and compared.
*/
static size_t record(unsigned char *out)
{
    gsl_rng *rng = rng_new(1, "threads");
    int *place = arena_take(memory, 3001, sizeof *place);
    mat x = blobs(rng, 3001, 37, 6, 1, 1, place), z = arena_mat(memory, 3001, 5);
    size_t *near = arena_take(memory, 3001 * 4, sizeof *near), used = 0;
    double *distance = arena_take(memory, 3001 * 4, sizeof *distance), metric[3];
    kmeans found = kmeans_fit(x, 6, &(kmeans_settings){ 3, 20, 0 }, rng, memory);
    knn_search(near, distance, x, x, 4, WITHOUT_SELF, memory);
    pca p = pca_fit(x, 5, memory);
    pca_transform(z, x, &p, memory);
    metric[0] = clustering_silhouette(x, found.cluster, memory);
    metric[1] = clustering_calinski_harabasz(x, found.cluster, memory);
    metric[2] = clustering_davies_bouldin(x, found.cluster, memory);
    gsl_rng_free(rng);
#define KEEP(from, count) \
    (memcpy(out + used, from, (count) * sizeof *(from)), used += (count) * sizeof *(from))
    KEEP(found.centres.at, mat_size(found.centres));
    KEEP(found.cluster, 3001);
    KEEP(&found.inertia, 1);
    KEEP(near, 3001 * 4);
    KEEP(distance, 3001 * 4);
    KEEP(p.components.at, mat_size(p.components));
    KEEP(p.variance, 5);
    KEEP(z.at, mat_size(z));
    KEEP(metric, 3);
    return used;
}

static void test_threads(void)
{
    unsigned char *first = arena_take(memory, 1 << 20, 1), *other = arena_take(memory, 1 << 20, 1);
    omp_set_num_threads(1);
    size_t used = record(first);
    for (int threads = 2; threads <= 3; threads++) {
        omp_set_num_threads(threads);
        record(other);
        gsl_test(memcmp(first, other, used) != 0, "%d threads: %zu bytes as with one", threads,
                 used);
    }
    omp_set_num_threads(2);
}

/*
# Told apart

The agreement of neighbours, by taking the nearest k times over; the area under the curve, by asking every pair.
*/
static void test_agreement(void)
{
    enum { N = 90, K = 4 };
    gsl_rng *rng = rng_new(5, "agreement");
    mat x = integers(rng, N, 3, 4);
    int labels[N];
    size_t hits = 0;
    for (size_t i = 0; i < N; i++) labels[i] = (int)gsl_rng_uniform_int(rng, 3);
    for (size_t i = 0; i < N; i++) {
        bool taken[N] = { false };
        taken[i] = true;
        for (int k = 0; k < K; k++) {
            size_t best = N;
            for (size_t j = 0; j < N; j++)
                if (!taken[j] && (best == N || distance2(mat_row(x, i), mat_row(x, j), 3)
                                  < distance2(mat_row(x, i), mat_row(x, best), 3))) best = j;
            taken[best] = true;
            hits += labels[best] == labels[i];
        }
    }
    gsl_test_abs(knn_agreement(x, labels, K, memory), (double)hits / (N * K), 1e-15, "agreement of 4 neighbours");
    for (size_t i = 0; i < N; i++) mat_row(x, i)[0] += (real)(100 * labels[i]);
    gsl_test_abs(knn_agreement(x, labels, K, memory), 1, 0, "agreement of labels that are apart");
    gsl_rng_free(rng);
}

/* Two of label 1, two of 7, one of 4: the first neighbour decides between equals, the number above all. */
static void test_vote(void)
{
    static const int labels[] = { 4, 7, 1, 7, 1, 1 };
    static const size_t nearest[] = { 0, 3, 4, 2, 1, 5 };
    static const int answer[] = { 4, 4, 4, 1, 7, 1 };
    for (size_t k = 1; k <= 6; k++)
        gsl_test_int(knn_vote(nearest, k, labels), answer[k - 1], "the vote of %zu", k);
}

static void test_auroc(void)
{
    enum { N = 40, M = 57 };
    gsl_rng *rng = rng_new(6, "auroc");
    double high[N], low[M], wins = 0;
    for (int i = 0; i < N; i++) high[i] = (double)gsl_rng_uniform_int(rng, 12) + 2;
    for (int j = 0; j < M; j++) low[j] = (double)gsl_rng_uniform_int(rng, 12);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < M; j++) wins += high[i] > low[j] ? 1 : high[i] == low[j] ? .5 : 0;
    gsl_test_rel(auroc(high, N, low, M, memory), wins / (N * M), 1e-14, "the area, with many ties");
    gsl_test_rel(auroc(low, M, high, N, memory), 1 - wins / (N * M), 1e-14, "the other way round");
    gsl_test_abs(auroc((double[]){ 3, 4 }, 2, (double[]){ 1, 2, 2.5 }, 3, memory), 1, 0, "some threshold tells all apart");
    gsl_test_abs(auroc((double[]){ 1 }, 1, (double[]){ 1, 1 }, 2, memory), .5, 0, "equal scores say nothing");
    gsl_rng_free(rng);
}

/* Against values from the definition: ranks 1 2 3 5 4 differ by 1 in two places, so 1 - 6 * 2 / (5 * 24). */
static void test_correlation(void)
{
    const double a[] = { 1, 2, 3, 4, 5 }, b[] = { 1, 10, 100, 10000, 1000 }, flat[] = { 2, 2, 2, 2, 2 };
    gsl_test_rel(rank_correlation(a, b, 5), .9, 1e-14, "of ranks");
    gsl_test_rel(correlation(a, (double[]){ 3, 5, 7, 9, 11 }, 5), 1, 1e-14, "of a line");
    gsl_test(!(correlation(a, b, 5) < .7), "of numbers it is another");
    gsl_test(correlation(a, flat, 5) != 0 || rank_correlation(flat, a, 5) != 0 || correlation(a, b, 1) != 0,
             "what does not vary has none");
}

/* Partners of the right class, and of every right point: over many draws each comes up. */
static void test_triplets(void)
{
    enum { N = 9, DRAWS = 2000 };
    static const int labels[N] = { 0, 0, 0, 0, 1, 1, 1, 1, 2 };
    size_t positive[N], negative[N], wrong = 0, kept = 0;
    bool seen[N][N] = { { false } };
    gsl_rng *rng = rng_new(7, "triplets");
    for (int draw = 0; draw < DRAWS; draw++) {
        triplet_sample(positive, negative, rng, labels, N);
        for (size_t i = 0; i < N; i++) {
            wrong += labels[positive[i]] != labels[i] || labels[negative[i]] == labels[i];
            wrong += positive[i] == i && labels[i] != 2;
            kept += positive[i] == i;
            seen[i][positive[i]] = seen[i][negative[i]] = true;
        }
    }
    gsl_test(wrong != 0, "%zu partners of a wrong class", wrong);
    gsl_test(kept != DRAWS, "who is alone in its class is its own partner, %zu times", kept);
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < N; k++)
            gsl_test(!seen[i][k] && (i != k || labels[i] == 2), "%zu has met %zu", i, k);
    gsl_rng_free(rng);
}

static void refuse(const char *what)
{
    enum { MANY = 32767 };
    if (strcmp(what, "pca") == 0) pca_fit(mat_view(calloc(2 * MANY, sizeof(real)), 2, MANY), 2, memory);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "knn", test_knn }, { "means", test_means }, { "pca", test_pca },
        { "threads", test_threads }, { "agreement", test_agreement }, { "vote", test_vote },
        { "auroc", test_auroc }, { "triplets", test_triplets }, { "correlation", test_correlation },
    };
    if (argc > 2 && strcmp(argv[1], "refuse") == 0) {
        memory = arena_new();
        refuse(argv[2]);
        return 0;
    }
    return POINTS_RUN(cases, argc, argv);
}
