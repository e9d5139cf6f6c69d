/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_SWEEPS_H
#define BONTONOU2019_SWEEPS_H

#include "run/run.h"

/*
# One number at a time

Figures 2, 3 and 4 draw the test accuracy over the number of neighbours k, over the number of outputs d and over
$\alpha$, on CIFAR-10 and on SVHN. The other two stay at "the maximum", the number of classes, and 2. Ten
neighbours classify. Axes are logarithmic, and the values on them are not given; ours are

| figure | varies | values |
|--------|--------|--------|
| 2 | k | 1, 3, 10, 30, 99 |
| 3 | d | 2, 5, 10, 50, 200 |
| 4 | $\alpha$ | 0.1, 0.5, 1, 2, 10, 50 |

For each the network is trained anew, from the same weights and on the same batches. The series is the data
set's name: `accuracy`, in percent, over the value. To those of k come

* `gain` at k = 10, what neighbours 2 to 10 add to the accuracy of k = 1, and at k = 99, what all further ones add;
* `sensitivity`, how much that is, up or down. The paper holds that it is lower beyond the number of classes.

k = 99, d = 10 and $\alpha = 2$ are one and the same training, once in each figure.
*/
typedef enum { SWEEP_K, SWEEP_D, SWEEP_ALPHA } sweep_kind;

typedef struct sweep_program {
    const char *experiment, *purpose;
    sweep_kind kind;
    const char *set, *series;      /* the data's name, and what the figure calls it */
    bool mirrored;                 /* are images mirrored to augment them? */
} sweep_program;

/* The whole program: what main returns. */
int sweep(int argc, char **argv, const sweep_program *p);

#endif
