/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_RESIDUAL_H
#define NN_RESIDUAL_H

#include "nn/batch_norm.h"
#include "nn/convolution.h"
#include "nn/dense.h"

/*
# Residual networks with pre-activation

A block adds to its input what two convolutions make of it (He et al. 2016, "Identity
mappings in deep residual networks"), each after its normalisation and ReLU:

    h = relu(norm 1(x))
    y = shortcut + conv 2(relu(norm 2(conv 1(h))))

The shortcut is x itself, or, where the block halves the image or changes the number of
channels, a 1 x 1 convolution of h. No convolution has a bias.
*/
typedef struct residual_block {
    batch_norm norm1, norm2;
    convolution_layer conv1, conv2, shortcut;
    bool projects;                 /* is there a convolution in the shortcut? */
} residual_block;

/*
# The whole network

A 3 x 3 convolution to `widths[0]` channels, then *stages* of blocks. A stage has blocks of one
width, and the first block of all stages but the first halves the image. At the end, a
normalisation and ReLU (or not), the mean over all pixels, and a dense layer.

    residual_network net;
    residual_network_init(&net, &(residual_shape){
        .in = { 32, 32, 3 }, .stages = 4, .blocks = { 2, 2, 2, 2 }, .widths = { 64, 128, 256, 512 },
        .classes = 10 }, memory);
    residual_network_start(&net, rng);
    residual_nodes h = residual_network_apply(t, &net, x, TRAINING);    h.scores

With these numbers it is the PreActResNet-18 that is trained on CIFAR-10 everywhere. He et al. end with
`last_norm`; without it the last sum goes into the mean as it is, or through a ReLU alone.
*/
enum { RESIDUAL_STAGES = 4, RESIDUAL_BLOCKS = 16, RESIDUAL_LAYERS = 2 * RESIDUAL_BLOCKS + 1 };

typedef struct residual_shape {
    image in;
    size_t stages, blocks[RESIDUAL_STAGES], widths[RESIDUAL_STAGES], classes;
    bool last_norm, last_relu;     /* a norm ends in a ReLU; `last_relu` is for a network without one */
} residual_shape;

typedef struct residual_network {
    residual_shape shape;
    convolution_layer stem;
    size_t blocks;
    residual_block block[RESIDUAL_BLOCKS];
    size_t stage_of[RESIDUAL_BLOCKS];
    batch_norm norm;
    dense_layer scores;
    image last;                    /* what the mean is taken of */
    size_t count;
    parameter *parameters[7 * RESIDUAL_BLOCKS + 5];
} residual_network;

/* `net` is filled in place (its parameters are pointed to). Weights and running means live in
   `memory`; the weights are not set yet. */
void residual_network_init(residual_network *net, const residual_shape *shape, arena *memory);

/* He's normal weights, and normalisations at their start. */
void residual_network_start(residual_network *net, gsl_rng *rng);

/* The running means of normalisation `i`, counted from 0: a checkpoint keeps them beside the
   parameters. NULL after the last. */
batch_norm *residual_network_norm(residual_network *net, size_t i);

/*
What a pass leaves: the scores, n x classes; the features below them; and what each convolution
passes on, in order: that of the stem, then for every block what `conv 1` made of its input, and the
block's output. Block i, of stage stage_of[i], is layers 2 i + 1 and 2 i + 2, all counted from 0.
*/
typedef struct residual_nodes {
    node *scores, *features;
    size_t layers;
    node *layer[RESIDUAL_LAYERS];
} residual_nodes;
residual_nodes residual_network_apply(tape *t, residual_network *net, node *x, batch_norm_mode mode);

#endif
