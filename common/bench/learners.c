/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/rng.h"
#include "bench/clock.h"
#include "bench/rows.h"
#include "bench/small_network.h"        /* gives: labels_new */
#include "learn/clustering_internal.h"
#include "learn/kmeans.h"
#include "learn/knn.h"
#include "learn/pca.h"

/*
# Learners

k-means runs a fixed number of iterations, those that the target's 60,000 pictures
took.
*/
typedef struct learner {
    mat x, y, start;
    int *cluster;
    size_t iterations, *neighbour;
    arena *memory;
} learner;

static void kmeans_run(void *context)
{
    learner *l = context;
    arena_mark mark = arena_save(l->memory);
    const kmeans_settings how = { .restarts = 1, .iterations = l->iterations, .tolerance = 0 };
    kmeans_from(l->start, l->x, &how, l->memory);
    arena_release(l->memory, mark);
}

static void silhouette_run(void *context)
{
    learner *l = context;
    arena_mark mark = arena_save(l->memory);
    clustering_silhouette(l->x, l->cluster, l->memory);
    arena_release(l->memory, mark);
}

/* The two measures that look at each point once. */
static void centroid_measures_run(void *context)
{
    learner *l = context;
    arena_mark mark = arena_save(l->memory);
    clustering_calinski_harabasz(l->x, l->cluster, l->memory);
    clustering_davies_bouldin(l->x, l->cluster, l->memory);
    arena_release(l->memory, mark);
}

static void knn_run(void *context)
{
    learner *l = context;
    arena_mark mark = arena_save(l->memory);
    knn_search(l->neighbour, NULL, l->y, l->x, 10, WITH_SELF, l->memory);
    arena_release(l->memory, mark);
}

/* What deep nearest neighbours ask of a layer: more neighbours, of points that come in blocks. */
static void knn_blocks_run(void *context)
{
    enum { BLOCK = 2048, NEIGHBOURS = 75 };
    learner *l = context;
    arena_mark mark = arena_save(l->memory);
    double *distance = arena_take(l->memory, l->y.rows * NEIGHBOURS, sizeof *distance);
    for (size_t first = 0; first < l->x.rows; first += BLOCK)
        knn_search_on(l->neighbour, distance, l->y, mat_block(l->x, first, BLOCK), first, NEIGHBOURS, l->memory);
    arena_release(l->memory, mark);
}

static void pca_run(void *context)
{
    learner *l = context;
    arena_mark mark = arena_save(l->memory);
    pca_fit(l->x, 70, l->memory);
    arena_release(l->memory, mark);
}

static double bench_kmeans(learner *l, size_t k, size_t iterations, double target, const char *name)
{
    l->start = mat_rows(l->x, 0, k);
    l->iterations = iterations;
    double flops = 2.0 * (double)mat_size(l->x) * (double)(k * iterations);
    return clock_report(name, flops, target, 3, kmeans_run, l);
}

/*
# Does the cost grow as theory says?

On a set of the shape of EMNIST Balanced: k-means in n and in k, each linear, less where
reading the data is what takes the time; the silhouette as the square of n.
*/
static void bench_growth(learner *l, mat all)
{
    enum { STEPS = 3, K = 47, ITERATIONS = 10 };
    double by_n[STEPS], most = 0, pairs[STEPS];
    char name[64];
    for (size_t s = 0; s < STEPS; s++) {
        l->x = mat_rows(all, 0, all.rows >> (STEPS - 1 - s));
        snprintf(name, sizeof name, "k-means %zu x 784, k=%d, 10 iterations", l->x.rows, K);
        by_n[s] = bench_kmeans(l, K, ITERATIONS, 0, name);
    }
    clock_growth("n", 1, by_n[0], 4, by_n[STEPS - 1]);
    for (size_t k = 2 * K; k <= 4 * K; k *= 2) {
        snprintf(name, sizeof name, "k-means %zu x 784, k=%zu, 10 iterations", l->x.rows, k);
        most = bench_kmeans(l, k, ITERATIONS, 0, name);
    }
    clock_growth("k", 1, by_n[STEPS - 1], 4, most);
    clock_report("CHS and DBI 112800 x 784, 47 clusters", 0, 0, 5, centroid_measures_run, l);
    for (size_t s = 0; s < STEPS; s++) {
        l->x = mat_rows(all, 0, all.rows >> (2 + STEPS - 1 - s));
        double n = (double)l->x.rows;
        snprintf(name, sizeof name, "silhouette %zu x 784, 47 clusters", l->x.rows);
        pairs[s] = clock_report(name, 2 * n * n * 784, 0, 1, silhouette_run, l);
    }
    clock_growth("n", 1, pairs[0], 4, pairs[STEPS - 1]);
}

void bench_learners(arena *memory, gsl_rng *rng)
{
    mat all = arena_mat(memory, 112800, 784);
    learner l = { .x = mat_rows(all, 0, 60000), .memory = arena_new() };
    rng_uniform(rng, all, 0, 1);
    bench_kmeans(&l, 10, 71, 1.0, "k-means 60,000 x 784, k=10, 71 iterations");
    bench_kmeans(&l, 47, 90, 2.4, "k-means 60,000 x 784, k=47, 90 iterations");
    clock_report("PCA 60,000 x 784 to 70", 2.0 * 60000 * 784 * 784 + 9.0 * 784 * 784 * 784, 0, 3, pca_run, &l);

    l.cluster = labels_new(all.rows, 47, memory);
    bench_growth(&l, all);

    l.x = mat_view(all.at, 10000, 70);
    l.cluster = labels_new(l.x.rows, 10, memory);
    clock_report("silhouette 10,000 x 70", 2e8 * 70, 0.15, 11, silhouette_run, &l);

    l.x = mat_view(all.at, 50000, 512);
    l.y = arena_mat(memory, 10000, 512);
    rng_uniform(rng, l.y, 0, 1);
    l.neighbour = arena_take(memory, 100000, sizeof *l.neighbour);
    clock_report("10-NN of 10,000 in 50,000 x 512", 2.0 * 10000 * 50000 * 512, 1.4, 3, knn_run, &l);
    l.y = mat_rows(l.y, 0, 5000);
    l.neighbour = arena_take(memory, 5000 * 75, sizeof *l.neighbour);
    clock_report("75-NN of 5,000 in 50,000 x 512, in blocks", 2.0 * 5000 * 50000 * 512, 0, 3,
                 knn_blocks_run, &l);
    arena_free(l.memory);
}
