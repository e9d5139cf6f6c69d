/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Learning without gradients, against plain loops

Each oracle is the definition, written in double with nothing clever about it.
The sizes are odd on purpose: one column, one row, one more than a tile,
duplicates, data far from the origin.

    learn [CASE]           all cases, or one
*/
#include <fenv.h>
#include <float.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/rng.h"
#include "base/threads.h"
#include "learn/assignment.h"
#include "learn/clustering_external.h"
#include "learn/clustering_internal.h"
#include "learn/distance.h"
#include "learn/kmeans.h"
#include "learn/knn.h"
#include "learn/pca.h"

static arena *memory;

static const double tolerance = sizeof(real) == sizeof(float) ? 1e-5 : 1e-11;

/*
# Data

Normal noise; normal noise around k places `gap` apart, all of it `offset`
away from the origin; and small integers, whose distances tie all the time and
are exact in any order of summation.
*/
static mat noise(gsl_rng *rng, size_t n, size_t d)
{
    mat x = arena_mat(memory, n, d);
    rng_normal(rng, x, 1);
    return x;
}

static mat blobs(gsl_rng *rng, size_t n, size_t d, int k, double gap, double offset, int *place)
{
    mat x = noise(rng, n, d), at = noise(rng, (size_t)k, d);
    for (size_t i = 0; i < n; i++) {
        place[i] = (int)(i * 7 % (size_t)k);
        for (size_t f = 0; f < d; f++)
            mat_row(x, i)[f] += (real)(offset + gap * (double)mat_row(at, (size_t)place[i])[f]);
    }
    return x;
}

static mat integers(gsl_rng *rng, size_t n, size_t d, unsigned below)
{
    mat x = arena_mat(memory, n, d);
    for (size_t e = 0; e < n * d; e++)
        x.at[e] = (real)gsl_rng_uniform_int(rng, below);
    return x;
}

static double distance2(const real *a, const real *b, size_t d)
{
    double sum = 0;
    for (size_t f = 0; f < d; f++) sum += pow((double)a[f] - (double)b[f], 2);
    return sum;
}

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
            if (!(off <= worst)) worst = off;
            all[best] = DBL_MAX;
        }
    }
    gsl_test(wrong != 0, "knn, %s: %zu of %zu neighbours differ", name, wrong, q.rows * k);
    gsl_test(!(worst < 1e-13), "knn, %s: distances to %g", name, worst);
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

    size_t near[3];
    mat same = arena_mat(memory, 50, 4);
    mat_fill(same, 2);
    knn_search(near, NULL, mat_rows(same, 0, 1), same, 3, WITHOUT_SELF, memory);
    gsl_test(near[0] != 1 || near[1] != 2 || near[2] != 3, "knn, all the same: 1, 2, 3");

    mat one = mat_rows(noise(rng, 1, 57), 0, 1), norm = arena_mat(memory, 1, 1);
    double sum = 0;
    for (size_t f = 0; f < 57; f++) sum += (double)one.at[f] * (double)one.at[f];
    squared_norms(norm.at, one);
    gsl_test_rel((double)norm.at[0], sum, tolerance, "squared norm");
    gsl_rng_free(rng);
}

/*
# Pairings

Every permutation is tried (Heap's order), for weights that are small integers
of both signs, so that there are ties, and sums are exact.
*/
static double best_pairing(const double *w, size_t n, size_t row, unsigned taken)
{
    double best = row == n ? 0 : -DBL_MAX;
    for (size_t j = 0; j < n && row < n; j++) {
        if (taken & (1u << j)) continue;
        double sum = w[row * n + j] + best_pairing(w, n, row + 1, taken | (1u << j));
        if (sum > best) best = sum;
    }
    return best;
}

