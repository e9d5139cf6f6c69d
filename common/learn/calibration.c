/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/label.h"
#include "learn/calibration.h"

size_t likeliest_class(const real *scores, size_t classes, double *probability)
{
    size_t best = argmax(scores, classes);
    double sum = 0;
    for (size_t j = 0; j < classes; j++) sum += exp((double)scores[j] - (double)scores[best]);
    *probability = 1 / sum;
    return best;
}

static size_t bin_of(double confidence)
{
    REQUIRE(isfinite(confidence), "a confidence of %g; its scores are no numbers", confidence);
    double place = ceil(confidence * CALIBRATION_BINS) - 1;
    return place < 0 ? 0 : place >= CALIBRATION_BINS ? CALIBRATION_BINS - 1 : (size_t)place;
}

/* `targets` are read where there are no labels. */
static calibration calibrate(mat scores, const int *labels, mat targets)
{
    calibration c = { .n = scores.rows };
    for (size_t i = 0; i < scores.rows; i++) {
        double confidence;
        size_t which = likeliest_class(mat_row(scores, i), scores.cols, &confidence);
        size_t b = bin_of(confidence);
        c.count[b]++;
        c.confidence[b] += confidence;
        c.accuracy[b] += labels ? which == label_index(labels[i], scores.cols) : (double)mat_row(targets, i)[which];
    }
    for (size_t b = 0; b < CALIBRATION_BINS; b++) {
        if (c.count[b] == 0) continue;
        c.confidence[b] /= (double)c.count[b];
        c.accuracy[b] /= (double)c.count[b];
        c.ece += (double)c.count[b] / (double)c.n * fabs(c.accuracy[b] - c.confidence[b]);
    }
    return c;
}

calibration calibration_of(mat scores, const int *labels)
{
    return calibrate(scores, labels, (mat){ 0 });
}

calibration calibration_of_targets(mat scores, mat targets)
{
    return calibrate(scores, NULL, targets);
}

double expected_accuracy(mat scores, mat targets)
{
    double sum = 0;
    for (size_t i = 0; i < scores.rows; i++) sum += (double)mat_row(targets, i)[argmax(mat_row(scores, i), scores.cols)];
    return sum / (double)scores.rows;
}

/* How many scores of a row are not behind that of class `own`. Asked so, a label whose score is NaN has all others before it. */
static size_t before(const real *s, size_t classes, size_t own)
{
    size_t count = 0;
    for (size_t j = 0; j < classes; j++) count += j != own && !(s[j] < s[own] || (s[j] == s[own] && j > own));
    return count;
}

double top_accuracy(mat scores, const int *labels, size_t k)
{
    size_t right = 0;
    for (size_t i = 0; i < scores.rows; i++)
        right += before(mat_row(scores, i), scores.cols, label_index(labels[i], scores.cols)) < k;
    return (double)right / (double)scores.rows;
}

double class_average_accuracy(mat scores, const int *labels)
{
    double sum = 0;
    size_t seen = 0;
    labels_require(labels, scores.rows, scores.cols);
    for (size_t k = 0; k < scores.cols; k++) {
        size_t of = 0, right = 0;
        for (size_t i = 0; i < scores.rows; i++) {
            if ((size_t)labels[i] != k) continue;
            of++;
            right += before(mat_row(scores, i), scores.cols, k) == 0;
        }
        if (of == 0) continue;
        sum += (double)right / (double)of;
        seen++;
    }
    return sum / (double)seen;
}
