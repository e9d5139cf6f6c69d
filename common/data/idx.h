/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_IDX_H
#define DATA_IDX_H

#include "base/arena.h"

/*
# IDX: the format of MNIST and its relatives

A file of images and a file of labels, each with a short header of big-endian
32-bit numbers. The first of them, the magic, says in its third byte what the
elements are (8: unsigned bytes) and in its fourth how many dimensions follow:

| bytes | images | labels |
|-------|--------|--------|
| 0-3   | 0x00000803 | 0x00000801 |
| 4-7   | n      | n |
| 8-15  | height, width | |
| then  | n x height x width pixels, row by row | n labels |

Both may be packed by gzip or xz (`data/packed.h`).

    mat x; int *y; size_t height, width;
    if (idx_images(&x, &height, &width, "images.gz", memory) != 0 ||
        idx_labels(&y, x.rows, 10, "labels.gz", memory) != 0)
        die(STATUS_FAILED, "%s", error_text());

Every reader returns 0, or -1 with `error_text()` set: nothing is guessed,
and a file that is longer or shorter than its header says is refused. What is
read lives in the arena `a`. Cost: one pass over the bytes.

Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
*/

/*
Pixels divided by 255, so within [0, 1]: one image a row,
`x` is n x (`height` * `width`).
*/
int idx_images(mat *x, size_t *height, size_t *width, const char *path, arena *a);

/*
The `n` labels that belong to `n` images. Another number of labels, or a label
that is not below `classes`, is refused.
*/
int idx_labels(int **y, size_t n, size_t classes, const char *path, arena *a);

#endif
