/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_BLOCK_H
#define JACOBSEN2019_BLOCK_H

#include "actnorm.h"
#include "coupling.h"
#include "mixing.h"

/*
# A block

Actnorm, mixing and a coupling, in this order; or a coupling alone, if it does not mix.
*/
typedef struct block {
    image in;
    bool mixes;
    actnorm norm;
    mixing mix;
    coupling couple;
} block;

/* The parameters live in `memory`; `name` is borrowed. */
block block_new(arena *memory, const char *name, image in, bool mixes, coupling_kind kind, coupling_half half, size_t units);
void block_start(block *b, gsl_rng *rng);
void block_keep(block *b, checkpoint *c);      /* what is not a parameter */

/* Puts its parameters at `to` and returns how many there are. */
enum { BLOCK_PARAMETERS = BOTTLENECK_PARAMETERS + 4 };
size_t block_parameters(block *b, parameter **to);

node *block_apply(tape *t, block *b, node *x, batch_norm_mode mode, node **logdet);

/* In place, with the running means of what was trained. `scratch` is left empty. */
void block_invert(block *b, mat x, tape *scratch, arena *a);

#endif
