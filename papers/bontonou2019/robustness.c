/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robustness.h"

static double above(const errors_of *e, size_t c, double level)
{
    double sum = 0;
    for (size_t s = 0; s < SEVERITIES; s++) sum += e->at[c][s] - level;
    return sum;
}

double mean_corruption_error(const errors_of *e, const errors_of *baseline)
{
    double sum = 0;
    for (size_t c = 0; c < CORRUPTIONS; c++) sum += above(e, c, 0) / above(baseline, c, 0);
    return 100 * sum / CORRUPTIONS;
}

double relative_corruption_error(const errors_of *e, const errors_of *baseline)
{
    double sum = 0, count = 0;
    for (size_t c = 0; c < CORRUPTIONS; c++) {
        double cost = above(baseline, c, baseline->clean);
        if (cost <= 0) continue;
        sum += above(e, c, e->clean) / cost;
        count++;
    }
    return 100 * sum / count;
}
