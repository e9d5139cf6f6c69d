/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_TOKENS_H
#define NN_TOKENS_H

#include "base/image.h"
#include "tape/tape.h"

/*
# Images as tokens

What attention mixes (`nn/attention.h`) are here squares of `patch` pixels a side, row after row: `x` is
n x image_size(shape), y is nT x (patch x patch x channels), with T = (height / patch) (width / patch), both without
remainder. A dense layer on top is the patch embedding.
*/
node *patches(tape *t, node *x, image shape, size_t patch);

/* Adds row i of `position` (T x d) to the i-th token of each example. */
node *add_positions(tape *t, node *x, node *position);

/* The mean of each example's tokens: n x d. */
node *token_mean(tape *t, node *x, size_t tokens);

#endif
