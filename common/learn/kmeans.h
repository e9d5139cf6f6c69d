/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_KMEANS_H
#define LEARN_KMEANS_H

#include <stdbool.h>
#include <gsl/gsl_rng.h>

#include "base/arena.h"
#include "base/mat.h"

/*
# k-means

Finds k centres such that the *inertia*, the sum of the squared distances of
n examples to their nearest centres, is small: k-means++ chooses where to
start, Lloyd's iteration goes downhill from there, and the best of several
restarts is kept.

    gsl_rng *rng = rng_new(seed, "k-means");
    kmeans found = kmeans_fit(train, 10, &kmeans_defaults, rng, a);
    kmeans_assign(cluster, test, found.centres, a);

| setting      | default | meaning (as in scikit-learn's `KMeans`)          |
|--------------|---------|--------------------------------------------------|
| `restarts`   | 10      | independent runs; the lowest inertia is returned |
| `iterations` | 300     | at most, in each run                             |
| `tolerance`  | 1e-4    | enough is when the squared shifts of the centres add up to no more than this times the mean variance of a feature |
*/
typedef struct kmeans_settings {
    size_t restarts, iterations;
    double tolerance;
} kmeans_settings;

extern const kmeans_settings kmeans_defaults;

typedef struct kmeans {
    mat centres;                   /* k x d */
    int *cluster;                  /* n: the nearest centre of each example */
    double inertia;
    size_t iterations;             /* of the run that was kept */
    bool converged;
} kmeans;

/*
The result lies in the arena `a`, which also lends scratch memory (about
k x d x 32 doubles). `x` is n x d, no number above 1e18 in size and none NaN, n >= k >= 1. A run converges as
well when no example changes its cluster. The same generator state gives the
same bytes at any number of threads. Cost: 2nkd flops and one reading of `x`
an iteration, k - 1 readings of `x` to start.

Sources: Lloyd (1957, 1982); Arthur and Vassilvitskii (2007).
*/
kmeans kmeans_fit(mat x, size_t k, const kmeans_settings *how, gsl_rng *rng, arena *a);

/* One run from given centres `start` (k x d); `how->restarts` is not looked at. For tests and benchmarks, which
   know where it begins. */
kmeans kmeans_from(mat start, mat x, const kmeans_settings *how, arena *a);

/* cluster[i] = the centre nearest to row i of `x`; the lower index if two are
   equally near. O(nkd). */
void kmeans_assign(int *cluster, mat x, mat centres, arena *scratch);

#endif
