/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TAPE_DISTANCES_H
#define TAPE_DISTANCES_H

#include "tape/tape.h"

/*
# Distances between all pairs of rows

For `a` (n x d) and `b` (m x d), an n x m matrix. `a` and `b` may be the same
node. Cost: $2nmd$ flops forward, $4nmd$ backward.
*/

/* $d_{ij} = \max(0, |a_i|^2 + |b_j|^2 - 2\, a_i \cdot b_j)$; the gradient
   ignores the maximum, which only repairs rounding. */
node *squared_distances(tape *t, node *a, node *b);

/* $d_{ij} = 1 - \cos(a_i, b_j)$. */
node *cosine_distances(tape *t, node *a, node *b);

/*
The squared distance of each row of `a` to the same row of `b`: n x 1.
Cost: $O(nd)$. The triplet loss and the graph losses want just some pairs.
*/
node *row_distances(tape *t, node *a, node *b);

#endif
