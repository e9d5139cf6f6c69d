/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_COLOUR_SETS_H
#define DATA_COLOUR_SETS_H

#include "data/dataset.h"

/*
# Sets of colour images

| set | files |
|-----|-------|
| CIFAR-10, records | `data_batch_1.bin` to `data_batch_5.bin`, `test_batch.bin` |
| CIFAR-10, strips  | the same with `.png`; `train_lables.json`, `test_lables.json` |
| CIFAR-100 | `train.bin`, `test.bin` |
| SVHN      | `train_32x32.mat`, `test_32x32.mat` |

The records of CIFAR-10 are taken where all six files are here, and else the
strips (whose lists of labels are spelled so). A `.bin` may as well be a
`.bin.gz` or a `.bin.xz`. Several files are read side by side, one a thread: a
second or two for CIFAR-10, some five where xz is to be unpacked.

These are loaders of `data/dataset.c`; they need no `layout`.
*/
int cifar_10_load(dataset *set, const void *layout, arena *a);
int cifar_100_load(dataset *set, const void *layout, arena *a);
int svhn_load(dataset *set, const void *layout, arena *a);

#endif
