/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# How fast?

A table of the work that experiments spend their time on: the median time of several
repeats, floating-point operations a second, and their share of what this machine
does at its very best (`peak.h`). The share is the figure that compares machines; so
the target, a time on a machine of 530 GFLOP/s, is shown as the share it would be.

    bench [WORD]        all rows, or those whose name contains WORD

*Reads* nothing: data are drawn, because no kernel's time depends on their values, but
for the number of k-means' iterations, which is fixed. *Writes* standard output. These
are not tests: nothing fails for being slow.
*/
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/blas.h"
#include "base/error.h"
#include "base/rng.h"
#include "base/threads.h"
#include "bench/peak.h"
#include "learn/clustering_internal.h"
#include "learn/kmeans.h"
#include "learn/knn.h"
#include "learn/pca.h"
#include "learn/snnl.h"
#include "learn/tsne.h"
#include "nn/dense.h"
#include "nn/losses.h"
#include "nn/optimizer.h"
#include "run/progress.h"
#include "tape/arithmetic.h"

/*
# The clock

The first call warms caches and arenas up and is not counted.
*/
enum { REPEATS = 101 };
static const double TARGET_PEAK = 530e9;     /* the machine the targets are for */
static double peak;
static const char *wanted = "";

typedef void (*work)(void *context);

static bool is_wanted(const char *name)
{
    return strstr(name, wanted) != NULL;
}

static void report(const char *name, double flops, double target, size_t repeats, work f, void *context)
{
    double seconds[REPEATS];
    if (!is_wanted(name)) return;
    REQUIRE(repeats <= REPEATS, "%zu repeats", repeats);
    f(context);
    for (size_t i = 0; i < repeats; i++) {
        double began = progress_clock();
        f(context);
        seconds[i] = progress_clock() - began;
    }
    gsl_sort(seconds, 1, repeats);
    double median = gsl_stats_median_from_sorted_data(seconds, 1, repeats);
    printf("%-44s %10.3f ms  %7.1f GFLOP/s  %5.1f %%", name, 1e3 * median, 1e-9 * flops / median,
           100 * flops / median / peak);
    if (target > 0) printf("  %10.3f ms  %5.1f %%", 1e3 * target, 100 * flops / target / TARGET_PEAK);
    printf("\n");
    fflush(stdout);
}

/*
# A step of the autoencoder

784-500-500-2000-70-2000-500-500-784, batch 256, Adam: $6 b \sum_l n_l n_{l+1}$ flops,
less the gradient of the input, which nobody wants. With the soft nearest neighbour
loss on four layers and the code it is $3 b^2 d$ more for each.
*/
enum { LAYERS = 8, BATCH = 256 };
static const size_t units[LAYERS + 1] = { 784, 500, 500, 2000, 70, 2000, 500, 500, 784 };

typedef struct network {
    dense_layer layer[LAYERS];
    parameter *parameters[2 * LAYERS];
    optimizer *o;
    tape *t;
    mat x;
    int labels[BATCH];
    bool neighbours;
} network;

static void network_step(void *context)
{
    network *n = context;
    tape *t = n->t;
    real tau = 1;
    node *x = tape_input(t, n->x), *loss = NULL;
    for (size_t i = 0; i < LAYERS; i++) {
        x = dense_layer_apply(t, &n->layer[i], x);
        if (!n->neighbours || i > 4) continue;
        node *l = snnl(t, x, n->labels, tape_input(t, mat_view(&tau, 1, 1)), COSINE);
        loss = loss ? add(t, loss, l) : l;
    }
    node *reconstruction = binary_cross_entropy(t, x, n->x);
    loss = loss ? add(t, reconstruction, scale(t, loss, 100)) : reconstruction;
    tape_backward(t, loss);
    optimizer_step(n->o, 1e-3);
    tape_reset(t);
}

