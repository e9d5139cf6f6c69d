/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CORRUPTION_H
#define DATA_CORRUPTION_H

#include <gsl/gsl_rng.h>

#include "base/arena.h"
#include "base/image.h"
#include "data/frost.h"

/*
# Corruptions: what happens to photographs

A classifier that was trained on clean photographs meets noisy, blurred, snowed-in
and badly packed ones. Hendrycks and Dietterich damage each test image of
CIFAR-10 in 15 ways, each in 5 severities, and ask how much worse the
classifier gets; the 750,000 images are known as CIFAR-10-C. We make them anew.

| story | corruptions |
|-------|-------------|
| noise (`data/corruption_noise.h`) | `gaussian_noise` `shot_noise` `impulse_noise` (`speckle_noise`) |
| blur (`data/corruption_blur.h`) | `defocus_blur` `glass_blur` `motion_blur` `zoom_blur` (`gaussian_blur`) |
| weather (`data/corruption_weather.h`) | `snow` `frost` `fog` `brightness` |
| digital (`data/corruption_digital.h`) | `contrast` `elastic_transform` `pixelate` `jpeg_compression` (`saturate`) |

Those in brackets are extra: published beside the 15, and in no mean over them.
(A fourth, `spatter`, is left out: it needs an edge detector, a distance transform and an
equalised histogram of its own.)

    frost ice;
    if (frost_read(&ice, memory) != 0) ...
    const corruption_settings how = { .shape = set.shape, .seed = 1, .ice = &ice };
    for (size_t c = 0; c < CORRUPTIONS; c++)
        for (size_t severity = 1; severity <= SEVERITIES; severity++)
            corrupt(x, set.test.x, 0, &corruptions[c], severity, &how);

# The same bytes, always

Each image has a stream of random numbers of its own, named by the corruption, the
severity and the number of the image. So what happens to image 17 depends
neither on the images before it, nor on the threads, nor on whether `real` is
float or double: all is computed in double. The published files cannot be had
so, not even by their own program: it draws from a generator without a seed.

An image comes as bytes, is damaged as numbers in [0, 1], and leaves as bytes:
clipped, times 255, and cut off after the point. That is how the
published files were made, and it costs half a grey level on average. We forgive
numbers that miss a whole one by less than `CORRUPTION_FORGIVES`, which are whole but for
rounding.

Source: Hendrycks and Dietterich, "Benchmarking Neural Network Robustness to
Common Corruptions and Perturbations", 2019, and the constants for 32 x 32 pixels
in the program that its authors published (github.com/hendrycks/robustness,
`make_cifar_c.py`). Where that program does what nobody would expect, so do we,
and say so.
*/
enum { CORRUPTIONS = 15, CORRUPTIONS_AND_EXTRA = 18, SEVERITIES = 5,
       CORRUPTION_LEAST_SIDE = 16, CORRUPTION_MOST_SIDE = FROST_MOST_SIDE };

#define CORRUPTION_FORGIVES 1e-9

/* What a corruption is told. */
typedef struct conditions {
    image shape;                            /* of 3 channels, and sides within the limits above */
    size_t severity;                        /* 1 to SEVERITIES */
    gsl_rng *rng;                           /* the image's own */
    const frost *ice;                       /* for frost alone */
    arena *scratch;                         /* reset after each image */
} conditions;

/* Damages one image in place: image_size(shape) numbers, each a whole number of 255ths. They may leave
   [0, 1]; clipping is for the caller. */
typedef void corruption_function(double *x, const conditions *at);

typedef struct corruption {
    const char *name, *title;
    corruption_function *damage;
} corruption;

/* In the order of the table, the extra ones last. */
extern const corruption corruptions[CORRUPTIONS_AND_EXTRA];

/* What all images of a set share. */
typedef struct corruption_settings {
    image shape;
    unsigned long seed;
    const frost *ice;                       /* may be NULL where there is no frost */
} corruption_settings;

/*
Row i of `to` becomes row i of `from`, damaged: bytes as numbers in [0, 1]. It
is image number first + i of its set. `to` may be `from`. All threads work. Per image
of 32 x 32 pixels and thread 0.02 ms (frost) to 0.9 ms (shot noise): all 750,000 of CIFAR-10-C in a minute and a
half on one core.
*/
void corrupt(mat to, mat from, size_t first, const corruption *c, size_t severity, const corruption_settings *how);

#endif
