/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/threads.h"
#include "learn/means.h"

enum { PIECES = 32 };

KERNEL void row_add(double *sum, const real *x, size_t d)
{
    for (size_t f = 0; f < d; f++) sum[f] += (double)x[f];
}

void column_means(double *mean, mat x, arena *scratch)
{
    size_t d = x.cols;
    arena_mark mark = arena_save(scratch);
    double *sum = arena_take(scratch, PIECES * d, sizeof *sum);
    memset(sum, 0, PIECES * d * sizeof *sum);
    #pragma omp parallel for schedule(static)
    for (size_t p = 0; p < PIECES; p++) {
        piece rows = piece_of(x.rows, 1, PIECES, p);
        for (size_t i = rows.first; i < rows.last; i++) row_add(sum + p * d, mat_row(x, i), d);
    }
    for (size_t f = 0; f < d; f++) {
        for (size_t p = 1; p < PIECES; p++) sum[f] += sum[p * d + f];
        mean[f] = sum[f] / (double)x.rows;
    }
    arena_release(scratch, mark);
}
