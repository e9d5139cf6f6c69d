/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_DROPOUT_H
#define NN_DROPOUT_H

#include <gsl/gsl_rng.h>

#include "tape/tape.h"

/*
# Dropout

Each number of x is 0 with probability `rate`, and divided by 1 - rate otherwise, so that its
mean stays (Srivastava et al. 2014). Only for training: in inference leave it out. A number is
drawn from `rng` for each of x, in their order.
*/
node *dropout(tape *t, node *x, double rate, gsl_rng *rng);

/* The same for groups of `rows` rows at a time: a group is kept whole or is 0. Applied to what a residual block adds, it
   leaves the block out for some examples ("stochastic depth", Huang et al. 2016). */
node *drop_path(tape *t, node *x, size_t rows, double rate, gsl_rng *rng);

#endif
