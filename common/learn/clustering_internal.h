/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_CLUSTERING_INTERNAL_H
#define LEARN_CLUSTERING_INTERNAL_H

#include "base/arena.h"
#include "base/mat.h"

/*
# Clusters as shapes

An *internal* measure of a clustering looks at points and clusters only:

| metric                         | best   | what it is                         |
|--------------------------------|--------|------------------------------------|
| `clustering_silhouette`        | 1      | own cluster against the next, -1..1 |
| `clustering_calinski_harabasz` | large  | variance between over within       |
| `clustering_davies_bouldin`    | 0      | worst neighbour's overlap, averaged |

    double sil = clustering_silhouette(z, found.cluster, a);

Clusters are numbers from 0; numbers that nobody carries are allowed and do not
count. Values are those of scikit-learn, but where it raises an error (fewer than 2
clusters, or as many as points) the value is NaN: there is no such number, and an
experiment that collapsed should say so and go on.
*/

/* Rousseeuw (1987): Euclidean, over all points, a single point alone in its
   cluster counting 0. O(n^2 d) time; nd reals of memory, and 1 MB + 2 KB k a thread. */
double clustering_silhouette(mat x, const int *cluster, arena *scratch);

/* Calinski and Harabasz (1974). 1 if no point differs from its centroid.
   O(nd). */
double clustering_calinski_harabasz(mat x, const int *cluster, arena *scratch);

/* Davies and Bouldin (1979) with the mean Euclidean distance to the centroid
   as a cluster's width. O(nd + k^2 d). */
double clustering_davies_bouldin(mat x, const int *cluster, arena *scratch);

#endif
