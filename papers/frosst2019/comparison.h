/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_COMPARISON_H
#define FROSST2019_COMPARISON_H

#include "training.h"

/*
# Baseline against entangled

Table 1 and Figure 8 ask the same of different networks and data: train once with cross-entropy
alone and once entangled, from the same weights, and compare on the test set. The series
`baseline` and `entangled` get, at `looks` moments of the training,

| metric | |
|--------|-|
| `test_accuracy`, `test_cross_entropy` | on the test set |
| `train_accuracy`, `train_cross_entropy` | on as many examples of the training set, the same each time |
| `batch_cross_entropy`, `snnl_sum` | means over the batches since the last look |

and at the end, without a step, `accuracy` and `cross_entropy` on the test set, their `gap`
(cross-entropy on the test set less that on the training set), the step `overfits_at` where the
test cross-entropy was least, and the temperature of each layer. Both networks are kept
(`common/run/trained.h`).
*/
void comparison_run(run *r, const dataset *set, network net, recipe how, distance d, size_t looks, arena *memory);

#endif