static void bench_network(arena *memory, gsl_rng *rng)
{
    network n = { .t = tape_new(), .x = arena_mat(memory, BATCH, units[0]) };
    double flops = -2.0 * BATCH * 784 * 500, with_loss = 0;
    rng_uniform(rng, n.x, 0, 1);
    for (size_t i = 0; i < BATCH; i++) n.labels[i] = (int)(i % 10);
    for (size_t i = 0; i < LAYERS; i++) {
        n.layer[i] = dense_layer_new(memory, "layer", units[i], units[i + 1],
                                     i == 3 ? SIGMOID : i == 7 ? LINEAR : RELU);
        init_he(rng, n.layer[i].w.value);
        n.parameters[2 * i] = &n.layer[i].w;
        n.parameters[2 * i + 1] = &n.layer[i].b;
        flops += 6.0 * BATCH * (double)units[i] * (double)units[i + 1];
        if (i <= 4) with_loss += 3.0 * BATCH * BATCH * (double)units[i + 1];
    }
    n.o = optimizer_new(&adam, n.parameters, 2 * LAYERS, ADAM_DEFAULTS);
    report("autoencoder step, batch 256", flops, 14.5e-3, 51, network_step, &n);
    n.neighbours = true;
    report("the same with SNNL on 4 layers and the code", flops + with_loss, 17e-3, 51, network_step, &n);
    optimizer_free(n.o);
    tape_free(n.t);
}

/*
# The loss alone
*/
typedef struct cloud { tape *t; mat x; int *labels; } cloud;

static void snnl_step(void *context)
{
    cloud *c = context;
    real tau = (real)0.05;
    node *x = tape_variable(c->t, c->x);
    tape_backward(c->t, snnl(c->t, x, c->labels, tape_input(c->t, mat_view(&tau, 1, 1)), SQUARED_EUCLIDEAN));
    tape_reset(c->t);
}

static void bench_snnl(arena *memory, gsl_rng *rng)
{
    static const struct { size_t b, d, repeats; double target; } size[] = {
        { 128, 64, 101, 0.02e-3 }, { 256, 2000, 51, 0 }, { 1024, 64, 51, 1.0e-3 }, { 4096, 64, 11, 22e-3 } };
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        char name[64];
        size_t b = size[i].b, d = size[i].d;
        cloud c = { tape_new(), arena_mat(memory, b, d), arena_take(memory, b, sizeof(int)) };
        rng_normal(rng, c.x, 1);
        for (size_t k = 0; k < b; k++) c.labels[k] = (int)(k % 10);
        snprintf(name, sizeof name, "SNNL forward and backward, b=%zu d=%zu", b, d);
        double products = b <= 1920 ? 3 : 4;      /* are the tiles kept? */
        report(name, products * (double)b * (double)b * (double)d, size[i].target, size[i].repeats, snnl_step, &c);
        if (is_wanted(name))
            printf("%-44s %10.1f MB beyond the input\n", "", (double)arena_peak(tape_arena(c.t)) / 1e6);
        tape_free(c.t);
    }
}

/*
# Learners

k-means runs a fixed number of iterations, those that the target's 60,000 pictures
took.
*/
typedef struct learner { mat x, y, start; int *cluster; size_t iterations; size_t *neighbour; arena *memory; } learner;

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

static void knn_run(void *context)
{
    learner *l = context;
    arena_mark mark = arena_save(l->memory);
    knn_search(l->neighbour, NULL, l->y, l->x, 10, WITH_SELF, l->memory);
    arena_release(l->memory, mark);
}

static void pca_run(void *context)
{
    learner *l = context;
    arena_mark mark = arena_save(l->memory);
    pca_fit(l->x, 70, l->memory);
    arena_release(l->memory, mark);
}

static void bench_kmeans(learner *l, size_t k, size_t iterations, double target, const char *name)
{
    l->start = mat_rows(l->x, 0, k);
    l->iterations = iterations;
    double flops = 2.0 * (double)mat_size(l->x) * (double)(k * iterations);
    report(name, flops, target, 3, kmeans_run, l);
}

static void bench_learners(arena *memory, gsl_rng *rng)
{
    learner l = { .x = arena_mat(memory, 60000, 784), .memory = arena_new() };
    rng_uniform(rng, l.x, 0, 1);
    bench_kmeans(&l, 10, 71, 1.0, "k-means 60,000 x 784, k=10, 71 iterations");
    bench_kmeans(&l, 47, 90, 2.4, "k-means 60,000 x 784, k=47, 90 iterations");
    report("PCA 60,000 x 784 to 70", 2.0 * 60000 * 784 * 784 + 9.0 * 784 * 784 * 784, 0, 3, pca_run, &l);

    l.x = mat_view(l.x.at, 10000, 70);
    l.cluster = arena_take(memory, 10000, sizeof *l.cluster);
    for (size_t i = 0; i < 10000; i++) l.cluster[i] = (int)(i % 10);
    report("silhouette 10,000 x 70", 2e8 * 70, 0.15, 11, silhouette_run, &l);

    l.x = mat_view(l.x.at, 50000, 512);
    l.y = arena_mat(memory, 10000, 512);
    rng_uniform(rng, l.y, 0, 1);
    l.neighbour = arena_take(memory, 100000, sizeof *l.neighbour);
    report("10-NN of 10,000 in 50,000 x 512", 2.0 * 10000 * 50000 * 512, 1.4, 3, knn_run, &l);
    arena_free(l.memory);
}

