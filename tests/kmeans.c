/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# k-means, against a plain Lloyd iteration

    kmeans [CASE]          all cases, or one
    kmeans refuse          asks for more clusters than examples
*/
#include <fenv.h>
#include <float.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "cases.h"
#include "learn/clustering_external.h"
#include "learn/kmeans.h"
#include "points.h"

static const double rounding = sizeof(real) == sizeof(float) ? 1e-5 : 1e-11;

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
        off = larger(off, fabs((double)found.centres.at[e] - c[e]));
        scale = larger(scale, fabs(c[e]));
    }
    gsl_test(differ != 0, "k-means, %s, %zu iterations: %zu clusters differ", name, iterations,
             differ);
    gsl_test(!(off <= rounding * scale), "k-means, %s: centres to %g", name, off / scale);
    for (size_t i = 0; i < x.rows; i++) {
        const real *own = mat_row(found.centres, (size_t)found.cluster[i]);
        spread += distance2(mat_row(x, i), own, x.cols);
    }
    gsl_test_rel(found.inertia, spread, 1e-12, "k-means, %s: inertia by definition", name);
    gsl_test_rel(found.inertia, inertia, 10 * rounding, "k-means, %s: inertia", name);
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
Two pairs of points 1 apart, and a feature that says nothing. From a point of each pair both centres move by a half, the squared
shifts add up to a half, and with the next iteration nothing changes. The squares about the mean are 101 in 8 numbers: a
half is 4 / 101 of their mean, and a tolerance of no less is met one iteration sooner.
*/
static void test_tolerance(void)
{
    real at[] = { 0, 7, 1, 7, 10, 7, 11, 7 }, from[] = { 0, 7, 11, 7 };
    mat x = mat_view(at, 4, 2);
    gsl_rng *rng = rng_new(2, "tolerance");
    for (size_t enough = 0; enough < 2; enough++) {
        kmeans_settings how = { 1, 300, (enough ? 1.01 : .99) * 4 / 101 };
        kmeans run = kmeans_from(mat_view(from, 2, 2), x, &how, memory), fit = kmeans_fit(x, 2, &how, rng, memory);
        gsl_test_int((int)run.iterations, enough ? 1 : 2, "k-means: iterations from given centres, tolerance %g", how.tolerance);
        gsl_test_int((int)fit.iterations, enough ? 1 : 2, "k-means: iterations from drawn centres, tolerance %g", how.tolerance);
        gsl_test(!run.converged || !fit.converged || fit.inertia != 1, "k-means: both converged");
    }
    gsl_rng_free(rng);
}

static void refuse(void)
{
    gsl_rng *rng = rng_new(1, "refuse");
    kmeans_fit(noise(rng, 4, 2), 5, &kmeans_defaults, rng, memory);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "kmeans", test_kmeans }, { "empty", test_empty }, { "tolerance", test_tolerance },
    };
    threads_begin(2);
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
    memory = arena_new();
    if (argc > 1 && strcmp(argv[1], "refuse") == 0) refuse();
    int status = CASES_RUN(cases, points_reset, argc, argv);
    arena_free(memory);
    return status;
}
