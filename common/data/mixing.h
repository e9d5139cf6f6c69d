/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_MIXING_H
#define DATA_MIXING_H

#include <gsl/gsl_rng.h>

#include "base/image.h"

/*
# Soft targets

A target is a row of k numbers that sum to 1: `targets` is n x k, for n `labels` from 0 to k - 1. *Label smoothing* gives
each class $\epsilon / k$ and the true one $1 - \epsilon$ more (Szegedy et al. 2016). $\epsilon = 0$ leaves one-hot targets.
*/
void soft_targets(mat targets, const int *labels, double epsilon);

/* The other way round: a label for each row of `targets`, drawn with these probabilities. */
void draw_labels(int *labels, mat targets, gsl_rng *rng);

/*
# Mixed images

*MixUp* (Zhang et al. 2018) takes $\lambda x_i + (1 - \lambda) x_j$ for an image, and the same of the targets, with
$\lambda$ from a Beta distribution, $B(\alpha, \alpha)$. *CutMix* (Yun et al. 2019) takes a rectangle of the other image in
the place of one's own, of the share $1 - \lambda$ of its area; what of the rectangle lies over the edge is cut, and
$\lambda$ is what is left of one's own.

    mixing how = { .mixup = .8, .cutmix = 1, .probability = 1 };
    soft_targets(targets, labels, .1);
    mix(x, targets, shape, how, rng);

One draw of $\lambda$ serves a batch, and image i is mixed with image n - 1 - i, as in the library that the usual recipes are
written for (timm). With both $\alpha$ above 0 either comes for half of the batches; 0 for both leaves everything as it
is, and draws nothing. With `probability` below 1 some batches stay as they are.
*/
typedef struct mixing {
    double mixup, cutmix;          /* each one's alpha; 0 for none */
    double probability;            /* that a batch is mixed at all */
} mixing;

/* In place: `x` is n x image_size(shape), `targets` n x k. */
void mix(mat x, mat targets, image shape, mixing how, gsl_rng *rng);

/* The parts, by known amounts. `mix_paste` takes lines `top` to `bottom` - 1, columns `left` to `right` - 1 of the other. */
typedef struct box { size_t top, bottom, left, right; } box;
void mix_blend(mat x, double lambda);
void mix_paste(mat x, image shape, box b);

#endif
