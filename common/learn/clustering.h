/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_CLUSTERING_H
#define LEARN_CLUSTERING_H

#include "base/arena.h"
#include "base/mat.h"

/*
# How good is a clustering?

Six numbers, three for each meaning of the question. The *external* ones
compare the clusters with classes that somebody knows:

| metric                | best | chance | what it is                           |
|-----------------------|------|--------|--------------------------------------|
| `clustering_accuracy` | 1    | > 1/k  | hits, clusters matched with classes  |
| `clustering_nmi`      | 1    | > 0    | normalised mutual information        |
| `clustering_ari`      | 1    | 0      | Rand index, adjusted for chance      |

The *internal* ones look at points and clusters only:

| metric                         | best   | what it is                         |
|--------------------------------|--------|------------------------------------|
| `clustering_silhouette`        | 1      | own cluster against the next, -1..1 |
| `clustering_calinski_harabasz` | large  | variance between over within       |
| `clustering_davies_bouldin`    | 0      | worst neighbour's overlap, averaged |

    double acc = clustering_accuracy(found.cluster, label, n, a);
    double sil = clustering_silhouette(z, found.cluster, a);

Clusters and classes are numbers from 0; numbers that nobody carries are
allowed and do not count. Values and edge cases are those of scikit-learn,
but where it raises an error (an internal metric of fewer than 2 clusters, or
of as many clusters as points) the value is NaN: there is no such number, and
an experiment that collapsed should say so and go on.
*/

/* The share of examples in the class that their cluster is matched with; the
   matching is one to one and the best there is (Hungarian method).
   O(n + k^3) for k clusters or classes, whichever are more. */
double clustering_accuracy(const int *cluster, const int *label, size_t n, arena *scratch);

/* 2 I(C; L) / (H(C) + H(L)). 1 if both are constant, 0 if one tells nothing
   about the other. O(n + k^2). */
double clustering_nmi(const int *cluster, const int *label, size_t n, arena *scratch);

/* Hubert and Arabie (1985). Negative when worse than chance. O(n + k^2). */
double clustering_ari(const int *cluster, const int *label, size_t n, arena *scratch);

/* Rousseeuw (1987): Euclidean, over all points, a single point alone in its
   cluster counting 0. O(n^2 d) time; 2nd reals of memory and 1 MB a thread. */
double clustering_silhouette(mat x, const int *cluster, arena *scratch);

/* Calinski and Harabasz (1974). 1 if no point differs from its centroid.
   O(nd). */
double clustering_calinski_harabasz(mat x, const int *cluster, arena *scratch);

/* Davies and Bouldin (1979) with the mean Euclidean distance to the centroid
   as a cluster's width. O(nd + k^2 d). */
double clustering_davies_bouldin(mat x, const int *cluster, arena *scratch);

#endif
