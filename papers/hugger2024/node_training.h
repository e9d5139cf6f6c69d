/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_NODE_TRAINING_H
#define HUGGER2024_NODE_TRAINING_H

#include "data/batches.h"
#include "data/graph.h"
#include "deeper_gcn.h"
#include "losses.h"
#include "nn/optimizer.h"
#include "run/run.h"

/*
# Nodes by cross-validation, five losses

Each loss trains a network for each fold of a graph: on the labels of all nodes but the fold's, with words and edges of all. A batch
is some of these labels, which are noise to each other; were it all of them, InfoNCE would be NLL but for rounding
(`losses.h`), because then each class is in the batch just as often as expected. In the end every node has scores from a network that has not seen its
label.

In each step edges are left out and others put in, words are left out, and some nodes lose all theirs. Hard losses see labels and
soft ones smoothed labels, and train for longer, as in the paper.

    node_trainer m;
    node_trainer_init(&m, r, &graph, &how, memory);
    ... run_resume(r) ...
    node_train(&m, kind, fold, done, total);      or goes on with it, to the end; m.scores has the fold's

The folds, the first weights and what is left out are the seed's, the same for each loss: labels are drawn from soft targets by a
stream of their own.
*/
typedef struct node_recipe {
    size_t folds, batch, hard_epochs, soft_epochs, layers, width;
    double rate, smoothing, dropout;
    double drop_edges, add_edges, drop_words, mask_nodes;      /* shares */
} node_recipe;

typedef struct node_trainer {
    run *r;
    const graph *of;
    node_recipe how;
    tape *t;
    deeper_gcn net;
    optimizer *o;
    batches data;
    gsl_rng *order, *noise, *labels;           /* `labels` draws from soft targets */
    size_t *fold, *index;                      /* of each node; the nodes that are trained on */
    int *y;                                    /* the labels of a batch */
    csr all;                                   /* the graph as it is */
    mat scores, log_eta;                       /* nodes x classes; 1 x classes, of those that are trained on */
    size_t begun, step;
} node_trainer;

/* `graph` and `m` stay where they are. */
void node_trainer_init(node_trainer *m, run *r, const graph *of, const node_recipe *how, arena *memory);
void node_trainer_free(node_trainer *m);

/* How many epochs a fold takes. */
size_t node_epochs(const node_recipe *how, loss_kind kind);

/* `done` and `total` are for the progress that is shown: epochs before this training, and of all. */
void node_train(node_trainer *m, loss_kind kind, size_t fold, size_t done, size_t total);

#endif
