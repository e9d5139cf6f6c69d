/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_PCA_H
#define LEARN_PCA_H

#include "base/arena.h"
#include "base/mat.h"

/*
# Principal components

The k directions in which n examples vary most, perpendicular to each other.

    pca p = pca_fit(train, 70, a);
    mat z = arena_mat(a, test.rows, 70);
    pca_transform(z, test, &p, a);

Where the rest of the variance is left behind, `z` times `p.components` plus
`p.mean` is the best approximation of the examples that k numbers each allow.

A direction has two signs, and a library returns whichever it happens upon. We
fix it: the loading of largest magnitude is positive (the first of several).
*/
typedef struct pca {
    mat mean;                      /* 1 x d */
    mat components;                /* k x d, orthonormal rows, by falling variance */
    double *variance;              /* k: along each component, divisor n - 1 */
    double total;                  /* the variance of all d features together */
} pca;

/* `x` is n x d, finite, n >= 2, 1 <= k <= d. The result lies in the arena.
   Cost: 2nd^2 flops for the covariance and about 9d^3 for its eigenvectors;
   4d^2 doubles of scratch. With n and d changed over if n is less and k is below n. The same bytes at any number of threads. */
pca pca_fit(mat x, size_t k, arena *a);

/* z = (x - mean) components'; `z` is n x k and does not overlap `x`. O(ndk). */
void pca_transform(mat z, mat x, const pca *p, arena *scratch);

#endif
