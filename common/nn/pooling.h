/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_POOLING_H
#define NN_POOLING_H

#include "base/image.h"
#include "tape/tape.h"

/*
# Pooling

One number for each window of `size` x `size` pixels, channel by channel: the largest. The window
moves by `stride`; pixels at the lower and right edge that fill no whole window are left out.
Or one for the whole image: the mean. Images are laid out channels last (`base/image.h`).

    h = max_pool(t, h, (image){ 28, 28, 16 }, 2, 2);          14 x 14 x 16
*/
image pool_out(image in, size_t size, size_t stride);

/* The gradient goes to the largest pixel of each window, to the first of equals. */
node *max_pool(tape *t, node *x, image in, size_t size, size_t stride);

/* The mean of each channel: n x channels. */
node *global_average_pool(tape *t, node *x, image in);

#endif
