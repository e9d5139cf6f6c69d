/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_SPARSE_H
#define NN_SPARSE_H

#include "base/csr.h"
#include "tape/tape.h"

/*
# Layers on sparse matrices

What a sparse matrix says is data: there are gradients for what it is multiplied with, and none for itself. A matrix is borrowed
until the tape is reset.
*/

/* $y = Sw$ for S n x d, sparse, and w d x k; a dense layer on words. Cost: 2k flops an entry, forward and backward. */
node *sparse_dense(tape *t, csr s, node *w);

/*
# Softmax aggregation

What node i of a graph hears from its neighbours j, channel by channel: a mean of their messages m (n x d), in which the larger ones
weigh more, the more so the larger $\tau$ is (1 x 1, learned):

$$ y_{ic} = \sum_{j \in N(i)} p_{ijc}\, m_{jc}, \qquad p_{ijc} = \frac{e^{\tau m_{jc}}}{\sum_{l \in N(i)} e^{\tau m_{lc}}}. $$

With $\tau = 0$ it is the mean, with a large one the maximum (Li et al. 2020, "DeeperGCN: all you need to train deeper GCNs"). Who has
no neighbour hears 0. `graph` is symmetric, and its values are not looked at. Cost: an exponential an entry and channel,
forward and backward.
*/
node *softmax_aggregate(tape *t, node *m, node *tau, csr graph);

#endif