static void test_assignment(void)
{
    gsl_rng *rng = rng_new(1, "assignment");
    size_t column[6], unsound = 0, lesser = 0;
    double w[36];
    for (size_t n = 1; n <= 6; n++)
        for (int trial = 0; trial < 200; trial++) {
            unsigned used = 0;
            double sum = 0;
            for (size_t e = 0; e < n * n; e++)
                w[e] = (double)gsl_rng_uniform_int(rng, 20) - 6;
            double found = assignment_maximum(column, w, n, memory);
            for (size_t i = 0; i < n; i++) {
                used |= 1u << column[i];
                sum += w[i * n + column[i]];
            }
            unsound += used != (1u << n) - 1 || sum != found;
            lesser += found != best_pairing(w, n, 0, 0);
        }
    gsl_test(unsound != 0, "assignment: %zu are no pairings or have another sum", unsound);
    gsl_test(lesser != 0, "assignment: %zu have a better pairing", lesser);

    enum { BIG = 60 };
    double *big = arena_take(memory, BIG * BIG, sizeof *big);
    size_t pair[BIG], hidden[BIG], missed = 0;
    rng_permutation(rng, hidden, BIG);
    for (size_t e = 0; e < BIG * BIG; e++) big[e] = gsl_rng_uniform(rng);
    for (size_t i = 0; i < BIG; i++) big[i * BIG + hidden[i]] += 1;
    assignment_maximum(pair, big, BIG, memory);
    for (size_t i = 0; i < BIG; i++) missed += pair[i] != hidden[i];
    gsl_test(missed != 0, "assignment: a hidden pairing of 60, %zu missed", missed);
    gsl_rng_free(rng);
}

/*
# k-means

One iteration in double: nearest centre, a cluster that is empty takes the
farthest example of those not alone, means.
*/
static double nearest(int *cluster, mat x, const double *c, size_t k)
{
    double inertia = 0;
    for (size_t i = 0; i < x.rows; i++) {
        double best = DBL_MAX;
        for (size_t j = 0; j < k; j++) {
            double s = 0;
            for (size_t f = 0; f < x.cols; f++)
                s += pow((double)mat_row(x, i)[f] - c[j * x.cols + f], 2);
            if (s < best) {
                best = s;
                cluster[i] = (int)j;
            }
        }
        inertia += best;
    }
    return inertia;
}

static void fill(int *cluster, mat x, const double *c, size_t k)
{
    for (size_t e = 0; e < k; e++) {
        double most = 0;
        size_t members[64] = { 0 }, chosen = x.rows;
        for (size_t i = 0; i < x.rows; i++) members[cluster[i]]++;
        if (members[e]) continue;
        for (size_t i = 0; i < x.rows; i++) {
            double s = 0;
            for (size_t f = 0; f < x.cols; f++)
                s += pow((double)mat_row(x, i)[f] - c[(size_t)cluster[i] * x.cols + f], 2);
            if (s > most && members[cluster[i]] > 1) {
                most = s;
                chosen = i;
            }
        }
        if (chosen < x.rows) cluster[chosen] = (int)e;
    }
}

static void means(double *c, mat x, const int *cluster, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        size_t members = 0;
        for (size_t i = 0; i < x.rows; i++) members += cluster[i] == (int)j;
        for (size_t f = 0; f < x.cols && members; f++) {
            double sum = 0;
            for (size_t i = 0; i < x.rows; i++)
                if (cluster[i] == (int)j) sum += (double)mat_row(x, i)[f];
            c[j * x.cols + f] = sum / (double)members;
        }
    }
}

