/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_RECOMPUTE_H
#define JACOBSEN2019_RECOMPUTE_H

#include "block.h"

/*
# Blocks of which nothing is stored

On the way back every operation asks what it was given, and a tape has kept that, block after block: the memory of a training
grows with the depth of its network. But a block is a bijection. From the last output everything comes back, block by
block, as it is asked for (Gomez et al. 2017). Memory no longer grows with the number of blocks, and the price is
that the function of every coupling is worked out a second time.

    node *y = blocks_apply(t, again, blocks, count, x, &logdet);

gives the output, the log-determinant and the gradients of `count` calls of `block_apply` in TRAINING, up to the rounding of
the inverse. `again` is another tape, empty, and borrowed until `t` is reset. `tape_backward` leaves x where y was.
*/
node *blocks_apply(tape *t, tape *again, block *blocks, size_t count, node *x, node **logdet);

#endif
