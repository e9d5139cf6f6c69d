/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TAPE_ARITHMETIC_H
#define TAPE_ARITHMETIC_H

#include "tape/tape.h"

/*
# Sums, pieces and rows

The operations that glue a model together. Each returns a new node.
*/

/* $y = a + b$, equal shapes. */
node *add(tape *t, node *a, node *b);

/* $y = c\,x$ for a constant c. */
node *scale(tape *t, node *x, double c);

/* Rows of `a`, then rows of `b`; equal columns. */
node *concat_rows(tape *t, node *a, node *b);

/* Each row of `a` followed by the same row of `b`; equal rows. */
node *concat_cols(tape *t, node *a, node *b);

/* The `count` columns that start at `first`: a split is two of these. */
node *take_cols(tape *t, node *x, size_t first, size_t count);

/* The rows with these numbers, each as often as it is named; `index` is borrowed until the tape is reset. */
node *gather_rows(tape *t, node *x, const size_t *index, size_t count);

/* $y = 1/n \sum_i x_i$ over all elements: 1 x 1. */
node *mean_all(tape *t, node *x);

/* The smallest of `count` scalars; the gradient flows into the winner alone
   (the first of equals). NaN wins over every number. */
node *smallest(tape *t, node *const *scalars, size_t count);

/*
$u_i = x_i / \sqrt{|x_i|^2 + \varepsilon}$, each row brought to length 1
($\varepsilon = 10^{-12}$ keeps a row of zeros at zero).
*/
node *normalise_rows(tape *t, node *x);

/* The squared distance of each row of `a` to the same row of `b`, equal shapes: n x 1. */
node *row_distances(tape *t, node *a, node *b);

#endif
