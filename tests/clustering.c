/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Measures of a clustering, against their definitions

    clustering [CASE]      all cases, or one
*/
#include <float.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "learn/assignment.h"
#include "learn/clustering_external.h"
#include "learn/clustering_internal.h"
#include "points.h"

static const double rounding = sizeof(real) == sizeof(float) ? 1e-5 : 1e-11;

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
                worst = larger(worst, (width[i] + width[j]) / sqrt(gap));
        }
        there += members[i] > 0;
        db += worst;
    }
    double ch = B / W * (n - (double)there) / ((double)there - 1);
    double sil = silhouette(x, cluster, k);
    gsl_test_abs(clustering_silhouette(x, cluster, memory), sil, rounding * fmax(fabs(sil), 0.1),
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

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "assignment", test_assignment }, { "external", test_external },
        { "internal", test_internal },
    };
    return POINTS_RUN(cases, argc, argv);
}
