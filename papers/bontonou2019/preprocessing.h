/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_PREPROCESSING_H
#define BONTONOU2019_PREPROCESSING_H

#include "base/image.h"
#include "base/mat.h"

/*
# What the network sees

"All input images are normalized before being processed". Below paper scale images are made smaller first, each
pixel the mean of a square of them, because a quarter of the pixels is a quarter of the time. Then each channel
less its mean, over its standard deviation, both over all pixels of the training images *as they are then*: what
the network sees has mean 0 and deviation 1 at any size, though small images vary less than large ones.

    preprocessing s = preprocessing_of(train.x, shape, 16);
    mat seen = arena_mat(memory, n, image_size(s.to));
    preprocess(seen, photographs, &s);

Where an image is shifted (`data/augment.h`), the frame that follows it has the mean colour.
*/
typedef struct preprocessing {
    image from, to;
    double mean[3], scale[3];      /* of a channel */
} preprocessing;

/* `side` divides height and width, which are equal. Two passes over `train`. */
preprocessing preprocessing_of(mat train, image shape, size_t side);

/* `to` may begin where `from` does. */
void preprocess(mat to, mat from, const preprocessing *s);

#endif
