/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_DEEPER_GCN_H
#define HUGGER2024_DEEPER_GCN_H

#include "nn/dense.h"
#include "nn/layer_norm.h"
#include "nn/sparse.h"

/*
# A deep network on a graph

DeeperGCN (Li et al. 2020): a dense layer on the words of a node, then `layers` rounds in which a node hears its neighbours. A
round (GENConv) adds what they say to what the node knows and puts the sum through a network of its own:

    conv(h) = down(relu(norm(up(h + aggregate(relu(h))))))

`aggregate` is the softmax aggregation of `nn/sparse.h`, each round with its own $\tau$ (1 at first); `up` doubles the width, `down`
brings it back. All rounds but the first are residual, in the order that made depth possible ("res+"):

    h <- h + conv(dropout(relu(norm(h))))

and the scores are a dense layer on dropout(relu(norm(h))). The published layer also adds $10^{-7}$ to messages, which matters to
another way to aggregate; and its first layer has a bias, ours has none.
*/
enum { GCN_LAYERS = 32, GCN_PARAMETERS = 9 * GCN_LAYERS + 5 };

typedef struct gcn_shape { size_t words, width, layers, classes; double dropout; } gcn_shape;

typedef struct gcn_layer {
    layer_norm before, inside;              /* the first layer has none before */
    dense_layer up, down;
    parameter tau;
} gcn_layer;

typedef struct deeper_gcn {
    gcn_shape shape;
    parameter encoder;                      /* words x width */
    gcn_layer layer[GCN_LAYERS];
    layer_norm last;
    dense_layer scores;
    size_t count;
    parameter *parameters[GCN_PARAMETERS];
} deeper_gcn;

/* Filled in place; the weights are not set yet. */
void deeper_gcn_init(deeper_gcn *g, gcn_shape shape, arena *memory);

/* As PyTorch starts dense layers. */
void deeper_gcn_start(deeper_gcn *g, gsl_rng *rng);

/* The scores of all nodes. `rng` draws what is dropped in training; NULL in inference. */
node *deeper_gcn_apply(tape *t, deeper_gcn *g, csr words, csr graph, gsl_rng *rng);

#endif
