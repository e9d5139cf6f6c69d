/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_CLASSIFIERS_H
#define BONTONOU2019_CLASSIFIERS_H

#include "base/arena.h"
#include "data/dataset.h"

/*
# From places to classes

A place is no answer. "We add a simple classifier on top of the network": the nearest training examples vote, or
support vectors divide the space (`learn/knn_classifier.h`, `learn/svc.h`). Scores are their own classifier: the
largest one wins.

All classifiers know the training set as the trained network sees it without augmentation; neighbours are near
in Euclidean distance, and C = 1 and $\gamma$ of the support vectors are scikit-learn's defaults. The paper does
not say.

Errors are in percent, as in the paper's tables.
*/
double error_of(const int *answer, const int *y, size_t n);

/* Of the largest score in each row. */
double error_of_scores(mat scores, const int *y);

/* Of 1 and of 10 neighbours; `places` are the training examples' (`places.x`, n x d) with their labels. */
typedef struct neighbour_errors { double one, ten; } neighbour_errors;
neighbour_errors error_of_neighbours(mat test, const int *y, examples places, arena *scratch);

double error_of_svc(mat test, const int *y, examples places, arena *scratch);

#endif
