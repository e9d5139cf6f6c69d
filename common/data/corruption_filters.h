/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CORRUPTION_FILTERS_H
#define DATA_CORRUPTION_FILTERS_H

#include "base/arena.h"
#include "base/image.h"

/*
# Filters: what blurs and snow are made of

Each works on one image of doubles, `image_size(shape)` of them, laid out as
`base/image.h` says, with any number of channels, treated alike.

# Beyond the border

A blur looks for neighbours where an image has none. Three rules are in use:

| rule | before a b c d | who |
|------|----------------|-----|
| `BORDER_NEAREST` | a a a | scikit-image, ImageMagick |
| `BORDER_REFLECT` | c b a | SciPy |
| `BORDER_REFLECT_101` | d c b | OpenCV: the first pixel is not repeated |
*/
typedef enum { BORDER_NEAREST, BORDER_REFLECT, BORDER_REFLECT_101 } border;

/* The place from 0 to n - 1 that stands for place i; any i, n >= 2. */
size_t border_index(ptrdiff_t i, size_t n, border rule);

/*
# Smoothing

A Gaussian blur of standard deviation `sigma` pixels, in place. The weights
$e^{-k^2 / 2 \sigma^2}$ end at $|k| =$ `reach` times sigma, rounded to the
nearest, and are made to sum to 1; a sigma so small that none is left but $k = 0$
changes nothing. First down the columns, then along the lines: O(d r) for the
radius r, where a square of weights would cost O(d r^2).
*/
void filter_gaussian(double *x, image shape, double sigma, double reach, border rule, arena *scratch);

/* Any square of side x side weights, side odd, in place: y(i, j) is the sum of w(k, l) x(i + k - m, j + l - m)
   with m in the middle. O(d side^2). */
void filter_square(double *x, image shape, const double *weights, size_t side, border rule, arena *scratch);

/*
# Motion

As ImageMagick blurs: the pixel moves away along a straight line at `angle`
degrees, and is a mean of what it meets at distances 0 to 2 ceil(radius) pixels, each
rounded to a pixel's middle, with weights $e^{-k^2 / 2 \sigma^2}$ that sum to 1.
The line begins at the pixel, so the picture also shifts. In place; the result
is rounded to bytes, as ImageMagick hands it over. It computes with
16 bits, we with 53: a byte may differ by 1 where a half is to be rounded.
*/
void filter_motion(double *x, image shape, double radius, double sigma, double angle, arena *scratch);

/*
# Between pixels

Bilinear: what image `x` has at line `i` and column `j`, real numbers counted from
the middle of the first pixel. All channels go to `to`.
*/
void filter_sample(double *to, const double *x, image shape, double i, double j, border rule);

/*
The middle of `x`, `factor` >= 1 times as large, at the same size as before. As SciPy
zooms: ceil(n / factor) pixels are cut out, and stretched to that number times
`factor`, rounded, so that first falls on first and last on last, linearly in
between; what is too much is trimmed. `to` is another image. O(d).
*/
void filter_zoom(double *to, const double *x, image shape, double factor, arena *scratch);

#endif
