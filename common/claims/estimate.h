/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_ESTIMATE_H
#define CLAIMS_ESTIMATE_H

#include <stddef.h>

/*
# A mean, and how well we know it

From $n$ seeds come the mean $\bar x$, the variance of that mean $s^2/n$ and
the degrees of freedom $n - 1$ behind it. A published number has the same
three, or no variance at all when the paper gives none: then it is taken as
exact, in our disfavour, because its own noise is counted as our difference.

    estimate ours = estimate_of(x, n);
    estimate theirs = estimate_published(91.2, 0.4, 5);
    interval d = interval_difference(ours, theirs, 0.90);
*/
typedef struct estimate { double mean, variance, df; } estimate;
typedef struct interval { double mean, low, high; } interval;

/* From n >= 1 values. With one value the variance is NaN: one seed says
   nothing about the spread of seeds. */
estimate estimate_of(const double *x, size_t n);

/* A published mean with the standard deviation of its n >= 2 runs. */
estimate estimate_published(double mean, double sd, size_t n);

/* A number without noise. */
estimate estimate_exact(double mean);

/* The standard deviation of n >= 2 values (n - 1 below). */
double sample_sd(const double *x, size_t n);

/*
The two-sided `confidence` interval of a - b (Welch); both ends are NaN if
either variance is. Its lower end alone is the one-sided bound of confidence
(1 + confidence) / 2, so one interval at 0.90 serves both the equivalence
test and the one-sided tests at level 0.05.
*/
interval interval_difference(estimate a, estimate b, double confidence);

/* The same of a alone. */
interval interval_mean(estimate a, double confidence);

/*
The expected best of `of` runs drawn without replacement from the n >= `of`
values: the plain best if `of` = n. `sign` is 1 if the largest is the best,
-1 if the smallest. O(n log n); sorts x.
*/
double best_of(double *x, size_t n, size_t of, int sign);

#endif