/* `iterations` of both from the same centres. */
static void lloyd_matches(const char *name, mat x, mat start, size_t iterations)
{
    size_t k = start.rows, cd = mat_size(start), differ = 0;
    double *c = arena_take(memory, cd, sizeof *c), off = 0, scale = 0, spread = 0;
    int *cluster = arena_take(memory, x.rows, sizeof *cluster);
    kmeans_settings how = { .iterations = iterations, .tolerance = 0 };
    kmeans found = kmeans_from(start, x, &how, memory);
    for (size_t e = 0; e < cd; e++) c[e] = (double)start.at[e];
    for (size_t t = 0; t < iterations; t++) {
        nearest(cluster, x, c, k);
        fill(cluster, x, c, k);
        means(c, x, cluster, k);
    }
    double inertia = nearest(cluster, x, c, k);
    for (size_t i = 0; i < x.rows; i++) differ += cluster[i] != found.cluster[i];
    for (size_t e = 0; e < cd; e++) {
        off = fmax(off, fabs((double)found.centres.at[e] - c[e]));
        scale = fmax(scale, fabs(c[e]));
    }
    gsl_test(differ != 0, "k-means, %s, %zu iterations: %zu clusters differ", name, iterations,
             differ);
    gsl_test(!(off <= tolerance * scale), "k-means, %s: centres to %g", name, off / scale);
    for (size_t i = 0; i < x.rows; i++) {
        const real *own = mat_row(found.centres, (size_t)found.cluster[i]);
        spread += distance2(mat_row(x, i), own, x.cols);
    }
    gsl_test_rel(found.inertia, spread, 1e-12, "k-means, %s: inertia by definition", name);
    gsl_test_rel(found.inertia, inertia, 10 * tolerance, "k-means, %s: inertia", name);
}

static void goes_downhill(gsl_rng *rng)
{
    mat x = noise(rng, 1003, 6), start = mat_rows(x, 0, 9);
    size_t uphill = 0, last = 0;
    double before = 1e300;
    for (size_t t = 1; t <= 60; t++) {
        kmeans_settings how = { .iterations = t, .tolerance = 0 };
        kmeans found = kmeans_from(start, x, &how, memory);
        uphill += found.inertia > before * (1 + 1e-7);
        before = found.inertia;
        last = found.iterations;
    }
    gsl_test(uphill != 0, "k-means: %zu steps uphill", uphill);
    gsl_test(last < 5, "k-means: %zu iterations is no journey", last);
}

static void test_kmeans(void)
{
    gsl_rng *rng = rng_new(1, "k-means");
    int *place = arena_take(memory, 2000, sizeof *place);
    lloyd_matches("one column", noise(rng, 37, 1), noise(rng, 3, 1), 4);
    lloyd_matches("k 1", noise(rng, 259, 7), noise(rng, 1, 7), 2);
    mat x = blobs(rng, 1303, 19, 5, 1, 0, place);
    for (size_t t = 1; t <= 8; t++) lloyd_matches("blobs", x, mat_rows(x, 0, 11), t);
    mat far = blobs(rng, 601, 5, 4, 5, 20000, place);
    lloyd_matches("far from the origin", far, mat_rows(far, 0, 4), 6);
    goes_downhill(rng);

    x = blobs(rng, 2000, 8, 6, 30, 0, place);
    kmeans found = kmeans_fit(x, 6, &kmeans_defaults, rng, memory);
    gsl_test(!found.converged, "k-means: converged");
    gsl_test_abs(clustering_accuracy(found.cluster, place, 2000, memory), 1, 0,
                 "k-means: finds blobs");
    int *again = arena_take(memory, 2000, sizeof *again);
    kmeans_assign(again, x, found.centres, memory);
    gsl_test(memcmp(again, found.cluster, 2000 * sizeof *again) != 0, "k-means: assign agrees");

    kmeans_settings once = { 1, 300, 1e-4 }, often = { 30, 300, 1e-4 };
    x = noise(rng, 500, 2);
    double one = kmeans_fit(x, 20, &once, rng, memory).inertia;
    double best = kmeans_fit(x, 20, &often, rng, memory).inertia;
    gsl_test(!(best < one), "k-means: 30 restarts beat one, %g < %g", best, one);
    gsl_test_abs(kmeans_fit(mat_rows(x, 0, 9), 9, &once, rng, memory).inertia, 0, 0,
                 "k-means: k = n");
    mat twins = noise(rng, 4, 2);
    mat_copy(mat_rows(twins, 2, 2), mat_rows(twins, 0, 2));
    size_t higher = 0;
    kmeans_assign(again, x, twins, memory);
    for (size_t i = 0; i < 500; i++) higher += again[i] > 1;
    gsl_test(higher != 0, "k-means: of two equal centres the lower index, %zu times not", higher);
    gsl_rng_free(rng);
}

