/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_GAN_ENTANGLEMENT_H
#define FROSST2019_GAN_ENTANGLEMENT_H

#include "gan.h"

/*
# How entangled are real and synthetic images?

Section 3.2 asks it of a batch of real data and a batch of synthetic data instead of a batch of
the training set: the soft nearest neighbour loss of both together, in equal numbers, with the labels *real* and *synthetic*,
on the pixels, at its best temperature. It is near 0 while one is easily told from the other. At a high temperature all images are
neighbours alike, and the loss is $-\log \frac{n-1}{2n-1}$, a little above $\log 2$, whatever they look like; so the
least over all temperatures is no more than that: what perfect mixing is worth. We seek it up to ten times the mean
distance, where a loss that still falls may be a thousandth higher.

So the loss has a blind spot: a generator that makes the mean of all images, whatever the noise, reaches that
value too, for at a high temperature only means count. We measure beside it what needs no temperature: how
often the nearest neighbour of an image is of its own kind. Of mixed images it is every second time. A copy of the mean
has a copy for its neighbour always, and a real image a real one most of the time. Whether the images are good, and various, is another question
(`papers/frosst2019/sample_quality.h`).

The real images and the noise are the same at every look, so that what changes from look to look is the
generator.
*/
typedef struct gan_entanglement {
    size_t n, looks;               /* images of either kind; moments */
    mat noise, both;               /* real above synthetic */
    int *label;                    /* 2 n: 0 and 1 */
    double *loss, *step;           /* of each look of this game; kept in the checkpoint */
    double own_kind;               /* of the last look */
} gan_entanglement;

/* Draws `n` of the real images, to measure at every look of `g`. */
gan_entanglement gan_entanglement_new(const gan *g, examples from, size_t n, arena *memory);

/* At look g->look: paints anew, and writes "snnl" and "own_kind" at the step where the game is. As below, the series
   has the name of the game. */
void gan_entanglement_look(gan_entanglement *m, gan *g);

/*
After the last look:

| metric | |
|--------|-|
| `snnl_start`, `snnl_end` | the first and the last |
| `own_kind_end` | the last share of neighbours of their own kind |
| `rise` | from the one to the other |
| `largest_fall` | how far it fell below what it had reached, at most: 0 if it never fell |
*/
void gan_entanglement_conclude(const gan_entanglement *m, const gan *g);

#endif
