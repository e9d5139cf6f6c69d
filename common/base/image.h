/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_IMAGE_H
#define BASE_IMAGE_H

#include <math.h>

#include "base/error.h"
#include "base/mat.h"

/*
# An image is a row

A batch of n images is a matrix of n rows. Within a row stands line after line of pixels, and
the channels of a pixel are neighbours ("channels last"): pixel (i, j) of channel c is number

$$ (i \cdot \text{width} + j) \cdot \text{channels} + c. $$

So the same memory is also a matrix of n x height x width pixels by channels, and what treats all
pixels alike (a bias, a normalisation, a 1 x 1 convolution) is an operation on that.
*/
typedef struct image { size_t height, width, channels; } image;

static inline size_t image_size(image s)
{
    return s.height * s.width * s.channels;
}

/* The same numbers as n x height x width rows, a pixel each, of `channels` columns. */
static inline mat image_pixels(mat m, size_t channels)
{
    REQUIRE(channels > 0, "an image without channels");
    return mat_view(m.at, mat_size(m) / channels, channels);
}

/* What a number in [0, 1] is as a byte; below it is 0, above 255. */
static inline unsigned char image_byte(real v)
{
    return (unsigned char)lrint(255 * fmin(fmax((double)v, 0), 1));
}

#endif
