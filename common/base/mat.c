/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/lanes.h"
#include "base/mat.h"
#include "base/threads.h"

void mat_fill(mat m, real value)
{
    size_t n = mat_size(m), pieces = pieces_for(n);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, LANES, pieces, i);
        for (size_t e = p.first; e < p.last; e++) m.at[e] = value;
    }
}

void mat_copy(mat to, mat from)
{
    REQUIRE(mat_same_shape(to, from), "%zu x %zu from %zu x %zu",
            to.rows, to.cols, from.rows, from.cols);
    size_t n = mat_size(to), pieces = pieces_for(n);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, LANES, pieces, i);
        memcpy(to.at + p.first, from.at + p.first, (p.last - p.first) * sizeof(real));
    }
}

KERNEL static void add(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++) to[i] += from[i];
}

void mat_add(mat to, mat from)
{
    REQUIRE(mat_same_shape(to, from), "%zu x %zu plus %zu x %zu",
            to.rows, to.cols, from.rows, from.cols);
    size_t n = mat_size(to), pieces = pieces_for(n);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, LANES, pieces, i);
        add(to.at + p.first, from.at + p.first, p.last - p.first);
    }
}

void mat_gather(mat to, mat from, const size_t *index)
{
    REQUIRE(to.cols == from.cols, "%zu columns from %zu", to.cols, from.cols);
    for (size_t i = 0; i < to.rows; i++) {
        REQUIRE(index[i] < from.rows, "row %zu of %zu", index[i], from.rows);
        memcpy(mat_row(to, i), mat_row(from, index[i]), to.cols * sizeof(real));
    }
}

/* x - x is 0 for a number and NaN for an infinity or a NaN. */
KERNEL static int is_finite(const real *x, size_t n)
{
    int finite = 1;
    for (size_t i = 0; i < n; i++) finite &= x[i] - x[i] == 0;
    return finite;
}

bool mat_is_finite(mat m)
{
    return is_finite(m.at, mat_size(m));
}
