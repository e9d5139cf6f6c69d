/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "robustness.h"

/* What rounding leaves of nothing is nothing: one error among a million images is a ten-thousandth of a percent. */
static double above(const errors_of *e, size_t c, double level)
{
    double sum = 0;
    for (size_t s = 0; s < SEVERITIES; s++) sum += e->at[c][s] - level;
    return fabs(sum) < 1e-9 ? 0 : sum;
}

double corruption_quotient(const errors_of *e, const errors_of *baseline, size_t c)
{
    return 100 * above(e, c, 0) / above(baseline, c, 0);
}

double relative_quotient(const errors_of *e, const errors_of *baseline, size_t c)
{
    double cost = above(baseline, c, baseline->clean);
    return cost > 0 ? 100 * above(e, c, e->clean) / cost : NAN;
}

double mean_corruption_error(const errors_of *e, const errors_of *baseline)
{
    double sum = 0;
    for (size_t c = 0; c < CORRUPTIONS; c++) sum += corruption_quotient(e, baseline, c);
    return sum / CORRUPTIONS;
}

double relative_corruption_error(const errors_of *e, const errors_of *baseline)
{
    double sum = 0, count = 0;
    for (size_t c = 0; c < CORRUPTIONS; c++) {
        double quotient = relative_quotient(e, baseline, c);
        if (isnan(quotient)) continue;
        sum += quotient;
        count++;
    }
    return sum / count;
}

double least_cost(const errors_of *e)
{
    double least = INFINITY;
    for (size_t c = 0; c < CORRUPTIONS; c++) least = fmin(least, above(e, c, e->clean) / SEVERITIES);
    return least;
}
