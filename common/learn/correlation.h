/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_CORRELATION_H
#define LEARN_CORRELATION_H

#include <stddef.h>

/*
# Do two courses go together?

Pearson's correlation of n pairs, and Spearman's, which is Pearson's of their ranks: 1 where one rises whenever the
other does. Where one of them does not vary neither is defined; we say 0.
*/
double correlation(const double *a, const double *b, size_t n);
double rank_correlation(const double *a, const double *b, size_t n);

#endif
