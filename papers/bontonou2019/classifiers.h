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
in Euclidean distance. The paper does not say. Nor does it say C and $\gamma$ of the support vectors, which we
take for the defaults of scikit-learn: C = 1, and

| $\gamma$ | in d dimensions | default of scikit-learn |
|----------|-----------------|------------------------|
| `GAMMA_AUTO` | 1 / d | until 0.21, the version of the paper's year |
| `GAMMA_SCALE` | 1 / (d times the variance of all numbers) | from 0.22, December 2019 |

On the sphere the variance is at most 1 / d, so the second is 1 or more, d times the first or more.

Errors are in percent, as in the paper's tables.
*/
double error_of(const int *answer, const int *y, size_t n);

/* Of the largest score in each row. */
double error_of_scores(mat scores, const int *y);

/* Of 1 and of 10 neighbours; `places` are the training examples' (`places.x`, n x d) with their labels. */
typedef struct neighbour_errors { double one, ten; } neighbour_errors;
neighbour_errors error_of_neighbours(mat test, const int *y, examples places, arena *scratch);

typedef enum { GAMMA_AUTO, GAMMA_SCALE } gamma_rule;
double error_of_svc(mat test, const int *y, examples places, gamma_rule gamma, arena *scratch);

#endif
