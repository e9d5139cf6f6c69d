/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_TABLE_H
#define HUGGER2024_TABLE_H

#include "training.h"

/*
# Tables 1 and 2, CIFAR-100, and the diagrams of Figure 4

Train the same network from the same weights with each of the five losses, and compare on the test images: how often the
class is right, how often it is among the five largest scores, and how well the network knows (`learn/calibration.h`). For
calibration scores are taken as if they were a softmax's, whichever the loss, as the paper does. Each loss is a series with,
at the end,

| metric | |
|--------|-|
| `accuracy`, `top5` | on the test images |
| `gain`, `gain5` | the same, less that of NLL |
| `ECE` | expected calibration error |
| `bin_accuracy`, `bin_confidence`, `bin_share` | at x, the middle of a bin of confidences |

Nothing is chosen on the test images: the last epoch counts. (The published code takes the epoch with the best test
accuracy.) A run never has the scale of the paper, whose network was trained before on ImageNet.
*/
extern const run_setting table_settings[];
void table_rows(run *r, body_kind body, arena *memory);

#endif
