/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "learn/snnl_temperature.h"

snnl_temperature snnl_temperature_new(double first, double rate)
{
    REQUIRE(first > 0, "first temperature %g, not above 0", first);
    return (snnl_temperature){ first, rate, (real)(1 / first) };
}

double snnl_temperature_now(const snnl_temperature *s)
{
    return 1 / (double)s->value;
}

static node *inverse(tape *t, snnl_temperature *s)
{
    return tape_input(t, mat_view(&s->value, 1, 1));
}

node *snnl_learning_temperature(tape *t, node *x, const int *labels, snnl_temperature *s,
                                distance kind)
{
    const double least = 1e-3;
    node *now = snnl(t, x, labels, inverse(t, s), kind);
    if (s->rate == 0) return now;
    double stretch = (double)s->value * s->first - s->rate * snnl_slope(t, now) / s->first;
    if (isnan(stretch)) return now;                        /* the points are none; the loss says so */
    s->value = (real)((stretch > least ? stretch : least) / s->first);
    return snnl_again(t, now, labels, inverse(t, s));
}
