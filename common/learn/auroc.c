/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sort.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "learn/auroc.h"

double auroc(const double *high, size_t n, const double *low, size_t m, arena *scratch)
{
    REQUIRE(n > 0 && m > 0, "%zu scores against %zu", n, m);
    arena_mark mark = arena_save(scratch);
    double *all = arena_take(scratch, n + m, sizeof *all), ranks = 0;
    size_t *order = arena_take(scratch, n + m, sizeof *order);
    memcpy(all, high, n * sizeof *all);
    memcpy(all + n, low, m * sizeof *all);
    for (size_t i = 0; i < n + m; i++) REQUIRE(!isnan(all[i]), "score %zu of %zu and %zu is NaN", i, n, m);
    gsl_sort_index(order, all, 1, n + m);
    for (size_t first = 0, end; first < n + m; first = end) {
        size_t of_high = 0;
        for (end = first; end < n + m && all[order[end]] == all[order[first]]; end++) of_high += order[end] < n;
        ranks += (double)of_high * (double)(first + 1 + end) / 2;
    }
    arena_release(scratch, mark);
    return (ranks - (double)n * (double)(n + 1) / 2) / ((double)n * (double)m);
}
