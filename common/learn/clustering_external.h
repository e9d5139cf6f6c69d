/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_CLUSTERING_EXTERNAL_H
#define LEARN_CLUSTERING_EXTERNAL_H

#include "base/arena.h"

/*
# Clusters against classes

How good is a clustering? An *external* measure compares the clusters with classes
that somebody knows:

| metric                | best | chance | what it is                           |
|-----------------------|------|--------|--------------------------------------|
| `clustering_accuracy` | 1    | > 1/k  | hits, clusters matched with classes  |
| `clustering_nmi`      | 1    | > 0    | normalised mutual information        |
| `clustering_ari`      | 1    | 0      | Rand index, adjusted for chance      |

    double acc = clustering_accuracy(found.cluster, label, n, a);

Clusters and classes are numbers from 0; numbers that nobody carries are allowed and
do not count. Values and edge cases are those of scikit-learn. Measures that look at
the points and not at classes are in `learn/clustering_internal.h`.
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

#endif
