/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "change.h"

void change_add(change *c, mat damaged, mat x)
{
    REQUIRE(mat_same_shape(damaged, x), "%zu x %zu and %zu x %zu", damaged.rows, damaged.cols, x.rows, x.cols);
    for (size_t e = 0; e < mat_size(x); e++) {
        double d = (double)damaged.at[e] - (double)x.at[e];
        c->absolute += fabs(d);
        c->squared += d * d;
    }
    c->numbers += (double)mat_size(x);
}

void change_rows(run *r, const char *series, size_t severity, const change *c)
{
    run_row(r, series, (double)severity, "mean_change", c->absolute / c->numbers);
    run_row(r, series, (double)severity, "psnr", -10 * log10(fmax(c->squared / c->numbers, 1e-10)));
}
