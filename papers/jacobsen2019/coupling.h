/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_COUPLING_H
#define JACOBSEN2019_COUPLING_H

#include "bottleneck.h"

/*
# Couplings

The channels are halved, $x = (x_1, x_2)$. One half stays as it is, and decides what happens to the other:

| kind | forward | back | $\log \lvert \det J \rvert$ |
|------|---------|------|------|
| `ADDITIVE` | $y_2 = x_2 + F(x_1)$ | $x_2 = y_2 - F(y_1)$ | 0 |
| `AFFINE` | $y_2 = (x_2 + t(x_1))\, g(x_1)$ | $x_2 = y_2 / g(y_1) - t(y_1)$ | $\sum \log g$ |

The way back needs no inverse of F, only $y_1 = x_1$: that is the whole trick (Dinh et al. 2015, 2017). Of an
affine one F gives t and r, and $g = \sigma(r + 2)$ as in Glow: never 0, and close to 1 at the start.
*/
typedef enum { ADDITIVE, AFFINE } coupling_kind;

typedef struct coupling {
    coupling_kind kind;
    image in;
    size_t changed, read;          /* the first channel of either half */
    bottleneck f;
} coupling;

typedef enum { FIRST_HALF, SECOND_HALF } coupling_half;

/* Changes that half; `units` are those of the bottleneck. */
coupling coupling_new(arena *memory, const char *name, image in, coupling_kind kind, coupling_half half, size_t units);
node *coupling_apply(tape *t, coupling *c, node *x, batch_norm_mode mode, node **logdet);

/* The same in training a second time, of an `x` whose value is what came *out*: the half that decides has not changed, and so
   the value is brought back to what went in, in place. */
node *coupling_retrace(tape *t, coupling *c, node *x, node **logdet);

/* In place, with the running means of what was trained. `scratch` is left empty. */
void coupling_invert(coupling *c, mat x, tape *scratch);

/*
# The operations

`h` is what F made: as many channels as are changed, from `first` on; of an affine coupling all t, then all r.
*/
node *couple_additive(tape *t, node *x, node *h, size_t channels, size_t first);
node *couple_affine(tape *t, node *x, node *h, size_t channels, size_t first);

/* $\frac1n \sum \log \sigma(r + 2)$ over all r of n examples: 1 x 1. */
node *log_gain(tape *t, node *h, size_t h_channels);

#endif
