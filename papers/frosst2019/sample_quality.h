/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_SAMPLE_QUALITY_H
#define FROSST2019_SAMPLE_QUALITY_H

#include "base/image.h"
#include "gan.h"
#include "network.h"

/*
# What the images are like

The paper looks at them and says "realistic and varied", "smoother", "all classes". We count.
*/

/* Smooth: the total variation of an image, the sum of the absolute differences of all pixels from those to their right and
   below them; the mean over all images. Less is smoother. */
double total_variation(mat x, image shape);

/*
Varied and realistic, in the eyes of a classifier that was trained on real images and on nothing else. An
image is *recognised* where the likeliest class has a probability above 1/2, and a class is *there* if a
hundredth of the images or more are recognised as of it. Confidence is the mean probability of the likeliest
class. The tape is reset.
*/
typedef struct recognition {
    size_t classes;                /* that are there */
    double confidence;
} recognition;
recognition recognise(const network *net, mat x, tape *t);

/* The first `count` test images, or all if there are no more: what a generator's are compared with. */
mat sample_quality_real(const dataset *set, size_t count);

/* Both as rows of a series: "total_variation", "classes" and "confidence". */
void sample_quality_rows(run *r, const char *series, mat x, image shape, const network *net, tape *t);

/* When a game is over: these rows of `count` samples. */
void sample_quality_conclude(gan *g, size_t count, image shape, const network *net, arena *scratch);

#endif
