/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_KEEP_H
#define RUN_KEEP_H

#include "data/batches.h"
#include "nn/optimizer.h"
#include "run/checkpoint.h"

/*
# What a training leaves in a checkpoint

Weights, what the optimizer remembers, and where the data are: a training that gets all three back goes on with the very
step that was due (`run/checkpoint.h`).
*/

/* The values of `count` parameters, under their names. */
void keep_parameters(checkpoint *c, parameter *const *parameters, size_t count);

void keep_optimizer(checkpoint *c, const char *name, optimizer *o);

/* The order of this epoch, the place in it, and the stream that draws the next. */
void keep_batches(checkpoint *c, batches *b);

#endif
