/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# t-SNE against its definition

Each part against plain loops in double: the affinities, the two ways to the
repulsion, the gradient against differences of the divergence. Then the whole
against scikit-learn, on the same points from the same start.

    tsne [CASE]            all cases, or one
    tsne write DIRECTORY   writes x.npy and start.npy, the points of `quality`
*/
#include <fenv.h>
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
#include "data/npy.h"
#include "learn/distance.h"
#include "learn/knn.h"
#include "learn/tsne.h"

static arena *memory;

static double tolerance(double single, double twice)
{
    return sizeof(real) == sizeof(float) ? single : twice;
}

/*
# Points

Normal noise around k places, `gap` apart; each cluster is twice as wide as
the one before, so that precisions differ.
*/
static mat blobs(unsigned long seed, size_t n, size_t d, size_t k, double gap)
{
    gsl_rng *rng = rng_new(seed, "blobs");
    mat x = arena_mat(memory, n, d), at = arena_mat(memory, k, d);
    rng_normal(rng, x, 1);
    rng_normal(rng, at, gap);
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < d; f++)
            mat_row(x, i)[f] = (real)ldexp((double)mat_row(x, i)[f], (int)(i % k % 3)) + mat_row(at, i % k)[f];
    gsl_rng_free(rng);
    return x;
}

/* A map by coordinates, c x n, with standard deviation `sd`. */
static mat scatter(unsigned long seed, size_t c, size_t n, double sd)
{
    gsl_rng *rng = rng_new(seed, "scatter");
    mat y = arena_mat(memory, c, n);
    rng_normal(rng, y, sd);
    gsl_rng_free(rng);
    return y;
}

/*
# Affinities

With all n - 1 neighbours P has no gaps, and is compared with the definition
element by element; the perplexity of a row is the exponential of the entropy
that the precision gives over the neighbours that were looked at.
*/
static double distance2(mat x, size_t i, size_t j)
{
    return distance_squared(mat_row(x, i), mat_row(x, j), x.cols);
}

/* Row i of p_{j|i} over the k nearest neighbours; returns its perplexity. */
static double conditional(double *p, mat x, const size_t *near, size_t i, size_t k, double beta)
{
    double S = 0, H = 0, least = distance2(x, i, near[0]);
    for (size_t j = 0; j < x.rows; j++) p[j] = 0;
    for (size_t r = 0; r < k; r++) S += p[near[r]] = exp(-beta * (distance2(x, i, near[r]) - least));
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
        off = fmax(off, fabs(conditional(row, x, near + i * k, i, k, p.precision[i]) / perplexity - 1));
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
            worst = fmax(worst, fabs((double)p.at[e] - wanted[i * n + j]));
            wanted[i * n + j] = 0;
            total += (double)p.at[e];
            stored++;
        }
    for (size_t e = 0; e < n * n; e++) worst = fmax(worst, wanted[e]);
    gsl_test(!(off <= tolerance(5e-5, 1e-9)), "affinities, %s: perplexity to %g", name, off);
    gsl_test(!(worst <= tolerance(1e-5, 1e-12) / (2 * (double)n)), "affinities, %s: p to %g of 1/2n", name,
             worst * 2 * (double)n);
    gsl_test(crooked != 0, "affinities, %s: %zu of %zu have no twin or stand in disorder", name, crooked, stored);
    gsl_test_rel(total, 1, tolerance(1e-5, 1e-13), "affinities, %s: they add up to 1", name);
}

