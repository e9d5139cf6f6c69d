/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_ATTENTION_H
#define NN_ATTENTION_H

#include "base/image.h"
#include "tape/tape.h"

/*
# Multi-head attention

A *token* is a row of d numbers, an example T rows in succession. Each of `heads` heads has its own d / heads columns of
queries Q, keys K and values V, and mixes the values of an example's tokens (Vaswani et al. 2017):

$$ y = \mathrm{softmax} \left( \frac{Q K^\top}{\sqrt{d / \text{heads}}} \right) V, $$

the softmax being over the keys. `qkv` is nT x 3d, queries, keys and values side by side as one dense layer makes them, y
is nT x d. Cost: $4 n T^2 d$ flops, $8 n T^2 d$ backward, and n heads T^2 numbers that are kept.
*/
node *attention(tape *t, node *qkv, size_t tokens, size_t heads);

/*
# Images as tokens

Squares of `patch` pixels a side, row after row: `x` is n x image_size(shape), y is nT x (patch x patch x channels), with
T = (height / patch) (width / patch), both without remainder. A dense layer on top is the patch embedding.
*/
node *patches(tape *t, node *x, image shape, size_t patch);

/* Adds row i of `position` (T x d) to the i-th token of each example. */
node *add_positions(tape *t, node *x, node *position);

/* The mean of each example's tokens: n x d. */
node *token_mean(tape *t, node *x, size_t tokens);

#endif
