/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_IDX_SETS_H
#define DATA_IDX_SETS_H

#include "data/dataset.h"

/*
# Sets of IDX files

All that distinguishes one of them from the next is what its files are called,
`TRAIN-images-idx3-ubyteENDING` and so on, and which way up its images lie.
*/
typedef struct idx_layout {
    const char *train, *test, *ending;      /* train is NULL where there is none */
    bool transposed;                        /* stored column by column: turned on reading */
} idx_layout;

/* A loader of `data/dataset.c`; `layout` points to an `idx_layout`. */
int idx_set_load(dataset *set, const void *layout, arena *a);

#endif
