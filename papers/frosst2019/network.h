/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_NETWORK_H
#define FROSST2019_NETWORK_H

#include <gsl/gsl_rng.h>

#include "data/dataset.h"
#include "learn/attack.h"
#include "nn/batch_norm.h"
#include "run/checkpoint.h"

/*
# A classifier with its layers in view

The paper asks of every network the same: the scores of a batch, and what each hidden layer makes
of it. So a network is a struct of functions: `papers/frosst2019/cnn.h` has a small convolutional
one, `papers/frosst2019/resnet.h` a residual one. Logits are no hidden layer (equation 3).
*/
enum { MOST_LAYERS = 32 };

typedef struct outputs {
    node *scores;                  /* n x classes */
    size_t layers;
    node *layer[MOST_LAYERS + 1];  /* n x the size of the layer, from the input on; one to spare, for `network_layers` */
} outputs;

typedef struct network {
    void *model;
    outputs (*apply)(tape *t, void *model, node *x, batch_norm_mode mode);
    void (*start)(void *model, gsl_rng *rng);          /* draws first weights */
    void (*keep)(void *model, checkpoint *c);          /* what is not a parameter; NULL: nothing */
    size_t layers, count;
    parameter **parameters;        /* count of them */
} network;

/* Names all that a network is made of: for a checkpoint, or for `run/trained.h`. */
void network_keep(void *net, checkpoint *c);

/*
# Evaluation

Accuracy, and cross-entropy in nats, on a set of examples: in blocks, in inference. The tape is
reset.
*/
typedef struct evaluation { double accuracy, cross_entropy; } evaluation;
evaluation network_evaluate(const network *net, tape *t, examples of);

/* y[i] = the class of the largest score of row i. The tape is reset. */
void network_answers(int *y, const network *net, tape *t, mat x);

/* In inference; the scores are the last of the layers. The tape keeps them until it is reset. */
outputs network_layers(const network *net, tape *t, mat x);

/* What layer `layer` makes of the rows of x, in blocks, in inference: x.rows x its size, in `memory`.
   `net->layers` is the layer of the scores. The tape is reset. */
mat network_layer(const network *net, size_t layer, mat x, tape *t, arena *memory);

/* The network as a victim of attacks. */
attack_victim network_victim(network *net);

/* Fills `bad` with what `attack_pgd` makes of the rows of x, in blocks. The tape is reset. */
void network_attack(mat bad, network *net, mat x, const int *y, attack how, gsl_rng *rng, tape *t);

#endif
