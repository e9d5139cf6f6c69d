/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_LOSSES_H
#define NN_LOSSES_H

#include "tape/tape.h"

/*
# Two cross-entropies

Both take scores before their squashing function ("logits"), because logarithm
and exponential undo each other there: neither a large nor a small score
overflows. Both return 1 x 1.
*/

/* p (k numbers, which may be z) becomes the softmax of z; returns $\log \sum_j e^{z_j}$. */
real softmax_row(real *p, const real *z, size_t k);

/*
Softmax and cross-entropy, averaged over the n rows of `z` (n x k), for labels
from 0 to k - 1:

$$ L = \frac1n \sum_i \Big( \log \sum_j e^{z_{ij}} - z_{i y_i} \Big). $$
*/
node *cross_entropy(tape *t, node *z, const int *labels);

/*
Sigmoid and binary cross-entropy against `target` (the shape of `z`, values from
0 to 1), averaged over *all elements*; the sum over the features of a row is
`scale()` by their number:

$$ L = \frac{1}{nd} \sum_{ij} \left( \max(z, 0) - z x + \log (1 + e^{-|z|}) \right). $$
*/
node *binary_cross_entropy(tape *t, node *z, mat target);

#endif
