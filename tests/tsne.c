/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The descent of t-SNE

The gradient against differences of the divergence; the bytes of a run,
whatever computes it; then the whole against scikit-learn, on the same points
from the same start.

    tsne [CASE]            all cases, or one
    tsne write DIRECTORY   writes x.npy and start.npy, the points of `quality`
    tsne refuse WHAT       asks for what cannot be
*/
#include <fenv.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "base/threads.h"
#include "cases.h"
#include "data/npy.h"
#include "learn/knn.h"
#include "learn/tsne.h"
#include "points.h"

/* Normal noise around k places, `gap` apart, in clusters of three widths. */
static mat clusters(unsigned long seed, size_t n, size_t d, size_t k, double gap)
{
    gsl_rng *rng = rng_new(seed, "blobs");
    mat x = noise(rng, n, d), at = arena_mat(memory, k, d);
    rng_normal(rng, at, gap);
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < d; f++)
            mat_row(x, i)[f] = (real)ldexp((double)mat_row(x, i)[f], (int)(i % k % 3)) + mat_row(at, i % k)[f];
    gsl_rng_free(rng);
    return x;
}

/*
# The gradient

Central differences of the divergence: to $10^{-7}$ in the double build, and
in float as well as a float can tell.
*/
static void gradient_matches(size_t dims, size_t n, double sd)
{
    mat x = clusters(1, n, 5, 3, 3), start = arena_mat(memory, n, dims);
    gsl_rng *rng = rng_new(2, "start");
    rng_normal(rng, start, sd);
    tsne_settings how = tsne_defaults;
    how.perplexity = 8;
    tsne *t = tsne_new(x, start, &how, memory);
    mat gradient = arena_mat(memory, dims, n);
    tsne_gradient(t, 1);
    mat_copy(gradient, t->gradient);
    double worst = 0, largest = 0, step = tolerance(0.02 * sd, 1e-5 * sd);
    for (size_t e = 0; e < n * dims; e += 3) {
        real y = t->y.at[e];
        t->y.at[e] = y + (real)step;
        double C = tsne_divergence(t), apart = (double)t->y.at[e];
        t->y.at[e] = y - (real)step;
        C -= tsne_divergence(t);
        apart -= (double)t->y.at[e];
        t->y.at[e] = y;
        worst = larger(worst, fabs(C / apart - (double)gradient.at[e]));
        largest = larger(largest, fabs((double)gradient.at[e]));
    }
    gsl_test(!(worst <= tolerance(5e-2, 1e-7) * largest), "gradient, %zu points in %zu dimensions at %g: to %.2g",
             n, dims, sd, worst / largest);
    gsl_rng_free(rng);
    tsne_free(t);
}

static void test_gradient(void)
{
    gradient_matches(2, 60, 1);
    gradient_matches(2, 101, 10);
    gradient_matches(3, 60, 1);
    gradient_matches(3, 75, 6);
}

/*
# Threads, and a checkpoint

The map after some iterations, byte by byte: with one, two and three threads;
and continued by another run that was given y, velocity, gain and the
iteration.
*/
static void run_to(tsne *t, size_t iterations)
{
    while (t->iteration < iterations) tsne_step(t);
}

static tsne *new_run(size_t dims, tsne_path path)
{
    mat x = clusters(1, 700, 9, 6, 4), start = arena_mat(memory, x.rows, dims);
    tsne_settings how = tsne_defaults;
    how.exaggerated = 20;
    how.path = path;
    tsne_start(start, x, memory);
    return tsne_new(x, start, &how, memory);
}

static void same_bytes(const char *name, size_t dims, tsne_path path)
{
    omp_set_num_threads(1);
    tsne *first = new_run(dims, path);
    run_to(first, 40);
    for (int threads = 2; threads <= 3; threads++) {
        omp_set_num_threads(threads);
        tsne *other = new_run(dims, path);
        run_to(other, 40);
        gsl_test(memcmp(first->y.at, other->y.at, mat_size(first->y) * sizeof(real)) != 0,
                 "%s: %d threads give the bytes of 1", name, threads);
        tsne_free(other);
    }
    tsne *before = new_run(dims, path), *after = new_run(dims, path);
    run_to(before, 25);
    mat_copy(after->y, before->y);
    mat_copy(after->velocity, before->velocity);
    mat_copy(after->gain, before->gain);
    after->iteration = before->iteration;
    run_to(after, 40);
    gsl_test(memcmp(first->y.at, after->y.at, mat_size(first->y) * sizeof(real)) != 0,
             "%s: a continued run ends with the same bytes", name);
    tsne_free(before);
    tsne_free(after);
    tsne_free(first);
    omp_set_num_threads(2);
}

static void test_threads(void)
{
    same_bytes("pairs in the plane", 2, TSNE_EXACT);
    same_bytes("pairs in space", 3, TSNE_EXACT);
    same_bytes("grid", 2, TSNE_INTERPOLATED);
}

