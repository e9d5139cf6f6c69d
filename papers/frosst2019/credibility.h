/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_CREDIBILITY_H
#define FROSST2019_CREDIBILITY_H

#include "data/dataset.h"
#include "learn/dknn.h"
#include "network.h"
#include "run/run.h"

/*
# Credibility under attack

Does a network know when it is deceived? Deep k-nearest neighbours (`common/learn/dknn.h`) give each answer
a credibility. An estimate of its own reliability is *calibrated* if, among images of one kind, credibility
is on average as high as accuracy. The kinds are attacks of growing strength: each epsilon is a point of a
curve, its accuracy one coordinate, its mean credibility the other, and a calibrated network's curve is the
diagonal (section 5.1).

A network is attacked with images that were made on it (*white box*), or on another network that was trained
from other first weights, and that the attacker owns (*black box*). The paper's attacks are the fast
gradient sign method and the basic iterative method, of 1000 steps of .01 whatever epsilon; black boxes meet
the iterative one. The labels that an attack goes away from are the source's own answers to the unattacked
images, as in the authors' library.

    credibility c;
    credibility_init(&c, r);
    attack_split g = attack_split_new(r, &data, memory);
    const curve curves[] = { { "baseline FGSM", &g, &net, &net, .clean = "baseline clean" }, ... };
    run_resume(r);
    credibility_measure(&c, curves, 4);
    credibility_free(&c);

Each curve is a series, with rows at each epsilon,

| metric | |
|--------|-|
| `accuracy` | of the prediction of the nearest neighbours |
| `credibility` | of that prediction, the mean |

and without one `mean_accuracy`, the mean over the epsilons, and two measures of calibration over them:
`correlation`, Pearson's (0 where one of the two does not vary), by which the paper compares networks, and `gap`,
the mean of the distances between credibility and accuracy.

Neither is the whole story. Credibility is a rank among held-out images, so on average it stays far below 1 where accuracy
is near 1: no network lies on the diagonal, and the gap is smallest for one that is deceived by the smallest epsilon, where
both are 0. It stands in the legends and decides nothing. The correlation of such a network rests on the one or two
points that are not near 0. So read both beside `mean_accuracy`.
*/

/* Of a data set, the training images that neighbours are among, the test images that tell what is usual, and those that are
   attacked: drawn by the seed, none twice. */
typedef struct attack_split {
    examples train, held_out, attacked;
    size_t classes;
} attack_split;

attack_split attack_split_new(const run *r, const dataset *data, arena *memory);

typedef struct curve {
    const char *series;
    const attack_split *of;
    network *victim, *source;      /* the same, if the box is white */
    bool iterative;                /* the basic iterative method, or else the fast gradient sign method */
    const char *clean;             /* a series for `accuracy` and `credibility` without an attack; or NULL */
} curve;

enum { MOST_VICTIMS = 32 };
typedef struct credibility {
    run *r;
    tape *t;
    size_t at;                     /* curves done */
    arena *memory, *scratch;
    struct { const network *net; const attack_split *of; dknn_calibration calibration; } known[MOST_VICTIMS];
    mat images;                    /* what was made last, where and for which curve */
    arena *of_images;
    const curve *made_for;
} credibility;

/* Before `run_resume`. A run that was killed goes on with the curve that it was at. */
void credibility_init(credibility *c, run *r);
void credibility_free(credibility *c);

/* Images made for one curve are used again by a next one of the same source and method. */
void credibility_measure(credibility *c, const curve *curves, size_t count);

/* Neighbours, images, epsilons and steps. */
extern const run_setting credibility_settings[];

#endif
