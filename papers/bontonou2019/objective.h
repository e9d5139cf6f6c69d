/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_OBJECTIVE_H
#define BONTONOU2019_OBJECTIVE_H

#include "smoothness.h"

/*
# What a network is asked for

Cross-entropy asks for scores, one a class. The paper's loss asks for a place in d dimensions, which has to be
kept from growing without end: outputs are brought to length 1. On two outputs that would leave a circle, so
Figure 1 gives each output mean 0 and variance 1 over the batch instead.

| ends in | outputs | become | loss |
|---------|---------|--------|------|
| `SCORES` | one a class | scores | cross-entropy |
| `SPHERE` | d | a place at distance 1 from the origin | smoothness |
| `PLANE` | 2 | a place in the plane, normalised over the batch | smoothness |
| `BOTTLENECK` | 2 | the same place, and of it a dense layer makes scores | cross-entropy |

The batch normalisation of `PLANE` has no spread of its own to learn: with one the loss would
let it grow, which is the way out that it is there to close. The paper does not say.
*/
typedef enum { SCORES, SPHERE, PLANE, BOTTLENECK } ending;
enum { MOST_OUTPUTS = 200 };

typedef struct objective {
    const char *name;
    ending ends;
    size_t d;                      /* outputs, at most MOST_OUTPUTS */
    similarity graph;              /* of SPHERE and PLANE */
    bool still;                    /* trained on images as they are, without augmentation */
    bool last_relu;                /* before the mean over pixels */
} objective;

objective cross_entropy_of(size_t classes);

/* What the paper takes wherever it does not vary it: alpha = 2, and all others of the batch as neighbours. */
objective proposed(const char *name, size_t d);

/* What the network made of a batch: `scores` is NULL where there are none. */
typedef struct outputs { node *place, *scores; } outputs;

node *objective_loss(tape *t, const objective *o, const outputs *of, const int *labels);

#endif
