/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_CREDIBILITY_PANELS_H
#define FROSST2019_CREDIBILITY_PANELS_H

#include "credibility.h"

/*
# Four panels

Figures 9, 18 and 19 attack the baseline and the entangled network of Table 1 alike. The victims are those
of the seed, the sources of black boxes those of the next seed: other first weights, another order of the
same training set.

| series | images are made on | by |
|--------|--------------------|----|
| `baseline FGSM`, `entangled FGSM` | the victim | the fast gradient sign method |
| `baseline BIM`, `entangled BIM` | the victim | the basic iterative method |
| `entangled source knowledge` | another entangled network | the same |
| `entangled zero knowledge` | another baseline | the same |
| `baseline black box` | another baseline | the same |

*Source knowledge* is the attacker's who knows the defence, and owns a network that was trained with the
victim's loss; without it the attacker's network was trained with cross-entropy. For a baseline the two are
one. `baseline clean` and `entangled clean` have the unattacked images.
*/
typedef struct credibility_figure {
    const char *experiment, *purpose;
    const char *set, *trained;     /* the data, and the program whose networks are attacked */
} credibility_figure;

/* The whole program: what main returns. */
int credibility_panels(int argc, char **argv, const credibility_figure *p);

#endif
