/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_KNN_CLASSIFIER_H
#define LEARN_KNN_CLASSIFIER_H

#include "base/arena.h"
#include "base/mat.h"

/*
# Neighbours as a measure of separation

How well labels are separated, without a temperature, and without a map that may flatter: do a point's
nearest neighbours carry its label?
*/

/* The share of the k nearest other rows that have a row's label, averaged over the rows of `x`
   (n x d, n > k): 1 where labels are apart, and the label's own share of all where they are mixed.
   Of equally near rows the first ones count. Cost: $2n^2d$ flops. */
double knn_agreement(mat x, const int *labels, size_t k, arena *scratch);

/* With k = 1: the accuracy of the nearest neighbour as a classifier, leaving one out. */
double knn_leave_one_out(mat x, const int *labels, arena *scratch);

/* The label that most of the `k` neighbours of a point have, as `knn_search` finds them; of labels with equally
   many votes the one that comes first. O(k^2). */
int knn_vote(const size_t *nearest, size_t k, const int *labels);

#endif
