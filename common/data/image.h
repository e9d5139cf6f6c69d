/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_IMAGE_H
#define DATA_IMAGE_H

#include <stddef.h>

/*
# An image is a row

A batch of n images is a matrix of n rows. Within a row stands line after line
of pixels, and the channels of a pixel stand side by side: pixel (i, j) of
channel c is element

$$ (i \cdot \text{width} + j) \cdot \text{channels} + c. $$

That is how a PNG file stores its pixels. CIFAR's files store planes instead,
one colour after the other, and SVHN's even store columns; their readers put
the pixels in order. Values lie in [0, 1], 0 being black.
*/
typedef struct image { size_t height, width, channels; } image;

/* The numbers of one image: a row has that many columns. */
static inline size_t image_size(image shape)
{
    return shape.height * shape.width * shape.channels;
}

#endif
