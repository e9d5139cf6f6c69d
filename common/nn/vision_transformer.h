/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_VISION_TRANSFORMER_H
#define NN_VISION_TRANSFORMER_H

#include "base/image.h"
#include "nn/dense.h"
#include "nn/layer_norm.h"

/*
# A vision transformer

An image is cut into patches, each becomes a token of `width` numbers, and blocks let the tokens of an image look at each
other (Dosovitskiy et al. 2020):

    x = embedding(patches) + positions
    x = x + attention(norm 1(x)), x = x + mlp(norm 2(x))         depth times
    features = norm(mean over tokens of x)

The mlp has `ratio` x width units with GELU between two dense layers. There is no class token: the mean of the tokens stands
for the image, as in fine-tuned masked autoencoders (He et al. 2022). In training each of the two branches of block i is left
out for some images with probability `drop_path` i / (depth - 1); where there is one block alone, it never is.

    vision_transformer v;
    vision_transformer_init(&v, (transformer_shape){ { 32, 32, 3 }, .patch = 4, .width = 96, .depth = 6, .heads = 3,
                                                      .ratio = 4, .drop_path = .1 }, memory);
    vision_transformer_start(&v, rng);
    node *features = vision_transformer_apply(t, &v, x, rng);      n x width
*/
enum { TRANSFORMER_BLOCKS = 12, TRANSFORMER_PARAMETERS = 12 * TRANSFORMER_BLOCKS + 5 };

typedef struct transformer_shape {
    image in;
    size_t patch, width, depth, heads, ratio;
    double drop_path;
} transformer_shape;

typedef struct transformer_block {
    layer_norm norm1, norm2;
    dense_layer qkv, out, up, down;
} transformer_block;

typedef struct vision_transformer {
    transformer_shape shape;
    size_t tokens;
    dense_layer embedding;
    parameter position;            /* tokens x width */
    transformer_block block[TRANSFORMER_BLOCKS];
    layer_norm norm;
    size_t count;
    parameter *parameters[TRANSFORMER_PARAMETERS];
    size_t layer_of[TRANSFORMER_PARAMETERS];   /* 0: embedding and positions; 1 to depth: blocks; depth + 1: the last norm */
} vision_transformer;

/* `v` is filled in place (its parameters are pointed to). The weights are not set yet. */
void vision_transformer_init(vision_transformer *v, transformer_shape shape, arena *memory);

/* Xavier's weights, biases 0, positions from N(0, .02^2). */
void vision_transformer_start(vision_transformer *v, gsl_rng *rng);

/* `rng` draws what is left out; NULL in inference, where nothing is. */
node *vision_transformer_apply(tape *t, vision_transformer *v, node *images, gsl_rng *rng);

#endif
