/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef AGARAP2020_EVALUATION_H
#define AGARAP2020_EVALUATION_H

#include "data/dataset.h"
#include "learn/kmeans.h"
#include "run/run.h"
#include "training.h"

/*
# How the paper judges codes

k-means, started by k-means++, is fitted on the codes of the training examples; the
test codes then go to their nearest centre. The paper runs it nine times, with 10, 20,
..., 90 iterations at most, and reports the ninth. Six measures look at the test set
alone: accuracy, NMI and ARI compare clusters with classes; silhouette,
Calinski-Harabasz score and Davies-Bouldin index look at how round and how far apart
the clusters are.

All of it is written as rows of the result, under the name `series` and at `x`; a measure
without a value (there is but one cluster) has no row. k-means draws from a stream of its
own, named after the series.
*/

/* k clusters of the rows of `fit`, by the protocol's k-means. */
kmeans evaluation_kmeans(run *r, const char *series, mat fit, size_t k, arena *memory);

/* The six measures of the clustering `found` of `z`, or, where `y` is NULL, the three that
   need no classes. */
void evaluate_clusters(run *r, const char *series, double x, mat z, const int *found,
                       const int *y, arena *scratch);

/* k-means fitted on the codes that the trained network makes of `from`, and the six
   measures of those of `test`. */
void evaluate_codes(trainer *m, const char *series, double x, examples from, examples test,
                    size_t classes, arena *scratch);

/* "Original", the row without a network: the first principal components of the pixels,
   as many as the code has units. */
void evaluate_pixels(run *r, examples from, examples test, size_t classes, arena *scratch);

#endif
