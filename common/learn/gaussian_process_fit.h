/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_GAUSSIAN_PROCESS_FIT_H
#define LEARN_GAUSSIAN_PROCESS_FIT_H

#include "learn/gaussian_process.h"

/*
# The prior that fits

How smooth, how large and how noisy a function is, from observations of it.

    gp_prior prior = gp_fit(&seen, a);

Few observations say little about that. So every number of the prior is believed to be
within a factor of 7 or so of a middle value (in the .c), unless the observations insist.
*/

/* The prior under which the observations and that belief are the most likely. The same
   data give the same prior. Cost: some hundred likelihoods with gradients. */
gp_prior gp_fit(const gp_data *seen, arena *scratch);

/* log p(z), of the standardised observations alone. `gradient`, unless it is NULL, gets the
   derivatives by log signal, log noise and the d log scales. Cost: $n^3 / 3$ flops; $n^3$
   and $(d + 2) n^2$ with the gradient. */
double gp_log_likelihood(double *gradient, const gp_prior *prior, const gp_data *seen,
                         arena *scratch);

#endif