static void test_affinities(void)
{
    affinities_match("sparse", blobs(1, 400, 11, 5, 4), 20, 0);
    affinities_match("few neighbours", blobs(2, 300, 3, 4, 1), 5, 7);
    affinities_match("everybody", blobs(3, 97, 6, 3, 3), 30, 96);
    affinities_match("all there are", blobs(4, 50, 4, 3, 3), 30, 0);
    affinities_match("the least", blobs(5, 4, 2, 2, 3), 2, 0);
    affinities_match("nearly all", blobs(6, 60, 5, 2, 1), 58, 0);
    mat tiny = blobs(7, 200, 5, 3, 3), huge = blobs(7, 200, 5, 3, 3);
    for (size_t e = 0; e < mat_size(tiny); e++) { tiny.at[e] *= (real)1e-9; huge.at[e] *= (real)1e9; }
    affinities_match("small units", tiny, 10, 0);
    affinities_match("large units", huge, 10, 0);

    mat x = blobs(8, 120, 3, 2, 5);
    for (size_t i = 1; i < 60; i++) mat_copy(mat_rows(x, i, 1), mat_rows(x, 0, 1));
    tsne_affinity p = tsne_affinities(x, 5, 0, memory);
    double total = 0;
    for (size_t e = 0; e < p.start[120]; e++) total += (double)p.at[e];
    gsl_test_rel(total, 1, 1e-5, "affinities, sixty points in one place: they add up to 1");
}

/*
# Repulsion

A double loop. Forces are compared by the root mean square of what is off,
relative to that of the forces; Z may be off by what a row's own 1, which it
loses, rounds away. The error of the grid is that of polynomials of degree 5,
0.0035 at the edge of a box (`tsne_grid.c`), in either precision. Points drawn
independently are the hardest case: the forces of their many neighbours nearly
cancel, and what is left comes from the few nearest.
*/
static double loops(double *force, mat y)
{
    size_t n = y.cols, c = y.rows;
    double Z = 0, d[3];
    memset(force, 0, n * c * sizeof *force);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (i == j) continue;
            double w = 1;
            for (size_t f = 0; f < c; f++) {
                d[f] = (double)mat_row(y, f)[i] - (double)mat_row(y, f)[j];
                w += d[f] * d[f];
            }
            Z += 1 / w;
            for (size_t f = 0; f < c; f++) force[f * n + i] += d[f] / (w * w);
        }
    return Z;
}

static void repulsion_matches(const char *name, mat y, bool grid, double enough, double enough_Z)
{
    size_t size = mat_size(y);
    double *wanted = arena_take(memory, size, sizeof *wanted), off = 0, all = 0, worst = 0;
    mat force = arena_mat(memory, y.rows, y.cols);
    tsne_grid *g = tsne_grid_new();
    double Z = grid ? tsne_repel_interpolated(force, y, g) : tsne_repel_exact(force, y, memory);
    double right = loops(wanted, y);
    tsne_grid_free(g);
    for (size_t e = 0; e < size; e++) {
        double by = (double)force.at[e] - wanted[e];
        off += by * by;
        all += wanted[e] * wanted[e];
        worst = fmax(worst, fabs(by));
    }
    gsl_test(!(sqrt(off) <= enough * sqrt(all)), "%s, %s: forces to %.2g, the worst to %.2g of the rms",
             grid ? "grid" : "pairs", name, sqrt(off / all), worst / sqrt(all / (double)size));
    gsl_test(!(fabs(Z - right) <= enough_Z * (right + (grid ? 0 : (double)y.cols))), "%s, %s: Z = %.9g to %.2g", grid ? "grid" : "pairs", name, Z,
             fabs(Z / right - 1));
}

static void test_repulsion(void)
{
    static const struct { const char *name; size_t c, n; double sd; } map[] = {
        { "two points", 2, 2, 1 }, { "a start", 2, 333, 1e-4 }, { "unit size", 2, 1000, 1 },
        { "a plain map", 2, 1025, 20 }, { "far apart", 2, 200, 3000 }, { "in space", 3, 700, 8 },
        { "a start in space", 3, 64, 1e-4 }, { "two in space", 3, 2, 3 },
    };
    for (size_t m = 0; m < sizeof map / sizeof *map; m++) {
        mat y = scatter(m + 1, map[m].c, map[m].n, map[m].sd);
        repulsion_matches(map[m].name, y, false, tolerance(1e-5, 1e-12), tolerance(1e-6, 1e-12));
    }
}

