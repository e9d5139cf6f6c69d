/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_CLASSIFIER_H
#define HUGGER2024_CLASSIFIER_H

#include "nn/batch_norm.h"
#include "nn/convolution.h"
#include "nn/vision_transformer.h"
#include "run/checkpoint.h"

/*
# A body and a head

The paper fine-tunes a ViT-B/16 that was trained before as a masked autoencoder, on the 1.28 million images of ImageNet-1k. Those
weights are not ours to have, so we train small networks from scratch:

| body | what it is |
|------|------------|
| `TRANSFORMER` | a small vision transformer (`nn/vision_transformer.h`) |
| `CONVOLUTIONS` | three 3 x 3 convolutions of c, 2c and 4c filters with batch normalisation and ReLU, two max pools, a mean over all pixels |
| `NO_BODY` | features that are given |

and on top the paper's head: three dense layers without bias, each followed by batch normalisation, the first two by
ReLU; the last normalisation has no scale of its own. `hidden` 0 makes it one dense layer with a bias.
*/
typedef enum { NO_BODY, TRANSFORMER, CONVOLUTIONS } body_kind;

typedef struct classifier_shape {
    body_kind body;
    transformer_shape transformer;
    image in;                      /* features of NO_BODY are 1 x 1 x d */
    size_t filters, hidden, classes;
} classifier_shape;

/* No body has more parameters than the transformer; a head has a matrix a layer, and a scale and a shift for each but the last. */
enum { HEAD_LAYERS = 3, BODY_CONVOLUTIONS = 3, CLASSIFIER_PARAMETERS = TRANSFORMER_PARAMETERS + 3 * HEAD_LAYERS - 2 };

typedef struct classifier {
    classifier_shape shape;
    vision_transformer transformer;
    convolution_layer convolution[BODY_CONVOLUTIONS];
    batch_norm body_norm[BODY_CONVOLUTIONS];
    size_t layers;                             /* of the head */
    parameter head[HEAD_LAYERS], bias;         /* a bias where there is one layer */
    batch_norm head_norm[HEAD_LAYERS];
    size_t count, depth;                       /* parameters; layers from the input to the head */
    parameter *parameters[CLASSIFIER_PARAMETERS];
    size_t layer_of[CLASSIFIER_PARAMETERS];    /* from 0, the first, to depth, the head */
} classifier;

/* `c` is filled in place. The weights are not set yet. */
void classifier_init(classifier *c, const classifier_shape *shape, arena *memory);
void classifier_start(classifier *c, gsl_rng *rng);
void classifier_keep(classifier *c, checkpoint *k);

/* Is parameter i one that weight decay pulls to 0? Matrices are, but for the positions of the transformer, as in the authors' code;
   biases, scales and shifts are not. */
bool classifier_decays(const classifier *c, size_t i);

/* The scores, n x classes. `rng` draws which paths are dropped in training. */
node *classifier_apply(tape *t, classifier *c, node *x, batch_norm_mode mode, gsl_rng *rng);

/* In inference, of any number of rows: scores is n x classes. */
void classifier_scores(classifier *c, tape *t, mat scores, mat x);

#endif
