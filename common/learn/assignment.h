/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_ASSIGNMENT_H
#define LEARN_ASSIGNMENT_H

#include "base/arena.h"

/*
# Pairing rows with columns

Given an n x n table of weights, give every row a column of its own such that
the sum of the chosen weights is as large as possible. Clustering accuracy is
such a sum: rows are clusters, columns are classes, a weight counts the
examples that the two share.

    double hits = assignment_maximum(class_of, shared, k, a);

- `column` (out): n, the column of each row;
- `weight`: n x n, row after row, finite, of any sign.

Returns the sum of the chosen weights. Of several best pairings the same one
is always chosen. Cost: O(n^3) time, O(n) memory.

Source: Kuhn's Hungarian method (1955), as the shortest augmenting paths of
Jonker and Volgenant (1987).
*/
double assignment_maximum(size_t *column, const double *weight, size_t n, arena *scratch);

#endif
