/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_GELU_H
#define NN_GELU_H

#include "tape/tape.h"

/*
# GELU

$y = x\, \Phi(x)$ with $\Phi$ the distribution function of the normal distribution, element by element (Hendrycks and
Gimpel 2016): what transformers have in the place of ReLU. It falls before it rises, so its derivative cannot be read off its
output as those of `nn/activation.h` can, and it is an operation of its own, which keeps x.
*/
node *gelu(tape *t, node *x);

#endif
