/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_SYNTHETIC_H
#define DATA_SYNTHETIC_H

#include <gsl/gsl_rng.h>

#include "base/mat.h"

/*
# Clouds of points

Small sets whose answer is known, for pictures and for tests.
*/

/* `x` (n x d) from a normal distribution N(0, 1), labels drawn uniformly below
   `classes`: there is nothing to learn, only something to move. */
void cloud_normal(mat x, int *labels, gsl_rng *rng, int classes);

/*
`classes` x `modes` round clusters of equal size: centres uniform in
$[-\mathit{reach}, \mathit{reach}]^d$, points normal about them with standard
deviation `sd`. `mode[i]` is the cluster of point i within its class. The number of
rows must be a multiple of classes x modes; the points come class by class.
*/
void cloud_modes(mat x, int *labels, int *mode, gsl_rng *rng, int classes, int modes,
                 double reach, double sd);

#endif
