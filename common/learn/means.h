/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_MEANS_H
#define LEARN_MEANS_H

#include "base/arena.h"

/*
# The mean of many rows

A float that has added up 60,000 numbers has lost two or three of its seven
digits, so rows are added in double. They are added piece by piece, and the
pieces, whose number is fixed, in their order: the same bytes at any number of
threads.
*/

/* mean[f] = the mean of column f of `x`, for each of its d columns. O(nd). */
void column_means(double *mean, mat x, arena *scratch);

/* sum += x, for a row of `d` numbers. */
void row_add(double *sum, const real *x, size_t d);

#endif
