/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "preprocessing.h"

/*
# Smaller

The numbers of a small image are made aside, so that a row may be written over the one that it comes from, or over
an earlier one.
*/
enum { MOST = 64 * 64 * 3 };

static void shrink(double *small, const real *from, const preprocessing *s)
{
    size_t c = s->from.channels, side = s->to.width, times = s->from.width / side;
    memset(small, 0, image_size(s->to) * sizeof *small);
    for (size_t i = 0; i < s->from.height; i++)
        for (size_t j = 0; j < s->from.width; j++)
            for (size_t k = 0; k < c; k++)
                small[(i / times * side + j / times) * c + k] += (double)from[(i * s->from.width + j) * c + k];
    for (size_t e = 0; e < image_size(s->to); e++) small[e] /= (double)(times * times);
}

/*
# Mean and deviation
*/
static void measure(preprocessing *s, mat train)
{
    size_t channels = s->to.channels, numbers = image_size(s->to);
    double small[MOST], mean[3] = { 0 }, square[3] = { 0 }, n = (double)(train.rows * s->to.height * s->to.width);
    for (size_t i = 0; i < train.rows; i++) {
        shrink(small, mat_row(train, i), s);
        for (size_t e = 0; e < numbers; e++) mean[e % channels] += small[e] / n;
    }
    for (size_t i = 0; i < train.rows; i++) {
        shrink(small, mat_row(train, i), s);
        for (size_t e = 0; e < numbers; e++) square[e % channels] += pow(small[e] - mean[e % channels], 2) / n;
    }
    for (size_t c = 0; c < channels; c++) {
        s->mean[c] = mean[c];
        s->scale[c] = square[c] > 0 ? 1 / sqrt(square[c]) : 1;
    }
}

preprocessing preprocessing_of(mat train, image shape, size_t side)
{
    size_t channels = shape.channels;
    REQUIRE(side > 0 && shape.height == shape.width && channels <= 3, "%zu x %zu x %zu", shape.height, shape.width, channels);
    if (side > shape.height || shape.height % side != 0)
        die(STATUS_USAGE, "--side %zu of %zu pixels: expected a divisor", side, shape.height);
    preprocessing s = { .from = shape, .to = { side, side, channels } };
    REQUIRE(image_size(s.to) <= MOST, "images of %zu numbers", image_size(s.to));
    measure(&s, train);
    return s;
}

/*
# An image
*/
void preprocess(mat to, mat from, const preprocessing *s)
{
    REQUIRE(to.rows == from.rows && to.cols == image_size(s->to) && from.cols == image_size(s->from),
            "%zu x %zu from %zu x %zu", to.rows, to.cols, from.rows, from.cols);
    double small[MOST];
    for (size_t i = 0; i < from.rows; i++) {
        shrink(small, mat_row(from, i), s);
        for (size_t e = 0; e < to.cols; e++) {
            size_t c = e % s->to.channels;
            mat_row(to, i)[e] = (real)((small[e] - s->mean[c]) * s->scale[c]);
        }
    }
}
