/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "learn/calibration.h"

/* The softmax probability of the largest score, and which it is. */
static double confidence_of(const real *s, size_t k, size_t *which)
{
    double sum = 0;
    *which = 0;
    for (size_t j = 1; j < k; j++)
        if (s[j] > s[*which]) *which = j;
    for (size_t j = 0; j < k; j++) sum += exp((double)s[j] - (double)s[*which]);
    return 1 / sum;
}

static size_t bin_of(double confidence)
{
    double place = ceil(confidence * CALIBRATION_BINS) - 1;
    return place < 0 ? 0 : place >= CALIBRATION_BINS ? CALIBRATION_BINS - 1 : (size_t)place;
}

calibration calibration_of(mat scores, const int *labels)
{
    calibration c = { .n = scores.rows };
    for (size_t i = 0; i < scores.rows; i++) {
        size_t which;
        double confidence = confidence_of(mat_row(scores, i), scores.cols, &which);
        size_t b = bin_of(confidence);
        c.count[b]++;
        c.confidence[b] += confidence;
        c.accuracy[b] += (int)which == labels[i];
    }
    for (size_t b = 0; b < CALIBRATION_BINS; b++) {
        if (c.count[b] == 0) continue;
        c.confidence[b] /= (double)c.count[b];
        c.accuracy[b] /= (double)c.count[b];
        c.ece += (double)c.count[b] / (double)c.n * fabs(c.accuracy[b] - c.confidence[b]);
    }
    return c;
}

double top_accuracy(mat scores, const int *labels, size_t k)
{
    size_t right = 0;
    for (size_t i = 0; i < scores.rows; i++) {
        const real *s = mat_row(scores, i);
        size_t own = (size_t)labels[i], before = 0;
        for (size_t j = 0; j < scores.cols; j++) before += s[j] > s[own] || (s[j] == s[own] && j < own);
        right += before < k;
    }
    return (double)right / (double)scores.rows;
}
