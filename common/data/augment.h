/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_AUGMENT_H
#define DATA_AUGMENT_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/image.h"

/*
# Augmentation

A ship that lies two pixels further to the left is still a ship, and so is its
mirror image. Instead of waiting for a network to find that out from more
photographs, we show it each one anew in every epoch:

* **shifted**: a frame of `pad` zeros is put around the image, and of the larger
  picture a piece of the old size is taken at a place drawn uniformly. So the
  image moves by -pad to pad pixels down and to the right, and zeros follow;
* **flipped**: left becomes right in one of two images.

For CIFAR a frame of 4 pixels and flips are usual (He et al., "Deep Residual
Learning for Image Recognition", 2016, section 4.2). Digits may be shifted; a
flipped one is none.

    gsl_rng *moves = rng_new(seed, "augment");
    ...
    batches_gather(x, y, set.train.x, set.train.y, index);
    augment(x, shape, (augmentation){ .pad = 4, .flip = true }, moves, step);

What a zero is depends on when this is done: black while pixels lie in [0, 1],
the mean colour once the mean has been subtracted.
*/
typedef struct augmentation { size_t pad; bool flip; } augmentation;

/*
Moves the images in the rows of `x`, n x image_size(shape), each by a draw of
its own. The draws come from `rng`, image by image: down and right (if `pad` is
not 0), then flip (if asked for). So what happens to an image depends on the
stream and on how many images came before, neither on the batch nor on the
number of threads. `pad` is less than height and width. O(n d); `scratch` is
given back.
*/
void augment(mat x, image shape, augmentation how, gsl_rng *rng, arena *scratch);

/* One image, in place, by known amounts: negative ones go up and to the left; no
   farther than its height and width. What moves out is lost, zeros move in. */
void augment_shift(real *x, image shape, ptrdiff_t down, ptrdiff_t right);

/* One image, in place: the first column becomes the last. */
void augment_flip(real *x, image shape);

#endif
