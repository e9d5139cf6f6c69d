/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_RELIABILITY_H
#define HUGGER2024_RELIABILITY_H

#include "learn/calibration.h"
#include "run/run.h"

/*
# How well a network knows, as rows

Calibration of scores that are taken as if they were a softmax's, whichever the loss, as the paper does. A series gets

| metric | |
|--------|-|
| `ECE` | expected calibration error |
| `bin_share` | at x, the middle of a bin of confidences: the share of all that is in it, 0 if it is empty |
| `bin_accuracy`, `bin_confidence` | at the same x, unless it is empty |

So a mean over seeds of shares is over all seeds, one of accuracies over those that have the bin; plots leave out bins of small
shares (`reliability.gp`).
*/
void reliability_rows(run *r, const char *series, const calibration *c);

#endif
