/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_PARAMETER_H
#define NN_PARAMETER_H

#include <gsl/gsl_rng.h>

#include "tape/tape.h"

/*
# Parameters

A parameter called `layer`.`part`, of zeros; its memory and its name live in the arena.
*/
parameter parameter_new(arena *memory, const char *layer, const char *part, size_t rows, size_t cols);

/* "block 3 norm 1" for block 2: what such a layer is called. The name lives in the arena. */
const char *block_layer_name(arena *memory, size_t block, const char *layer);

/*
# Where weights begin

`w` is inputs x outputs; "fan in" is its rows, "fan out" its columns.

| name | draws from | source |
|------|-----------|--------|
| `init_he` | normal, sd $\sqrt{2 / \text{fan in}}$ | He et al. 2015 |
| `init_xavier` | uniform, $\pm\sqrt{6 / (\text{fan in} + \text{fan out})}$ | Glorot and Bengio 2010 |
| `init_fan_in` | uniform, $\pm 1/\sqrt{\text{fan in}}$; for biases, as PyTorch does | |
*/
void init_he(gsl_rng *rng, mat w);
void init_xavier(gsl_rng *rng, mat w);
void init_fan_in(gsl_rng *rng, mat b, size_t fan_in);

#endif
