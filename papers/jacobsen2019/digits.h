/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_DIGITS_H
#define JACOBSEN2019_DIGITS_H

#include "data/dataset.h"
#include "firevnet.h"
#include "run/run.h"
#include "training.h"

/*
# Images for an invertible network

A network that halves its images three times needs 32 x 32 pixels: digits get a frame of 2 black ones, as in the authors'
code. And a density needs numbers that are spread out: grey level g of 256 becomes
$(g + u) / 256 - \frac12$ with u drawn uniformly from 0 to 1 ("dequantised"), or $u = \frac12$ where nothing is to be drawn.
*/
enum { DIGITS_FRAME = 2 };

/* `of` with a frame around each image, of numbers from 0 to 1 still; `shape` is set to the larger one. */
examples digits_framed(examples of, image *shape, arena *memory);

/* In place; without a stream, all in the middle of their grey level. */
void digits_spread(mat x, gsl_rng *rng);

/* Back to numbers from 0 to 1: what lies outside is cut off. */
void digits_show(mat x);

/*
# The network for digits

Three stages of so many blocks and filters, with actnorm, 1 x 1 convolutions and additive couplings. After the first
two, half of the variables are set aside: the paper says "after each stage", but what is left after the last is z
itself. Section 2.2 speaks of an affine structure of the blocks; the authors' code is additive, and so are we. The
scores are ten channels of pixel (2, 2) of the last map, of 4 x 4.
*/
extern const run_setting digit_net_settings[];
void digit_net_init(firevnet *net, image in, size_t classes, arena *memory);

/*
# Its training

The paper's, and its table's independence cross-entropy (`objective.h`).
*/
extern const run_setting digit_training_settings[];
recipe digits_recipe(size_t n);                /* for n training images */
objective independence(void);

#endif
