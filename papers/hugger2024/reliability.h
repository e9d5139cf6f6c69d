/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_RELIABILITY_H
#define HUGGER2024_RELIABILITY_H

#include "run/run.h"

/*
# How well a network knows, as rows

Calibration (`learn/calibration.h`) of scores that are taken as if they were a softmax's, whichever the loss, as the paper
does. A series gets

| metric | |
|--------|-|
| `ECE` | expected calibration error |
| `bin_accuracy`, `bin_confidence`, `bin_share` | at x, the middle of a bin of confidences; an empty one has none |
*/
void reliability_rows(run *r, const char *series, mat scores, const int *labels);

#endif
