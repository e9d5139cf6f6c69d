/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_IMAGE_H
#define BASE_IMAGE_H

#include <stddef.h>

/*
# The shape of an image

An image is a row of a matrix: pixel after pixel, line after line, and the channels of
a pixel are neighbours ("channels last"). So n images are at the same time a matrix
of n rows and one of n x height x width pixels by channels, and what treats all pixels
alike (a bias, a normalisation, a 1 x 1 convolution) is an operation on the second.
*/
typedef struct image { size_t height, width, channels; } image;

static inline size_t image_size(image s)
{
    return s.height * s.width * s.channels;
}

#endif