static void test_empty(void)
{
    gsl_rng *rng = rng_new(1, "empty");
    mat x = noise(rng, 300, 3), start = arena_mat(memory, 5, 3);
    mat_copy(mat_rows(start, 0, 3), mat_rows(x, 0, 3));
    mat_fill(mat_rows(start, 3, 2), 1000);
    for (size_t t = 1; t <= 5; t++) lloyd_matches("two far centres", x, start, t);
    kmeans found = kmeans_from(start, x, &kmeans_defaults, memory);
    size_t members[5] = { 0 };
    for (size_t i = 0; i < 300; i++) members[found.cluster[i]]++;
    for (size_t j = 0; j < 5; j++) gsl_test(members[j] == 0, "k-means: cluster %zu has members", j);

    mat line = arena_mat(memory, 10, 1), alone = arena_mat(memory, 3, 1);
    for (size_t i = 0; i < 10; i++) line.at[i] = (real)(i * i);
    line.at[9] = 1000;
    alone.at[0] = 0, alone.at[1] = 900, alone.at[2] = -5000;
    lloyd_matches("the farthest is alone", line, alone, 1);
    lloyd_matches("the farthest is alone", line, alone, 3);

    mat same = integers(rng, 200, 1, 3);
    found = kmeans_fit(same, 7, &kmeans_defaults, rng, memory);
    gsl_test_abs(found.inertia, 0, 0, "k-means: three distinct examples, seven clusters");
    gsl_test(!mat_is_finite(found.centres), "k-means: centres are numbers");
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

static void components_match(const char *name, mat x)
{
    size_t d = x.cols;
    pca p = pca_fit(x, d, memory);
    const double *s = covariance(x);
    double trace = 0, skew = 0, defect = 0, negative = 0, top = p.variance[0];
    for (size_t f = 0; f < d; f++) trace += s[f * d + f];
    for (size_t c = 0; c < d; c++) {
        const real *v = mat_row(p.components, c);
        size_t largest = 0;
        for (size_t f = 0; f < d; f++) {
            double sv = 0;
            for (size_t g = 0; g < d; g++) sv += s[f * d + g] * (double)v[g];
            defect = fmax(defect, fabs(sv - p.variance[c] * (double)v[f]));
            if (fabs((double)v[f]) > fabs((double)v[largest])) largest = f;
        }
        negative += v[largest] < 0;
        for (size_t e = 0; e <= c; e++) {
            double dot = 0;
            for (size_t f = 0; f < d; f++)
                dot += (double)v[f] * (double)mat_row(p.components, e)[f];
            skew = fmax(skew, fabs(dot - (e == c)));
        }
        if (c) gsl_test(p.variance[c] > p.variance[c - 1], "pca, %s: variance %zu falls", name, c);
    }
    gsl_test(!(skew <= tolerance), "pca, %s: orthonormal to %g", name, skew);
    gsl_test(!(defect <= tolerance * top), "pca, %s: S v = lambda v to %g", name, defect);
    gsl_test(negative > 0, "pca, %s: %g with the wrong sign", name, negative);
    gsl_test_rel(p.total, trace, tolerance, "pca, %s: total variance", name);

    mat z = arena_mat(memory, x.rows, d);
    double off = 0;
    pca_transform(z, x, &p, memory);
    for (size_t i = 0; i < x.rows; i++)
        for (size_t f = 0; f < d; f++) {
            double back = (double)p.mean.at[f];
            for (size_t c = 0; c < d; c++)
                back += (double)mat_row(z, i)[c] * (double)mat_row(p.components, c)[f];
            off = fmax(off, fabs(back - (double)mat_row(x, i)[f]));
        }
    gsl_test(!(off <= tolerance * sqrt(trace) * 3), "pca, %s: rebuilds to %g", name, off);
}

static void test_pca(void)
{
    gsl_rng *rng = rng_new(1, "pca");
    int *place = arena_take(memory, 1100, sizeof *place);
    components_match("one column", noise(rng, 13, 1));
    components_match("two rows", noise(rng, 2, 3));
    components_match("wide", noise(rng, 9, 31));
    components_match("tall", blobs(rng, 1100, 23, 3, 4, 0, place));
    components_match("a constant column", integers(rng, 515, 4, 1));
    mat far = blobs(rng, 1025, 5, 3, 4, sizeof(real) == sizeof(float) ? 10 : 1000, place);
    components_match("far from the origin", far);

    mat line = arena_mat(memory, 600, 3);
    for (size_t i = 0; i < 600; i++)
        for (size_t f = 0; f < 3; f++)
            mat_row(line, i)[f] = (real)((double)i * (f == 1 ? -2 : 1));
    pca p = pca_fit(line, 1, memory);
    gsl_test_rel((double)p.components.at[1], 2 / sqrt(6), tolerance, "pca: a line, one loading");
    gsl_test_rel((double)p.components.at[0], -1 / sqrt(6), tolerance, "pca: a line, another");
    gsl_test_rel(p.variance[0], 6 * (600.0 * 601 / 12), tolerance, "pca: a line, its variance");
    gsl_rng_free(rng);
}

/*
# External metrics

Accuracy by all permutations, NMI from probabilities, ARI from all pairs of
examples (the four-count formula of scikit-learn, not the one of the code).
*/
static void externals_match(const char *name, const int *c, const int *l, size_t n, size_t k)
{
    double w[36] = { 0 }, p[6] = { 0 }, q[6] = { 0 }, information = 0, hc = 0, hl = 0;
    double tp = 0, fp = 0, fn = 0, tn = 0;
    for (size_t i = 0; i < n; i++) {
        w[(size_t)c[i] * k + (size_t)l[i]]++;
        p[c[i]] += 1 / (double)n;
        q[l[i]] += 1 / (double)n;
        for (size_t j = 0; j < n; j++) {
            if (i == j) continue;
            tp += c[i] == c[j] && l[i] == l[j];
            fp += c[i] == c[j] && l[i] != l[j];
            fn += c[i] != c[j] && l[i] == l[j];
            tn += c[i] != c[j] && l[i] != l[j];
        }
    }
    for (size_t i = 0; i < k; i++) {
        if (p[i] > 0) hc -= p[i] * log(p[i]);
        if (q[i] > 0) hl -= q[i] * log(q[i]);
        for (size_t j = 0; j < k; j++) {
            double both = w[i * k + j] / (double)n;
            if (both > 0) information += both * log(both / (p[i] * q[j]));
        }
    }
    gsl_test_rel(clustering_accuracy(c, l, n, memory), best_pairing(w, k, 0, 0) / (double)n, 1e-12,
                 "accuracy, %s", name);
    gsl_test_abs(clustering_nmi(c, l, n, memory), 2 * information / (hc + hl), 1e-12,
                 "NMI, %s", name);
    gsl_test_abs(clustering_ari(c, l, n, memory),
                 2 * (tp * tn - fn * fp) / ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn)), 1e-12,
                 "ARI, %s", name);
}

