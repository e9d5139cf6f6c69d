/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_statistics_double.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/error.h"
#include "learn/correlation.h"

static bool varies(const double *a, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (a[i] != a[0]) return true;
    return false;
}

double correlation(const double *a, const double *b, size_t n)
{
    return varies(a, n) && varies(b, n) ? gsl_stats_correlation(a, 1, b, 1, n) : 0;
}

double rank_correlation(const double *a, const double *b, size_t n)
{
    if (!varies(a, n) || !varies(b, n)) return 0;
    double *work = malloc(2 * n * sizeof *work);
    REQUIRE(work, "no memory for %zu ranks", n);
    double found = gsl_stats_spearman(a, 1, b, 1, n, work);
    free(work);
    return found;
}