/*
# Beside scikit-learn

How good is a map? Two numbers: the divergence, and how many of a point's ten
nearest neighbours are still among its ten nearest. On the points that `tsne
write DIRECTORY` leaves (float build),

    from sklearn.manifold import TSNE
    from sklearn.neighbors import NearestNeighbors
    import numpy
    x, y = numpy.load("x.npy"), numpy.load("start.npy")
    t = TSNE(2, perplexity=30, learning_rate="auto", init=y, n_iter=1000)
    z = t.fit_transform(x)
    a, b = (NearestNeighbors(n_neighbors=10).fit(m).kneighbors(return_distance=False) for m in (x, z))
    print(t.kl_divergence_, numpy.mean([len(set(i) & set(j)) / 10 for i, j in zip(a, b)]))

prints for scikit-learn 1.2.1 what stands below. The descent is chaotic: maps
that differ in a bit at first end up different, their divergences by up to one
per cent and their kept neighbours by up to one point. So ours may be worse by
that much, and better, but not so much better that it must be another
quantity.
*/
enum { POINTS = 1000 };
static const double SCIKIT_DIVERGENCE = 0.8085, SCIKIT_KEPT = 0.5075;

static void quality_points(mat *x, mat *start)
{
    *x = clusters(1, POINTS, 6, 8, 5);
    *start = arena_mat(memory, POINTS, 2);
    tsne_start(*start, *x, memory);
}

static double kept(mat x, mat y)
{
    size_t n = x.rows, found = 0;
    size_t *a = arena_take(memory, n * 10, sizeof *a), *b = arena_take(memory, n * 10, sizeof *b);
    knn_search(a, NULL, x, x, 10, WITHOUT_SELF, memory);
    knn_search(b, NULL, y, y, 10, WITHOUT_SELF, memory);
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < 100; r++) found += a[i * 10 + r / 10] == b[i * 10 + r % 10];
    return (double)found / (double)(n * 10);
}

static void test_quality(void)
{
    static const struct { const char *name; tsne_path path; } way[] = {
        { "pairs", TSNE_EXACT }, { "grid", TSNE_INTERPOLATED } };
    mat x, y;
    for (size_t w = 0; w < 2; w++) {
        quality_points(&x, &y);
        tsne_settings how = tsne_defaults;
        how.path = way[w].path;
        tsne *t = tsne_new(x, y, &how, memory);
        run_to(t, how.iterations);
        double C = tsne_divergence(t), share;
        tsne_map(y, t);
        share = kept(x, y);
        gsl_test(!(C <= 1.01 * SCIKIT_DIVERGENCE && C >= 0.97 * SCIKIT_DIVERGENCE),
                 "%s: divergence %.4f, scikit-learn's is %.4f", way[w].name, C, SCIKIT_DIVERGENCE);
        gsl_test(!(share >= SCIKIT_KEPT - 0.01), "%s: %.4f of the neighbours kept, scikit-learn keeps %.4f",
                 way[w].name, share, SCIKIT_KEPT);
        tsne_free(t);
    }
}

static void write_points(const char *directory)
{
    char path[4096];
    mat x, start;
    quality_points(&x, &start);
    snprintf(path, sizeof path, "%s/x.npy", directory);
    if (npy_write(path, x) != 0) die(STATUS_FAILED, "%s", error_text());
    snprintf(path, sizeof path, "%s/start.npy", directory);
    if (npy_write(path, start) != 0) die(STATUS_FAILED, "%s", error_text());
}

/*
# Refusals
*/
static void refuse(const char *what)
{
    mat x = clusters(1, 20, 3, 2, 3), start = arena_mat(memory, 20, 2), space = arena_mat(memory, 20, 3);
    tsne_settings how = tsne_defaults;
    mat_fill(start, 0);
    mat_fill(space, 0);
    how.perplexity = 5;
    how.path = TSNE_INTERPOLATED;
    if (strcmp(what, "space") == 0) tsne_new(x, space, &how, memory);
    if (strcmp(what, "four") == 0) tsne_new(x, arena_mat(memory, 20, 4), &how, memory);
    if (strcmp(what, "alike") == 0) tsne_new(x, start, &how, memory);
    start.at[3] = (real)NAN;
    if (strcmp(what, "start") == 0) tsne_new(x, start, &how, memory);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "gradient", test_gradient }, { "threads", test_threads }, { "quality", test_quality },
    };
    threads_begin(2);
    memory = arena_new();
    if (argc == 3 && strcmp(argv[1], "write") == 0) { write_points(argv[2]); return STATUS_DONE; }
    if (argc == 3 && strcmp(argv[1], "refuse") == 0) { refuse(argv[2]); return STATUS_DONE; }
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
    int status = CASES_RUN(cases, points_reset, argc, argv);
    arena_free(memory);
    return status;
}