/*
# t-SNE

Ten clusters in 70 dimensions. Then one iteration's repulsion alone, in a map $\sqrt n$
wide: that of all pairs, of 13 operations each (a division counts as one), must grow as $n^2$,
that of the grid about as n.
*/
typedef struct mapping { mat x, y, start, force; tsne_grid *grid; double divergence; arena *memory; } mapping;

static void tsne_run(void *context)
{
    mapping *m = context;
    arena_mark mark = arena_save(m->memory);
    tsne_start(m->start, m->x, m->memory);
    tsne *t = tsne_new(m->x, m->start, &tsne_defaults, m->memory);
    while (t->iteration < t->how.iterations) tsne_step(t);
    m->divergence = tsne_divergence(t);
    tsne_free(t);
    arena_release(m->memory, mark);
}

static void repel_run(void *context)
{
    mapping *m = context;
    if (m->grid) tsne_repel_interpolated(m->force, m->y, m->grid);
    else tsne_repel_exact(m->force, m->y, m->memory);
}

static void bench_repulsion(mapping *m, size_t n, gsl_rng *rng)
{
    char name[64];
    double width = sqrt((double)n), pairs = (double)n * (double)n;
    m->y = mat_view(m->y.at, 2, n);
    m->force = mat_view(m->force.at, 2, n);
    rng_uniform(rng, m->y, -width / 2, width / 2);
    snprintf(name, sizeof name, "repulsion in the plane, %s, n=%zu", m->grid ? "grid" : "pairs", n);
    report(name, m->grid ? 0 : 13 * pairs, n == 5000 ? 1.4e-3 : n == 10000 ? 5.4e-3 : 0, 11, repel_run, m);
}

static void bench_tsne(arena *memory, gsl_rng *rng)
{
    static const struct { size_t n; double target; const char *name; } size[] = {
        { 5000, 2.0, "t-SNE 2-D, 5,000 x 70, 1000 iterations" },
        { 10000, 6.5, "t-SNE 2-D, 10,000 x 70, 1000 iterations" } };
    mat x = arena_mat(memory, 10000, 70), centre = arena_mat(memory, 10, 70);
    mapping m = { .memory = arena_new(), .y = arena_mat(memory, 2, 80000), .force = arena_mat(memory, 2, 80000) };
    rng_normal(rng, x, 1);
    rng_normal(rng, centre, 1);
    for (size_t i = 0; i < x.rows; i++) mat_add(mat_rows(x, i, 1), mat_rows(centre, i % 10, 1));
    for (size_t s = 0; s < 2; s++) {
        double n = (double)size[s].n;
        m.x = mat_rows(x, 0, size[s].n);
        m.start = arena_mat(memory, size[s].n, 2);
        report(size[s].name, 13e3 * n * n, size[s].target, 1, tsne_run, &m);
        if (is_wanted(size[s].name)) printf("%-44s %10.4f KL divergence\n", "", m.divergence);
    }
    for (size_t n = 2500; n <= 20000; n *= 2) bench_repulsion(&m, n, rng);
    m.grid = tsne_grid_new();
    for (size_t n = 10000; n <= 80000; n *= 2) bench_repulsion(&m, n, rng);
    tsne_grid_free(m.grid);
    arena_free(m.memory);
}

int main(int argc, char **argv)
{
    if (argc > 2) die(STATUS_USAGE, "usage: bench [WORD]");
    if (argc == 2) wanted = argv[1];
    threads_begin(0);
    peak = peak_flops();
    printf("%d threads, FMA peak %.0f GFLOP/s, OpenBLAS kernels for %s\n\n%-44s %13s  %15s  %7s  %13s  %7s\n",
           threads_count(), 1e-9 * peak, openblas_get_corename(), "work", "median", "rate", "share",
           "target", "share");
    arena *memory = arena_new();
    gsl_rng *rng = rng_new(1, "bench");
    bench_network(memory, rng);
    bench_snnl(memory, rng);
    bench_learners(memory, rng);
    bench_tsne(memory, rng);
    gsl_rng_free(rng);
    arena_free(memory);
    return STATUS_DONE;
}
