/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "data/dataset.h"
#include "data/graph.h"
#include "data/npz.h"

static const struct { const char *name, *title, *file; } known[] = {
    { "cora", "Cora", "cora.npz" },
    { "citeseer", "Citeseer", "citeseer.npz" },
};
enum { KNOWN = sizeof known / sizeof *known };

/*
# A sparse matrix in an archive

SciPy's three arrays, called `data`, `indices` and `indptr` behind a prefix, and a fourth with the `shape`. They must
be of one piece.
*/
static int read_starts(csr *m, const npz *z, const char *name, arena *a)
{
    int *start;
    size_t count;
    if (npz_labels(&start, &count, 0, z, name, a) != 0) return -1;
    if (start[0] != 0) return fail("%s, %s: the first row starts at %d, expected 0", z->path, name, start[0]);
    m->rows = count - 1;
    m->start = arena_take(a, count, sizeof *m->start);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && start[i] < start[i - 1])
            return fail("%s, %s: row %zu starts at %d, before the one in front of it", z->path, name, i, start[i]);
        m->start[i] = (size_t)start[i];
    }
    return 0;
}

static int read_columns(csr *m, const npz *z, const char *name, arena *a)
{
    int *index;
    size_t count;
    if (npz_labels(&index, &count, m->cols, z, name, a) != 0) return -1;
    if (count != csr_entries(*m))
        return fail("%s, %s: %zu numbers, expected %zu, where the last row ends", z->path, name, count, csr_entries(*m));
    m->index = arena_take(a, count, sizeof *m->index);
    for (size_t e = 0; e < count; e++) m->index[e] = (size_t)index[e];
    return 0;
}

static int read_values(csr *m, const npz *z, const char *name, arena *a)
{
    mat value;
    if (npz_matrix(&value, z, name, a) != 0) return -1;
    if (mat_size(value) != csr_entries(*m))
        return fail("%s, %s: %zu numbers, expected %zu", z->path, name, mat_size(value), csr_entries(*m));
    if (!mat_is_finite(value)) return fail("%s, %s: not all numbers are finite", z->path, name);
    m->value = value.at;
    return 0;
}

static int read_sparse(csr *m, const npz *z, const char *prefix, arena *a)
{
    char name[4][32];
    static const char *const part[] = { "shape", "indptr", "indices", "data" };
    int *shape;
    size_t dimensions;
    for (size_t i = 0; i < 4; i++) snprintf(name[i], sizeof name[i], "%s_%s", prefix, part[i]);
    if (npz_labels(&shape, &dimensions, 0, z, name[0], a) != 0) return -1;
    if (dimensions != 2 || shape[0] < 1 || shape[1] < 1)
        return fail("%s, %s: expected the rows and columns of a matrix", z->path, name[0]);
    *m = (csr){ .cols = (size_t)shape[1] };
    if (read_starts(m, z, name[1], a) != 0) return -1;
    if (m->rows != (size_t)shape[0])
        return fail("%s, %s: %zu rows, expected %d", z->path, name[1], m->rows, shape[0]);
    return read_columns(m, z, name[2], a) != 0 || read_values(m, z, name[3], a) != 0 ? -1 : 0;
}

/*
# Edges

In order, the smaller number first, so that those that are there in both directions follow each other.
*/
static int by_nodes(const void *left, const void *right)
{
    const csr_pair *l = left, *r = right;
    if (l->a != r->a) return l->a < r->a ? -1 : 1;
    return (l->b > r->b) - (l->b < r->b);
}

static void list_edges(graph *g, csr adjacency, arena *a)
{
    size_t count = 0;
    g->edge = arena_take(a, csr_entries(adjacency), sizeof *g->edge);
    for (size_t i = 0; i < adjacency.rows; i++)
        for (size_t e = adjacency.start[i]; e < adjacency.start[i + 1]; e++) {
            size_t j = adjacency.index[e];
            if (i != j) g->edge[count++] = i < j ? (csr_pair){ i, j } : (csr_pair){ j, i };
        }
    qsort(g->edge, count, sizeof *g->edge, by_nodes);
    for (size_t e = 0; e < count; e++)
        if (e == 0 || by_nodes(&g->edge[e], &g->edge[e - 1]) != 0) g->edge[g->edges++] = g->edge[e];
}

/*
# A graph
*/
static int read_graph(graph *g, const npz *z, arena *a)
{
    csr adjacency;
    if (read_sparse(&adjacency, z, "adj", a) != 0 || read_sparse(&g->words, z, "attr", a) != 0 ||
        npz_labels(&g->y, &g->nodes, 0, z, "labels", a) != 0)
        return -1;
    if (adjacency.rows != adjacency.cols || g->words.rows != g->nodes || adjacency.rows != g->nodes)
        return fail("%s: %zu x %zu for edges, words of %zu nodes, %zu labels: expected one number of nodes", z->path,
                    adjacency.rows, adjacency.cols, g->words.rows, g->nodes);
    for (size_t i = 0; i < g->nodes; i++) {
        if (g->y[i] < 0 || (size_t)g->y[i] >= g->nodes)
            return fail("%s, labels: %d of node %zu, expected 0 or more, and no more classes than nodes", z->path, g->y[i], i);
        if ((size_t)g->y[i] >= g->classes) g->classes = (size_t)g->y[i] + 1;
    }
    list_edges(g, adjacency, a);
    return 0;
}

int graph_load(graph *g, const char *name, arena *a)
{
    memset(g, 0, sizeof *g);
    for (size_t i = 0; i < KNOWN; i++) {
        if (strcmp(known[i].name, name) != 0) continue;
        g->title = known[i].title;
        int status = dataset_file(g->file, sizeof g->file, "graphs", known[i].file);
        if (status != 0) return status;
        npz z;
        status = npz_open(&z, g->file);
        if (status == 0) status = read_graph(g, &z, a);
        npz_close(&z);
        return status;
    }
    return dataset_nobody_knows("graph", name, known, KNOWN, sizeof *known);
}
