/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_STRIPS_H
#define DATA_STRIPS_H

#include "base/mat.h"

/*
# PNG strips: images as lines of one picture

A set of small images can travel as a large one. In the package that has
CIFAR-10 in this form a picture is 1,024 pixels wide and 10,000 high, and each
of its lines is an image of 32 x 32 pixels, unrolled row by row. The labels
come as a JSON array of integers, `[6,9,9,4]`, in files whose names are spelt as here:

    mat x = arena_mat(memory, 10000, 32 * 32 * 3);
    if (strips_images(x, "data_batch_1.png") != 0 ||
        strips_labels(y, 50000, 10, "train_lables.json") != 0)
        die(STATUS_FAILED, "%s", error_text());

Both return 0, or -1 with `error_text()` set. Neither keeps any state, so
several threads may read several files.
*/

/*
Line i of the picture becomes row i of `x`, in [0, 1], red, green and blue of a
pixel side by side (`base/image.h`). The picture must be x.rows high and
x.cols / 3 wide, of 8-bit RGB, not interlaced.
*/
int strips_images(mat x, const char *path);

/* An array of exactly `n` integers, each at least 0 and below `classes`. */
int strips_labels(int *y, size_t n, size_t classes, const char *path);

#endif