static void test_external(void)
{
    gsl_rng *rng = rng_new(1, "external");
    int c[200], l[200], constant[200] = { 0 }, singles[200];
    for (int k = 2; k <= 6; k++) {
        for (size_t i = 0; i < 200; i++) {
            l[i] = (int)gsl_rng_uniform_int(rng, (unsigned long)k);
            c[i] = gsl_rng_uniform(rng) < 0.6 ? (l[i] + 1) % k : (int)gsl_rng_uniform_int(rng, 2);
            singles[i] = (int)i;
        }
        externals_match("some agreement", c, l, 200, (size_t)k);
        externals_match("the other way", l, c, 137, (size_t)k);
    }
    for (size_t i = 0; i < 200; i++) c[i] = (l[i] * 5 + 1) % 6 + 3;
    gsl_test_rel(clustering_accuracy(c, l, 200, memory), 1, 1e-15, "accuracy: names do not count");
    gsl_test_rel(clustering_nmi(c, l, 200, memory), 1, 1e-14, "NMI: names do not count");
    gsl_test_rel(clustering_ari(c, l, 200, memory), 1, 1e-15, "ARI: names do not count");
    gsl_test_abs(clustering_nmi(constant, l, 200, memory), 0, 0, "NMI: one cluster tells nothing");
    gsl_test_abs(clustering_ari(constant, l, 200, memory), 0, 1e-15, "ARI: one cluster is chance");
    gsl_test_abs(clustering_nmi(constant, constant, 200, memory), 1, 0, "NMI: two constants agree");
    gsl_test_abs(clustering_ari(constant, constant, 200, memory), 1, 0, "ARI: two constants agree");
    gsl_test_abs(clustering_ari(singles, singles, 200, memory), 1, 0, "ARI: all singles agree");
    gsl_test_abs(clustering_accuracy(singles, constant, 200, memory), 1.0 / 200, 0,
                 "accuracy: singles name a class once");
    gsl_rng_free(rng);
}

