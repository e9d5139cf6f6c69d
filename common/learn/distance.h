/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_DISTANCE_H
#define LEARN_DISTANCE_H

#include "base/mat.h"

/*
# The yardstick

Distances by their definition, for few pairs or to check what is faster: the
differences are taken in double, so nothing cancels, whatever the offset of
the data, and the result is good to the last bits of a `real`.

    double near = sqrt(distance_squared(mat_row(x, i), mat_row(x, j), x.cols));
*/

/* The squared Euclidean distance of two rows of `d` numbers. O(d). */
double distance_squared(const real *a, const real *b, size_t d);

/* The squared length of a row of `d` numbers. O(d). */
double length_squared(const real *a, size_t d);

/* norm[i] = the squared length of row i of `x`, summed in double. O(nd). */
void squared_norms(real *norm, mat x);

#endif
