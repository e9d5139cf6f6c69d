/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "nn/schedule.h"

double schedule_exponential(double first, double last, size_t step, size_t steps)
{
    if (steps < 2) return first;
    return first * pow(last / first, (double)step / (double)(steps - 1));
}

double schedule_milestones(double first, double factor, const size_t *milestone, size_t count,
                           size_t step)
{
    double rate = first;
    for (size_t i = 0; i < count && step >= milestone[i]; i++) rate *= factor;
    return rate;
}

double schedule_cosine(double first, double last, size_t step, size_t steps)
{
    return last + (first - last) * (1 + cos(M_PI * (double)step / (double)steps)) / 2;
}

double schedule_warmup(size_t warmup, size_t step)
{
    return step < warmup ? (double)(step + 1) / (double)warmup : 1;
}
