/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_PREPARED_H
#define BONTONOU2019_PREPARED_H

#include "data/dataset.h"
#include "preprocessing.h"
#include "run/run.h"

/*
# Photographs, seen

A set as the programs of this paper load it: at most `most` of its training set and `tested` of its test set, both
drawn by the seed, as the network sees them (`papers/bontonou2019/preprocessing.h`). The test set is drawn from as
well, because in our copy of CIFAR-100 its records stand class by class: the first thousand are ten classes. All
programs that ask for as many get the same ones. `raw` are the test images before.
*/
typedef struct prepared {
    size_t classes;
    preprocessing s;
    examples train, test;
    mat raw;                       /* .at is NULL unless asked for */
} prepared;

extern const run_setting prepared_settings[];
prepared prepared_load(run *r, const char *name, size_t most, size_t tested, bool raw, arena *memory);

#endif
