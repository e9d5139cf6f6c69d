/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "run/load.h"
#include "preprocessing.h"

/*
# Mean and deviation
*/
preprocessing preprocessing_of(mat train, image shape, size_t side)
{
    size_t channels = shape.channels;
    REQUIRE(side > 0 && shape.height == shape.width && channels <= 3, "%zu x %zu x %zu", shape.height, shape.width, channels);
    if (side > shape.height || shape.height % side != 0)
        die(STATUS_USAGE, "--side %zu of %zu pixels: expected a divisor", side, shape.height);
    preprocessing s = { .from = shape, .to = { side, side, channels } };
    double n = (double)mat_size(train) / (double)channels, square[3] = { 0 };
    for (size_t e = 0; e < mat_size(train); e++) s.mean[e % channels] += (double)train.at[e] / n;
    for (size_t e = 0; e < mat_size(train); e++) {
        double gap = (double)train.at[e] - s.mean[e % channels];
        square[e % channels] += gap * gap / n;
    }
    for (size_t c = 0; c < channels; c++) s.scale[c] = square[c] > 0 ? 1 / sqrt(square[c]) : 1;
    return s;
}

/*
# An image

The sums of a small image's squares are made aside, so that a row may be written over the one that it comes from,
or over an earlier one.
*/
static void see(real *to, const real *from, const preprocessing *s, double *sum)
{
    size_t c = s->from.channels, side = s->to.width, times = s->from.width / side, small = image_size(s->to);
    for (size_t e = 0; e < small; e++) sum[e] = 0;
    for (size_t i = 0; i < s->from.height; i++)
        for (size_t j = 0; j < s->from.width; j++)
            for (size_t k = 0; k < c; k++)
                sum[(i / times * side + j / times) * c + k] += (double)from[(i * s->from.width + j) * c + k];
    for (size_t e = 0; e < small; e++)
        to[e] = (real)((sum[e] / (double)(times * times) - s->mean[e % c]) * s->scale[e % c]);
}

void preprocess(mat to, mat from, const preprocessing *s)
{
    enum { MOST = 64 * 64 * 3 };
    double sum[MOST] = { 0 };
    REQUIRE(image_size(s->to) <= MOST, "images of %zu numbers", image_size(s->to));
    REQUIRE(to.rows == from.rows && to.cols == image_size(s->to) && from.cols == image_size(s->from),
            "%zu x %zu from %zu x %zu", to.rows, to.cols, from.rows, from.cols);
    for (size_t i = 0; i < from.rows; i++) see(mat_row(to, i), mat_row(from, i), s, sum);
}

/*
# A set
*/
static size_t side;

const run_setting preprocessing_settings[] = {
    { "side", &side, NULL, { 8, 16, 16, 32 }, "pixels on a side; larger images are averaged down", "ours" },
    { 0 }
};

/* In the same memory. */
static mat seen(mat x, const preprocessing *s)
{
    mat small = mat_view(x.at, x.rows, image_size(s->to));
    preprocess(small, x, s);
    return small;
}

prepared prepared_load(run *r, const char *name, size_t most, size_t tested, bool raw, arena *memory)
{
    dataset set = run_load(r, name, NULL, memory);
    prepared p = { .classes = set.classes, .train = set.train, .test = set.test };
    p.train = run_part(r, set.train, "examples", most, memory);
    if (tested < set.test.x.rows) p.test.x = mat_rows(set.test.x, 0, tested);
    p.s = preprocessing_of(p.train.x, set.shape, side);
    if (raw) {
        p.raw = arena_mat(memory, p.test.x.rows, p.test.x.cols);
        mat_copy(p.raw, p.test.x);
    }
    p.train.x = seen(p.train.x, &p.s);
    p.test.x = seen(p.test.x, &p.s);
    return p;
}
