/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_TRIPLET_H
#define LEARN_TRIPLET_H

#include <gsl/gsl_rng.h>

#include "tape/tape.h"

/*
# The triplet loss

Every point is an anchor $a_i$ with one positive $p_i$ of its class and one
negative $n_i$ of another, and wants the first nearer than the second by a margin
$\alpha$ (Frosst et al. 2019, equation 4):

$$ L = \sum_i \max \left( 0,\; |a_i - p_i|^2 - |a_i - n_i|^2 + \alpha \right). $$

`x` is b x d; `positive[i]` and `negative[i]` are rows of x, and the two arrays are
borrowed until the tape is reset. Returns 1 x 1.
Cost: $O(bd)$.
*/
node *triplet_loss(tape *t, node *x, const size_t *positive, const size_t *negative,
                   double margin);

/*
Draws for each of the b points a positive and a negative, uniformly; a point that is alone
in its class is its own positive. There must be two classes. Cost: $b^2$
comparisons of labels, and some draws for each point.
*/
void triplet_sample(size_t *positive, size_t *negative, gsl_rng *rng,
                    const int *labels, size_t b);

#endif
