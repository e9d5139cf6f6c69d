/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_ATTENTION_H
#define NN_ATTENTION_H

#include "tape/tape.h"

/*
# Multi-head attention

A *token* is a row of d numbers, an example T rows in succession. Each of `heads` heads has its own d / heads columns of
queries Q, keys K and values V, and mixes the values of an example's tokens (Vaswani et al. 2017):

$$ y = \mathrm{softmax} \left( \frac{Q K^\top}{\sqrt{d / \text{heads}}} \right) V, $$

the softmax being over the keys. `qkv` is nT x 3d, queries, keys and values side by side as one dense layer makes them, y
is nT x d. Cost: $4 n T^2 d$ flops, $8 n T^2 d$ backward; n heads T^2 numbers that are kept, and
T^2 a thread while backward works.
*/
node *attention(tape *t, node *qkv, size_t tokens, size_t heads);

#endif
