/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_MINGLING_H
#define FROSST2019_MINGLING_H

#include "gan.h"

/*
# How entangled are real and synthetic images?

"We are no longer calculating the entanglement of a training batch, but the entanglement between a batch of real
data and a batch of synthetic data" (3.2): the soft nearest neighbour loss of both together, in equal numbers, with the
labels *real* and *synthetic*, on the pixels, at its best temperature. It is near 0 while one is easily told from the other.
At a high temperature all images are neighbours alike, and the loss is $-\log \frac{n-1}{2n-1}$, a little above
$\log 2$, whatever they look like; so the least over all temperatures is no more than that: what perfect mixing is worth.

The real images and the noise are the same at every look, so that what changes from look to look is the generator.
*/
typedef struct mingling {
    size_t n;                      /* of either kind */
    mat noise, both;               /* real above synthetic */
    int *label;                    /* 2 n: 0 and 1 */
} mingling;

/* Draws `n` of the real images. */
mingling mingling_new(const run *r, examples from, size_t n, arena *memory);

/* Takes a look: paints anew, and writes "snnl" at the step where the game is; the first look is kept for the conclusion.
   Returns the loss. */
double mingling_look(mingling *m, gan *g, const char *series);

/* After the last look: "snnl_start", "snnl_end", and "rise" from the one to the other. */
void mingling_conclude(const gan *g, const char *series, double last);

#endif
