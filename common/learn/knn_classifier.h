/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_KNN_CLASSIFIER_H
#define LEARN_KNN_CLASSIFIER_H

#include "base/arena.h"
#include "base/mat.h"

/*
# The nearest neighbour as a classifier

A measure of how well classes are separated that has no temperature and no
parameter: does a point's nearest neighbour carry its label?
*/

/* The share of the rows of `x` (n x d, n >= 2) whose nearest other row has the
   same label. Of equally near ones the first counts. Cost: $2n^2d$ flops. */
double knn_leave_one_out(mat x, const int *labels, arena *scratch);

#endif
