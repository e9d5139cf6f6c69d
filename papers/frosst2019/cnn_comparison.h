/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_CNN_COMPARISON_H
#define FROSST2019_CNN_COMPARISON_H

#include "comparison.h"

/*
# Baseline against entangled, convolutional

The comparison of `papers/frosst2019/comparison.h` for the convolutional network and a data set, or its
stand-in (NULL: there is none).
*/
typedef struct cnn_comparison {
    const char *experiment, *purpose, *set, *stand_in;
    double steps[RUN_PROFILES];
    const char *stated;            /* where in the paper that many are */
} cnn_comparison;

/* The whole program: what main returns. */
int compare_cnn(int argc, char **argv, const cnn_comparison *p);

#endif
