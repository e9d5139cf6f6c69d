/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "base/rng.h"
#include "bench/clock.h"
#include "bench/rows.h"
#include "learn/tsne.h"

/*
# t-SNE

Ten clusters in 70 dimensions. Then one iteration's repulsion alone, in a map $\sqrt n$
wide: that of all pairs, of 13 operations each (a division counts as one), must grow as $n^2$,
that of the grid about as n.
*/
typedef struct mapping {
    mat x, y, start, force;
    tsne_grid *grid;
    double divergence;
    arena *memory;
} mapping;

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

static double bench_repulsion(mapping *m, size_t n, gsl_rng *rng)
{
    char name[64];
    double width = sqrt((double)n), pairs = (double)n * (double)n;
    m->y = mat_view(m->y.at, 2, n);
    m->force = mat_view(m->force.at, 2, n);
    rng_uniform(rng, m->y, -width / 2, width / 2);
    snprintf(name, sizeof name, "repulsion in the plane, %s, n=%zu", m->grid ? "grid" : "pairs", n);
    double target = m->grid ? 0 : n == 5000 ? 1.4e-3 : n == 10000 ? 5.4e-3 : 0;
    return clock_report(name, m->grid ? 0 : 13 * pairs, target, 11, repel_run, m);
}

void bench_maps(arena *memory, gsl_rng *rng)
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
        clock_report(size[s].name, 13e3 * n * n, size[s].target, 1, tsne_run, &m);
        if (clock_wants(size[s].name)) printf("%-44s %10.4f KL divergence\n", "", m.divergence);
    }
    double least = 0, most = 0;
    for (size_t n = 2500; n <= 20000; n *= 2) {
        most = bench_repulsion(&m, n, rng);
        if (n == 2500) least = most;
    }
    clock_growth("n", 2500, least, 20000, most);
    m.grid = tsne_grid_new();
    for (size_t n = 10000; n <= 80000; n *= 2) {
        most = bench_repulsion(&m, n, rng);
        if (n == 10000) least = most;
    }
    clock_growth("n", 10000, least, 80000, most);
    tsne_grid_free(m.grid);
    arena_free(m.memory);
}
