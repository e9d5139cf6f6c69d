/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_SQUARE_H
#define DATA_SQUARE_H

#include "base/image.h"
#include "data/photograph.h"

/*
# Photographs of one size

A network takes images of one size. Of a photograph it gets the largest square in its middle, brought to `side` x `side`
pixels: a pixel of the smaller image is the mean over what it covers of the larger one; a pixel of the larger lies
between pixels of the smaller, and takes from the nearest two by their distance, in either direction.

    real *row = mat_row(x, i);                 side * side * 3 numbers from 0 to 1
    photograph_square(row, &p, side, scratch);
*/
void photograph_square(real *to, const photograph *p, size_t side, arena *scratch);

#endif
