/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_SAMPLE_H
#define FROSST2019_SAMPLE_H

#include "learn/entanglement.h"
#include "run/own.h"

/*
# Vectors, ready to be measured

All against all, for which no matrix of distances is kept, but which takes the square of
their number in time. Or, as the paper measures, in random batches of one size; what is
left over is left out. Neighbours and chance are then those within a batch, and a vector
that is the only one of its class there costs $-\log \varepsilon \approx 11.5$ at any
temperature.

    sample s = sample_new(in, "z.npy", 256, COSINE, seed, memory);
    double l = entanglement_at(&s.e, s.y, T, NULL);
    tape_free(s.e.t);
*/
typedef struct sample {
    entanglement e;                /* n x d, in batches of b */
    labels of;                     /* as they were given, of all vectors */
    int *y;                        /* n: the classes */
    bool *agrees;                  /* n: is its nearest neighbour of its class? */
    double *nearest;               /* n: how far that is */
    size_t alone;                  /* how many have none of their class in their batch */
} sample;

/* Takes `in`, with labels, from the file `path`; batch 0 is one batch of all. For cosine
   distances the rows of `in.x` are brought to length 1. Ends the program where there are
   too few vectors, or one has no angle. All but the tape lies in the arena.
   $O(n b d)$ for the neighbours. */
sample sample_new(own in, const char *path, size_t batch, distance kind, unsigned long seed,
                  arena *memory);

/*
The temperatures between which the loss changes. Far below the distance to the nearest
neighbour, that neighbour alone decides; far above the usual distance all vectors count
alike. We take the medians of both, and the whole decades around a thirtieth of the one
and three times the other. Duplicates, at distance 0, have no say. A float knows a distance
to about $10^{-6}$ of the largest, so `from` is no lower than some decades below the usual
one. The range belongs to the data: another seed has the same one, but for the batches.
*/
void sample_range(double *from, double *to, const sample *s, arena *scratch);

#endif
