/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_CALIBRATION_H
#define LEARN_CALIBRATION_H

#include "base/mat.h"

/*
# Does a classifier know what it knows?

Of the images that a calibrated classifier calls with a confidence of 80 %, it calls 80 % rightly. Confidence is the largest
of the softmax probabilities. Images are put into `CALIBRATION_BINS` bins of equal width by their confidence, and the
expected calibration error (ECE) is what accuracy and mean confidence of a bin differ by, weighted by how many there are
(Guo et al. 2017):

$$ \mathrm{ECE} = \sum_b \frac{n_b}{n} \left| \mathrm{acc}_b - \mathrm{conf}_b \right|. $$

A bin holds confidences above its lower end, up to its upper end.
*/
enum { CALIBRATION_BINS = 15 };

typedef struct calibration {
    size_t n, count[CALIBRATION_BINS];
    double accuracy[CALIBRATION_BINS], confidence[CALIBRATION_BINS];   /* means; 0 in an empty bin */
    double ece;
} calibration;

/* The class of the largest of a row's scores, and its softmax probability. */
size_t likeliest_class(const real *scores, size_t classes, double *probability);

/* Of scores, n x k, before their softmax, all of them numbers; labels are below k. */
calibration calibration_of(mat scores, const int *labels);

/* Where a row has probabilities of its classes in the place of a label (n x k): the accuracy is expected, the chance that a label drawn
   from them is the class that is called. To score the logarithms of the probabilities is calibrated; to be sure of the likeliest class is not. */
calibration calibration_of_targets(mat scores, mat targets);
double expected_accuracy(mat scores, mat targets);

/* The share of rows whose label is among the `k` largest scores; of equal scores the first counts as the largest. NaN counts as
   larger than any number, and is right for no label. */
double top_accuracy(mat scores, const int *labels, size_t k);

/* The same for k = 1 class by class, averaged over the classes that have a row: a rare class counts as much as a frequent one. */
double class_average_accuracy(mat scores, const int *labels);

#endif