static void test_grid(void)
{
    static const struct { const char *name; size_t n; double sd; } map[] = {
        { "a start", 500, 1e-4 }, { "a tenth", 500, 0.1 }, { "unit size", 1000, 1 }, { "a small map", 1000, 6 },
        { "a plain map", 2000, 20 }, { "a wide map", 2000, 60 },
    };
    for (size_t m = 0; m < sizeof map / sizeof *map; m++) {
        mat y = scatter(m + 1, 2, map[m].n, map[m].sd);
        repulsion_matches(map[m].name, y, true, 5e-3, 1e-3);
        for (size_t e = 0; e < mat_size(y); e++) y.at[e] += (real)(30 * map[m].sd);
        repulsion_matches("the same elsewhere", y, true, 5e-3, 1e-3);
    }
    mat line = scatter(9, 2, 500, 10);
    for (size_t i = 0; i < 500; i++) line.at[i] = 3;
    repulsion_matches("a line", line, true, 5e-3, 1e-3);

    mat same = arena_mat(memory, 2, 100), force = arena_mat(memory, 2, 100);
    tsne_grid *g = tsne_grid_new();
    mat_fill(same, 7);
    gsl_test_rel(tsne_repel_interpolated(force, same, g), 9900, 1e-5, "grid, a hundred in one place: Z");
    tsne_grid_free(g);
}

/*
# The gradient

Central differences of the divergence: to $10^{-7}$ in the double build, and
in float as well as a float can tell.
*/
static void gradient_matches(size_t dims, size_t n, double sd)
{
    mat x = blobs(1, n, 5, 3, 3), start = arena_mat(memory, n, dims);
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
        worst = fmax(worst, fabs(C / apart - (double)gradient.at[e]));
        largest = fmax(largest, fabs((double)gradient.at[e]));
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
    mat x = blobs(1, 700, 9, 6, 4), start = arena_mat(memory, x.rows, dims);
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
    *x = blobs(1, POINTS, 6, 8, 5);
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
        gsl_test(!(C <= 1.01 * SCIKIT_DIVERGENCE && C >= 0.97 * SCIKIT_DIVERGENCE), "%s: divergence %.4f, scikit-learn's is %.4f", way[w].name, C,
                 SCIKIT_DIVERGENCE);
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
    mat x = blobs(1, 20, 3, 2, 3), start = arena_mat(memory, 20, 2), space = arena_mat(memory, 20, 3);
    tsne_settings how = tsne_defaults;
    mat_fill(start, 0);
    mat_fill(space, 0);
    if (strcmp(what, "few") == 0) tsne_affinities(mat_rows(x, 0, 3), 2, 0, memory);
    if (strcmp(what, "perplexity") == 0) tsne_new(x, start, &how, memory);
    if (strcmp(what, "neighbours") == 0) tsne_affinities(x, 10, 8, memory);
    how.perplexity = 5;
    how.path = TSNE_INTERPOLATED;
    if (strcmp(what, "space") == 0) tsne_new(x, space, &how, memory);
    if (strcmp(what, "four") == 0) tsne_new(x, arena_mat(memory, 20, 4), &how, memory);
    start.at[3] = (real)NAN;
    if (strcmp(what, "start") == 0) tsne_new(x, start, &how, memory);
    x.at[7] = (real)INFINITY;
    if (strcmp(what, "infinite") == 0) tsne_affinities(x, 5, 0, memory);
}

int main(int argc, char **argv)
{
    static const struct { const char *name; void (*run)(void); } cases[] = {
        { "affinities", test_affinities }, { "repulsion", test_repulsion }, { "grid", test_grid },
        { "gradient", test_gradient }, { "threads", test_threads }, { "quality", test_quality },
    };
    threads_begin(2);
    memory = arena_new();
    if (argc == 3 && strcmp(argv[1], "write") == 0) { write_points(argv[2]); return STATUS_DONE; }
    if (argc == 3 && strcmp(argv[1], "refuse") == 0) { refuse(argv[2]); return STATUS_DONE; }
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
    size_t ran = 0;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        if (argc > 1 && strcmp(argv[1], cases[c].name) != 0) continue;
        arena_reset(memory);
        cases[c].run();
        ran++;
    }
    REQUIRE(ran > 0, "no case \"%s\"", argv[1]);
    arena_free(memory);
    return gsl_test_summary();
}
