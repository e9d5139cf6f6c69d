/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_PREPROCESSING_H
#define BONTONOU2019_PREPROCESSING_H

#include "data/dataset.h"
#include "run/run.h"

/*
# What the network sees

"All input images are normalized before being processed": each channel less its mean, over its standard
deviation, both over all pixels of the training images. Below paper scale images are made smaller first, each
pixel the mean of a square of them, because a quarter of the pixels is a quarter of the time.

    preprocessing s = preprocessing_of(train.x, shape, 16);
    mat seen = arena_mat(memory, n, image_size(s.to));
    preprocess(seen, photographs, &s);

Where an image is shifted (`data/augment.h`), the frame that follows it has the mean colour.
*/
typedef struct preprocessing {
    image from, to;
    double mean[3], scale[3];      /* of a channel */
} preprocessing;

/* `side` divides height and width, which are equal. */
preprocessing preprocessing_of(mat train, image shape, size_t side);

/* `to` may begin where `from` does. */
void preprocess(mat to, mat from, const preprocessing *s);

/*
# Photographs, seen

A set as the programs of this paper load it: at most `most` of its training set, drawn by the seed, and the
first `tested` of its test set, as the network sees them. `raw` are these test images before. The setting `side`
stands in `preprocessing_settings`.
*/
typedef struct prepared {
    size_t classes;
    preprocessing s;
    examples train, test;
    mat raw;                       /* .at is NULL unless asked for */
} prepared;

extern const run_setting preprocessing_settings[];
prepared prepared_load(run *r, const char *name, size_t most, size_t tested, bool raw, arena *memory);

#endif