/*
# Internal metrics

Silhouette with all distances; the others from centroids. Numbers up to k that
nobody carries are skipped.
*/
static double silhouette(mat x, const int *c, size_t k)
{
    double total = 0;
    for (size_t i = 0; i < x.rows; i++) {
        double sum[64] = { 0 }, a = 0, b = DBL_MAX;
        size_t members[64] = { 0 };
        for (size_t j = 0; j < x.rows; j++) {
            sum[c[j]] += sqrt(distance2(mat_row(x, i), mat_row(x, j), x.cols));
            members[c[j]]++;
        }
        if (members[c[i]] == 1) continue;
        a = sum[c[i]] / (double)(members[c[i]] - 1);
        for (size_t g = 0; g < k; g++)
            if (members[g] && (int)g != c[i]) b = fmin(b, sum[g] / (double)members[g]);
        if (fmax(a, b) > 0) total += (b - a) / fmax(a, b);
    }
    return total / (double)x.rows;
}

static void internals_match(const char *name, mat x, const int *cluster, size_t k)
{
    size_t d = x.cols, members[64] = { 0 }, there = 0;
    double *c = arena_take(memory, k * d, sizeof *c), *mean = arena_take(memory, d, sizeof *mean);
    double width[64] = { 0 }, W = 0, B = 0, db = 0, n = (double)x.rows;
    int *all = arena_take(memory, x.rows, sizeof *all);
    memset(all, 0, x.rows * sizeof *all);
    memset(c, 0, k * d * sizeof *c);
    means(c, x, cluster, k);
    means(mean, x, all, 1);
    for (size_t i = 0; i < x.rows; i++) members[cluster[i]]++;
    for (size_t i = 0; i < x.rows; i++) {
        double s = 0;
        for (size_t f = 0; f < d; f++) {
            double m = c[(size_t)cluster[i] * d + f];
            s += pow((double)mat_row(x, i)[f] - m, 2);
            B += pow(m - mean[f], 2);
        }
        W += s;
        width[cluster[i]] += sqrt(s) / (double)members[cluster[i]];
    }
    for (size_t i = 0; i < k; i++) {
        double worst = 0;
        for (size_t j = 0; j < k; j++) {
            double gap = 0;
            for (size_t f = 0; f < d; f++) gap += pow(c[i * d + f] - c[j * d + f], 2);
            if (i != j && members[i] && members[j] && gap > 0)
                worst = fmax(worst, (width[i] + width[j]) / sqrt(gap));
        }
        there += members[i] > 0;
        db += worst;
    }
    double ch = B / W * (n - (double)there) / ((double)there - 1);
    double sil = silhouette(x, cluster, k);
    gsl_test_abs(clustering_silhouette(x, cluster, memory), sil, tolerance * fmax(fabs(sil), 0.1),
                 "silhouette, %s", name);
    gsl_test_rel(clustering_calinski_harabasz(x, cluster, memory), ch, 1e-9,
                 "Calinski-Harabasz, %s", name);
    gsl_test_rel(clustering_davies_bouldin(x, cluster, memory), db / (double)there, 1e-9,
                 "Davies-Bouldin, %s", name);
}

