/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_PLAYER_H
#define FROSST2019_PLAYER_H

#include <gsl/gsl_rng.h>

#include "nn/batch_norm.h"
#include "run/checkpoint.h"

/*
# Two players

A *generator* makes images of noise. A *discriminator* makes of each image a few numbers, in whose space
real and synthetic images are told apart. Both are networks of one input and one output, so the same
struct of functions serves: `papers/frosst2019/perceptron.h` has dense players,
`papers/frosst2019/dcgan.h` convolutional ones.
*/
typedef struct player {
    void *model;
    node *(*apply)(tape *t, void *model, node *x, batch_norm_mode mode);
    void (*start)(void *model, gsl_rng *rng);          /* draws first weights */
    void (*keep)(void *model, checkpoint *c);          /* what is not a parameter; NULL: nothing */
    size_t count;
    parameter **parameters;        /* count of them */
} player;

/* The discriminator of a game that is played on the pixels themselves: it shows every image as it is,
   and has nothing to learn. */
static inline node *pixels_apply(tape *t, void *model, node *x, batch_norm_mode mode)
{
    (void)t, (void)model, (void)mode;
    return x;
}
static const player player_pixels = { .apply = pixels_apply };

#endif
