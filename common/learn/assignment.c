/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The Hungarian method

There are n! pairings, and we want the best without looking at them. We speak
of costs $c_{ij} = -w_{ij}$, to be made small.

# Prices

Put a price $u_i$ on every row and $v_j$ on every column such that
$u_i + v_j \le c_{ij}$ everywhere. Then the prices add up to no more than the
cost of *any* pairing, because a pairing uses each row and each column once.
So if we find prices and a pairing that uses only *tight* pairs, where
$u_i + v_j = c_{ij}$, the two sums are equal and the pairing is proven to be
the cheapest. The method keeps the prices valid and the pairs tight at all
times, and adds one row after another.

# A path that makes room

A new row may find its tight columns taken. Then the row that holds such a
column must move to another one, and so on until a free column is reached: an
*augmenting path*, alternating between pairs that we take up and pairs that
we give up. We look for the path with the least sum of *slacks*
$c_{ij} - u_i - v_j \ge 0$, exactly as Dijkstra looks for the shortest way in
a road map: the reached columns form a tree, `slack[j]` is the least slack
from the tree to column j, and the nearest column joins. Raising the prices of
the tree's rows and lowering those of its columns by that least slack keeps
all pairs inside the tree tight and makes the new one tight.

Each row needs at most n such steps of O(n), so the whole takes O(n^3).

Column n stands for "no column": it holds the row that is being added.
*/
#include <float.h>
#include <stdbool.h>

#include "base/error.h"
#include "learn/assignment.h"

typedef struct table {
    size_t n;
    const double *weight;          /* n x n */
    double *u;                     /* n: prices of the rows */
    double *v;                     /* n + 1: prices of the columns */
    size_t *row;                   /* n + 1: the row that holds a column; n is nobody */
    double *slack;                 /* n: least slack from the tree */
    size_t *from;                  /* n: the tree's column that it comes from */
    bool *reached;                 /* n + 1 */
} table;

/* Lets the column `last` join the tree; returns the nearest one outside. */
static size_t grow(table *t, size_t last)
{
    size_t i = t->row[last], nearest = t->n;
    double step = DBL_MAX;
    t->reached[last] = true;
    for (size_t j = 0; j < t->n; j++) {
        if (t->reached[j]) continue;
        double slack = -t->weight[i * t->n + j] - t->u[i] - t->v[j];
        if (slack < t->slack[j]) {
            t->slack[j] = slack;
            t->from[j] = last;
        }
        if (t->slack[j] < step) {
            step = t->slack[j];
            nearest = j;
        }
    }
    REQUIRE(nearest < t->n, "weights that are no numbers in row %zu", i);
    for (size_t j = 0; j <= t->n; j++)
        if (t->reached[j]) {
            t->u[t->row[j]] += step;
            t->v[j] -= step;
        } else {
            t->slack[j] -= step;
        }
    return nearest;
}

static void add_row(table *t, size_t i)
{
    for (size_t j = 0; j <= t->n; j++) t->reached[j] = false;
    for (size_t j = 0; j < t->n; j++) t->slack[j] = DBL_MAX;
    t->row[t->n] = i;
    size_t free_column = t->n;
    do free_column = grow(t, free_column);
    while (t->row[free_column] != t->n);
    for (size_t j = free_column; j != t->n; j = t->from[j])
        t->row[j] = t->row[t->from[j]];
}

double assignment_maximum(size_t *column, const double *weight, size_t n, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    table t = {
        .n = n, .weight = weight,
        .u = arena_take(scratch, n, sizeof *t.u),
        .v = arena_take(scratch, n + 1, sizeof *t.v),
        .row = arena_take(scratch, n + 1, sizeof *t.row),
        .slack = arena_take(scratch, n, sizeof *t.slack),
        .from = arena_take(scratch, n, sizeof *t.from),
        .reached = arena_take(scratch, n + 1, sizeof *t.reached),
    };
    for (size_t i = 0; i < n; i++) t.u[i] = 0;
    for (size_t j = 0; j <= n; j++) {
        t.v[j] = 0;
        t.row[j] = n;
    }
    for (size_t i = 0; i < n; i++) add_row(&t, i);

    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        column[t.row[j]] = j;
        sum += weight[t.row[j] * n + j];
    }
    arena_release(scratch, mark);
    return sum;
}
