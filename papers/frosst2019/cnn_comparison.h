/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_CNN_COMPARISON_H
#define FROSST2019_CNN_COMPARISON_H

#include "comparison.h"

/*
# Baseline against entangled, convolutional

The comparison of `papers/frosst2019/comparison.h` for the convolutional network and the set of this name, or
its stand-in (NULL: there is none).
*/
void compare_cnn(run *r, const char *name, const char *stand_in, size_t steps);

/* Looks and test examples, as settings. */
extern const run_setting cnn_comparison_settings[];

#endif
