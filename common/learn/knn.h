/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_KNN_H
#define LEARN_KNN_H

#include "base/arena.h"
#include "base/mat.h"

/*
# The nearest neighbours of a point

For each query the `k` points at the smallest squared Euclidean distance,
nearest first, and of two equally near points the one with the lower index
first. The answer is exact: it is what a double loop over all pairs in double
precision finds, at the speed of a matrix product.

    size_t *near = arena_take(a, test.rows * 10, sizeof *near);
    knn_search(near, NULL, test, train, 10, WITH_SELF, a);
    ... near[10 * i + r] is the (r + 1)-th neighbour of test row i

`WITHOUT_SELF` is for neighbours within one set: the queries are the first
rows of the points, and a point is not its own neighbour (an equal row
elsewhere still is).

- `neighbour` (out): q x k indices of rows of `points`;
- `distance` (out): q x k squared distances; may be NULL;
- `queries`: q x d, finite;
- `points`: n x d, finite; n >= k, or n > k without self.

The longest query and the longest point are together less than 1.8e19 long (1.3e154 in double), so that no distance
overflows.

Cost: $2 q n d$ flops, 1 MB + 8 KB (k + 16) a thread, n reals and, without `distance`, q k doubles; O(n d)
more for a query that rounding leaves undecided (`knn.c` says when).
*/
typedef enum { WITH_SELF, WITHOUT_SELF } knn_self;

void knn_search(size_t *neighbour, double *distance, mat queries, mat points, size_t k,
                knn_self self, arena *scratch);

/*
# Points that come in blocks

Where not all points fit into memory at once, a search goes on from block to block:

    for (size_t first = 0; first < n; first += block.rows) {
        block = ...                     points first, first + 1, ...
        knn_search_on(near, distance, queries, block, first, k, a);
    }

After each call both arrays hold the k nearest of all points so far, as one search among them would have
found them; while there are fewer than k, `SIZE_MAX` and `DBL_MAX` stand behind the last. With `first` 0 they
are not read. What is farther than the k so far is not looked at again.
*/
void knn_search_on(size_t *neighbour, double *distance, mat queries, mat points, size_t first,
                   size_t k, arena *scratch);

#endif
