/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef AGARAP2020_MAPS_H
#define AGARAP2020_MAPS_H

#include "run/run.h"

/*
# Figure 2: maps before and after

Are the classes apart? The paper looks: it draws the test set in three dimensions by
t-SNE, once from the pixels and once from the codes of SNNL-7, with perplexity 50, a
learning rate of 10, 5,000 iterations and the same random start. So do we
(`learn/tsne.h`). Which t-SNE the authors had is not stated: in three dimensions that of
scikit-learn has another kernel than the original, which is ours. We also measure what
the eye would see: the silhouette of the *classes*, and how often the nearest neighbour is
of the same class, in the map and in the space that it was made from. A map can flatter,
so its space must agree.

Of EMNIST Balanced the paper shows ten classes, chosen at random; we draw ten of our own,
and map those alone.

A killed run resumes in the middle of training or of a map.
*/
typedef struct maps_program {
    const char *experiment, *purpose;
    const char *set, *stand_in;    /* the data; NULL: nothing stands in for them */
    double labelled[RUN_PROFILES]; /* training examples that have labels */
} maps_program;

/* The whole program: what main returns. Both maps are thinned out to what a picture can show. */
int maps(int argc, char **argv, const maps_program *p);

#endif