/* Groups of each example: i mod k, and the last example alone in group k. */
static int *striped(size_t n, size_t k)
{
    int *group = arena_take(memory, n, sizeof *group);
    for (size_t i = 0; i < n; i++) group[i] = (int)(i % k);
    group[n - 1] = (int)k;
    return group;
}

static void test_internal(void)
{
    gsl_rng *rng = rng_new(1, "internal");
    int *place = arena_take(memory, 2500, sizeof *place);
    internals_match("five points", noise(rng, 5, 1), striped(5, 2), 3);
    internals_match("one column", noise(rng, 301, 1), striped(301, 3), 4);
    internals_match("noise", noise(rng, 777, 13), striped(777, 7), 8);
    mat x = blobs(rng, 1500, 6, 4, 3, 0, place);
    internals_match("more than a tile", x, place, 4);
    for (size_t i = 0; i < 1500; i++) place[i] *= 3;
    internals_match("numbers left out", x, place, 12);
    internals_match("duplicates", integers(rng, 400, 2, 3), striped(400, 5), 6);

    x = blobs(rng, 600, 17, 5, 3000, 2000, place);
    internals_match("specks far from the origin", x, place, 5);
    for (size_t i = 0; i < 600; i++) place[i] /= 2;
    internals_match("two specks in a cluster", x, place, 3);
    x = noise(rng, 500, 17);
    for (size_t i = 2; i < 300; i++) mat_copy(mat_rows(x, i, 1), mat_rows(x, i % 2, 1));
    for (size_t i = 0; i < 500; i++) place[i] = i >= 300;
    internals_match("two points many times", x, place, 2);

    int one[4] = { 3, 3, 3, 3 }, each[4] = { 0, 1, 2, 3 }, two[4] = { 0, 0, 1, 1 };
    mat same = integers(rng, 4, 2, 1), four = noise(rng, 4, 2);
    gsl_test(!isnan(clustering_silhouette(four, one, memory)), "silhouette: none of one cluster");
    gsl_test(!isnan(clustering_silhouette(four, each, memory)), "silhouette: none of all singles");
    gsl_test(!isnan(clustering_calinski_harabasz(four, one, memory)), "CH: none of one cluster");
    gsl_test(!isnan(clustering_davies_bouldin(four, one, memory)), "DB: none of one cluster");
    gsl_test_abs(clustering_silhouette(same, two, memory), 0, 0, "silhouette: all points equal");
    gsl_test_abs(clustering_calinski_harabasz(same, two, memory), 1, 0, "CH: all points equal");
    gsl_test_abs(clustering_davies_bouldin(same, two, memory), 0, 0, "DB: all points equal");
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

static void refuse(void)
{
    gsl_rng *rng = rng_new(1, "refuse");
    kmeans_fit(noise(rng, 4, 2), 5, &kmeans_defaults, rng, memory);
}

int main(int argc, char **argv)
{
    static const struct { const char *name; void (*run)(void); } cases[] = {
        { "knn", test_knn }, { "assignment", test_assignment }, { "kmeans", test_kmeans },
        { "empty", test_empty }, { "pca", test_pca }, { "external", test_external },
        { "internal", test_internal }, { "threads", test_threads },
    };
    threads_begin(2);
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
    memory = arena_new();
    size_t ran = 0;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        if (argc > 1 && strcmp(argv[1], cases[c].name) != 0) continue;
        arena_reset(memory);
        cases[c].run();
        ran++;
    }
    if (argc > 1 && strcmp(argv[1], "refuse") == 0) refuse();
    REQUIRE(ran > 0, "no case \"%s\"", argv[1]);
    arena_free(memory);
    return gsl_test_summary();
}
