/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_ANSWERS_H
#define JACOBSEN2019_ANSWERS_H

#include "base/mat.h"

/*
# Answers

A classifier answers with the class of the largest score.
*/

/* The place of the largest number of each row; the first of equals. */
void answers_of(int *found, mat scores);

/* The share of n answers that are equal. */
double agreement(const int *a, const int *b, size_t n);

/* How many of the answers are wrong, in percent. */
double percent_wrong(mat scores, const int *y);

/* The largest difference of two numbers in the same place; not a number if one is none. */
double largest_difference(mat a, mat b);

#endif
