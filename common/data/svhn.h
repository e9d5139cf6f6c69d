/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_SVHN_H
#define DATA_SVHN_H

#include "base/arena.h"

/*
# Street View House Numbers: images in a MATLAB file

The cropped digits come in the format of MATLAB 5, packed within, with two
variables:

| variable | what |
|----------|------|
| `X` | 32 x 32 x 3 x n unsigned bytes |
| `y` | n x 1 unsigned bytes, 1 to 10; 10 is the digit 0 |

As everywhere in MATLAB the first index runs fastest: down a column, then
across, then from red to green to blue.

    mat x; int *y;
    if (svhn_read(&x, &y, "test_32x32.mat", memory) != 0)
        die(STATUS_FAILED, "%s", error_text());

Source: Netzer et al., "Reading Digits in Natural Images with Unsupervised
Feature Learning", 2011. Format: MathWorks, "MAT-File Format", chapter 1.
*/
enum { SVHN_SIDE = 32, SVHN_CHANNELS = 3,
       SVHN_PIXELS = SVHN_SIDE * SVHN_SIDE * SVHN_CHANNELS };

/*
Pixels divided by 255, channels last (`base/image.h`), and the digit of each
image: `x` is n x `SVHN_PIXELS`, both live in the arena. A file that is
truncated, or whose variables have another type or shape, is refused. Returns
0, or -1 with `error_text()` set. While it reads, it holds the bytes of the file
unpacked, a quarter of what `x` takes in single precision.
*/
int svhn_read(mat *x, int **y, const char *path, arena *a);

#endif
