/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_TSNE_AFFINITY_H
#define LEARN_TSNE_AFFINITY_H

#include <stdint.h>

#include "base/arena.h"
#include "base/mat.h"

/*
# Who is near whom, as probabilities

The first half of t-SNE: n points in d dimensions become a symmetric matrix P
of probabilities, $\sum_{ij} p_{ij} = 1$, large where two points are
neighbours. Nearly all of it is 0 to any precision, so a row holds only the
pairs that count:

    tsne_affinity p = tsne_affinities(x, 30, 0, a);
    for (size_t e = p.start[i]; e < p.start[i + 1]; e++)
        ... p.at[e] is the affinity of i and p.column[e]

The columns of a row ascend, the diagonal is never there, and (i, j) is there
exactly if (j, i) is, with the same bytes.
*/
typedef struct tsne_affinity {
    size_t n;
    size_t *start;                 /* n + 1: where a row begins */
    int32_t *column;               /* start[n] */
    real *at;                      /* start[n] */
    double *precision;             /* n: the beta of each point */
} tsne_affinity;

/*
`perplexity` says how many neighbours a point has, in effect: above 1, below
`neighbours`, the number of nearest neighbours that are looked at: 0 takes 3
perplexity + 1, as scikit-learn does, but at most n - 1. `x` is n x d, finite,
n >= 4.

The result lies in the arena. The same bytes at any number of threads. Cost:
$2 n^2 d$ flops for the neighbours, some 25 n k exponentials, and 56 n k
bytes, k neighbours.

Sources: van der Maaten and Hinton (2008), section 2; van der Maaten (2014),
section 4.1, for the restriction to neighbours.
*/
tsne_affinity tsne_affinities(mat x, double perplexity, size_t neighbours, arena *a);

#endif
