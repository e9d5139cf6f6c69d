/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "learn/snnl_temperature.h"

/*
# The temperature

The step looks at the loss as a function of $\tau$ alone, on a tape of its own.
*/
void snnl_temperature_init(snnl_temperature *s, double first, double rate)
{
    REQUIRE(first > 0, "first temperature %g, not above 0", first);
    *s = (snnl_temperature){ .first = first, .rate = rate, .value = (real)(1 / first),
                             .scratch = tape_new() };
    s->inverse = (parameter){ .name = "inverse temperature" };
    s->inverse.value = mat_view(&s->value, 1, 1);
    s->inverse.grad = mat_view(&s->grad, 1, 1);
}

void snnl_temperature_free(snnl_temperature *s)
{
    tape_free(s->scratch);
    s->scratch = NULL;
}

double snnl_temperature_now(const snnl_temperature *s)
{
    return 1 / (double)s->value;
}

static void temperature_step(snnl_temperature *s, mat x, const int *labels, distance d)
{
    const double least = 1e-3;
    tape *t = s->scratch;
    tape_backward(t, snnl(t, tape_input(t, x), labels, tape_parameter(t, &s->inverse), d));
    tape_reset(t);
    double stretch = (double)s->value * s->first - s->rate * (double)s->grad / s->first;
    s->value = (real)((stretch > least ? stretch : least) / s->first);
}

node *snnl_learning_temperature(tape *t, node *x, const int *labels, snnl_temperature *s,
                                distance d)
{
    if (s->rate > 0) temperature_step(s, x->value, labels, d);
    return snnl(t, x, labels, tape_input(t, s->inverse.value), d);
}
