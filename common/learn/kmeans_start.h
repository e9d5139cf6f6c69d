/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_KMEANS_START_H
#define LEARN_KMEANS_START_H

#include <gsl/gsl_rng.h>

#include "base/mat.h"

/*
# Where k-means starts: k-means++

Draws the rows of `centres` (k x d) among the rows of `x` (n x d), far from
each other. `far` lends memory for n numbers. Costs k - 1 readings of `x`.

Source: Arthur and Vassilvitskii, "k-means++: the advantages of careful
seeding" (2007).
*/
void kmeans_start(mat centres, mat x, double *far, gsl_rng *rng);

#endif
