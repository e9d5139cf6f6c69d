/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_OUT_OF_DISTRIBUTION_H
#define FROSST2019_OUT_OF_DISTRIBUTION_H

#include "data/dataset.h"
#include "network.h"
#include "run/run.h"

/*
# Out of distribution: what a network makes of strangers

A network meets inputs of a kind that it was not trained on: letters instead of digits, photographs instead of
house numbers, images that an attack has changed. The paper draws one of its layers and sees
them far from everything known in an entangled network, and among it in the baseline. The picture is a map;
these numbers stand beside it, a series for each network:

| metric | |
|--------|-|
| `auroc` | how often a stranger is further from its 10th nearest training example than a known test image is from its own |
| `apart` | of a row's 10 nearest neighbours among known and strange ones, the share of its own kind: 1/2 when mixed, 1 when apart |
| `confidence` | the probability of the class that the network decides for, its mean over the strangers |

All three look at the layer itself, where no map has flattered anything.
*/
typedef struct ood_split {
    examples trained, known;       /* training and test images of the kind that it knows... */
    examples others;               /* ...and as many other test images, for an attack to change */
} ood_split;

extern const run_setting ood_settings[];

/* So many images as the settings say, drawn by the seed; the same in every program with this set. */
ood_split ood_new(const run *r, const dataset *set, arena *memory);

/* The other images as an attack on `net` leaves them, away from what `net` answers. */
mat ood_attacked(const ood_split *m, network *net, attack how, arena *memory);

/* Writes the three measures of layer `layer` of `net`; `net->layers` is the layer of the scores. */
void ood_measures(run *r, const char *name, const network *net, size_t layer, const ood_split *m, mat strange,
                  arena *memory);

/* And a map of that layer as well: class 0 is known, class 1 strange. */
void ood_measures_and_map(run *r, const char *name, const network *net, size_t layer, const ood_split *m, mat strange,
                          arena *memory);

/* All of it, for the logits of both networks that `experiment` trained on the set `known` with the run's seed, and
   strangers from another set. */
void ood_of_another_set(run *r, const char *known, const char *strange, const char *experiment);

#endif
