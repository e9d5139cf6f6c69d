/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_TABLE_H
#define HUGGER2024_TABLE_H

#include "cifar.h"

/*
# Tables 1 and 2, CIFAR-100, and the diagrams of Figure 4

Train the same network from the same weights with each of the five losses, and compare on the test images: how often the
class is right, how often it is among the five largest scores, and how well the network knows (`reliability.h`). Each loss
is a series with, at the end,

| metric | |
|--------|-|
| `accuracy`, `top5` | on the test images |
| `gain`, `gain5` | the same, less that of NLL |
| `ECE` and bins | its calibration |

Nothing is chosen on the test images: the last epoch counts. (The published code takes the epoch with the best test
accuracy.) The networks stay beside the result.
*/
extern const run_setting table_settings[];
void table_rows(run *r, body_kind body, arena *memory);

#endif
