/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "learn/tsne.h"
#include "map.h"

static struct { size_t iterations; double perplexity; } set;

const run_setting map_settings[] = {
    { "perplexity", NULL, &set.perplexity, { 10, 30, 30, 30 }, "of t-SNE", "the authors' code" },
    { "tsne-iterations", &set.iterations, NULL, { 50, 500, 1000, 1000 }, "of t-SNE", "the authors' code" },
    { 0 }
};

mat rows_of_both(mat a, mat b, int *kind, arena *memory)
{
    mat both = arena_mat(memory, a.rows + b.rows, a.cols);
    mat_copy(mat_rows(both, 0, a.rows), a);
    mat_copy(mat_rows(both, a.rows, b.rows), b);
    for (size_t i = 0; i < both.rows; i++) kind[i] = i >= a.rows;
    return both;
}

/* Two decimals are more than a picture shows. */
static double rounded(real x)
{
    return round(100 * (double)x) / 100;
}

void map_rows(run *r, const char *name, mat x, const int *kind, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    tsne_settings how = tsne_defaults;
    how.perplexity = set.perplexity;
    how.iterations = set.iterations;
    mat y = arena_mat(scratch, x.rows, 2);
    tsne_start(y, x, scratch);
    tsne *t = tsne_new(x, y, &how, scratch);
    while (t->iteration < how.iterations) tsne_step(t);
    tsne_map(y, t);
    tsne_free(t);
    for (size_t i = 0; i < y.rows; i++) {
        char series[64];
        snprintf(series, sizeof series, "point %s %zu", name, i);
        run_point(r, series, RUN_NO_X, rounded(mat_row(y, i)[0]), rounded(mat_row(y, i)[1]), kind[i]);
    }
    arena_release(scratch, mark);
}
