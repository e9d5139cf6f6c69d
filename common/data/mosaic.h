/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_MOSAIC_H
#define DATA_MOSAIC_H

#include "base/image.h"

/*
# Mosaics

Many small images as one PNG file, `columns` of them side by side, in the order of their rows, to be
looked at. What fills no line is white. Numbers below 0 are black and above 1 white.

    if (mosaic_write("samples.png", x, (image){ 28, 28, 1 }, 20) != 0) die(STATUS_FAILED, "%s", error_text());

`x` is n x image_size(shape), of 1 channel (grey) or 3 (RGB), n >= 1. The file is whole or not there
(`base/atomic.h`), and holds nothing but the pixels: the same images are the same bytes. Returns 0, or -1
with a description in `error_text()`.
*/
int mosaic_write(const char *path, mat x, image shape, size_t columns);

#endif
