/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CIFAR_H
#define DATA_CIFAR_H

#include "base/mat.h"

/*
# CIFAR: records of labels and pixels

A file is nothing but records of one size, without a header:

| bytes | CIFAR-10 | CIFAR-100 |
|-------|----------|-----------|
| label     | 0 to 9 | coarse, 0 to 19, then fine, 0 to 99 |
| 3 x 1024  | the red, the green, the blue plane of 32 x 32 pixels, row by row | the same |

Of CIFAR-100 we take the fine label; the coarse one, its family of five
classes, is verified and dropped. Files may be packed by gzip or xz
(`data/packed.h`).

    mat x = arena_mat(memory, 10000, CIFAR_PIXELS);
    int *y = arena_take(memory, 10000, sizeof *y);
    if (cifar_read(x, y, CIFAR_10, "data_batch_1.bin") != 0)
        die(STATUS_FAILED, "%s", error_text());

Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images",
2009, and the pages that the files come with.
*/
enum { CIFAR_SIDE = 32, CIFAR_CHANNELS = 3,
       CIFAR_PIXELS = CIFAR_SIDE * CIFAR_SIDE * CIFAR_CHANNELS };

typedef enum { CIFAR_10, CIFAR_100 } cifar_form;

/*
As many records as `x` has rows, pixels divided by 255 and channels last
(`base/image.h`); `y` has room for their labels. A file of more or fewer
records is refused, and so is a label out of range. Returns 0, or -1 with
`error_text()` set. One pass; nothing is allocated but the unpacker's memory, so
several threads may read several files.
*/
int cifar_read(mat x, int *y, cifar_form form, const char *path);

#endif
