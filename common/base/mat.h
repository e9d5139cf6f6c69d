/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_MAT_H
#define BASE_MAT_H

#include <stdbool.h>
#include <stddef.h>

/*
# One number type, two builds

`real` is `float`: that is what the papers trained with and what the machine
is fast at. Compiled with `-DREAL_IS_DOUBLE` the very same sources work in
double precision; the gradient checks run in that build, because a central
difference in `float` cannot tell a wrong gradient from a rounded one.
*/
#ifdef REAL_IS_DOUBLE
typedef double real;
#define REAL_MAX 1.7976931348623157e308
#else
typedef float real;
#define REAL_MAX 3.40282347e38f
#endif

/*
# A matrix is a view

Every tensor of the suite is a matrix: `rows` examples of `cols` features,
row after row without gaps. A batch of images is a matrix too, one image a
row; only the layer that cares about channels, height and width takes that
shape as an argument. A scalar is a 1 x 1 matrix.

A `mat` borrows: it is returned by value, never freed, and valid as long as
the memory's owner (an arena, `base/arena.h`, most often) lives.
*/
typedef struct mat {
    size_t rows, cols;
    real *at;
} mat;

static inline mat mat_view(real *at, size_t rows, size_t cols)
{
    return (mat){ .rows = rows, .cols = cols, .at = at };
}

static inline size_t mat_size(mat m)
{
    return m.rows * m.cols;
}

static inline real *mat_row(mat m, size_t row)
{
    return m.at + row * m.cols;
}

/* The place of the largest of n numbers; of equals the first. */
static inline size_t argmax(const real *x, size_t n)
{
    size_t best = 0;
    for (size_t j = 1; j < n; j++)
        if (x[j] > x[best]) best = j;
    return best;
}

/* The `count` rows that start at `first`: a view into `m`. */
static inline mat mat_rows(mat m, size_t first, size_t count)
{
    return mat_view(mat_row(m, first), count, m.cols);
}

/* The same of the `most` rows that start at `first`, or of those that are left: for work in blocks. */
static inline mat mat_block(mat m, size_t first, size_t most)
{
    return mat_rows(m, first, m.rows - first < most ? m.rows - first : most);
}

static inline bool mat_same_shape(mat a, mat b)
{
    return a.rows == b.rows && a.cols == b.cols;
}

/* Sets every element to `value`. */
void mat_fill(mat m, real value);

/* Copies `from` into `to`; the shapes are equal. */
void mat_copy(mat to, mat from);

/* to += from; the shapes are equal. */
void mat_add(mat to, mat from);

/* Copies row `index[i]` of `from` into row i of `to`. */
void mat_gather(mat to, mat from, const size_t *index);

/* True if no element is NaN or infinite. */
bool mat_is_finite(mat m);

#endif
