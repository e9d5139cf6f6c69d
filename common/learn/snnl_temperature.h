/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_SNNL_TEMPERATURE_H
#define LEARN_SNNL_TEMPERATURE_H

#include "learn/snnl.h"

/*
# Learning the temperature

Frosst et al. call the minimum of the loss over T its temperature-free value
(equation 2), and approach it by one gradient step at every evaluation. Their
code, and this struct, learn $t$ in $T = T_0 / t$, starting at $t = 1$:
`value` is $\tau = t / T_0$, `first` is $T_0$, `rate` their 0.1. One step is

$$ t \leftarrow \max \left( t - \mathit{rate} \cdot \frac{\partial \ell}{\partial t},\;
   10^{-3} \right), \qquad
   \frac{\partial \ell}{\partial t} = \frac{1}{T_0} \frac{\partial \ell}{\partial \tau}. $$

The maximum is ours: without it a large step makes the temperature negative.
*/
typedef struct snnl_temperature {
    double first, rate;
    real value;
} snnl_temperature;

snnl_temperature snnl_temperature_new(double first, double rate);

/* T, now. */
double snnl_temperature_now(const snnl_temperature *s);

/*
The loss of x at a temperature that first takes one step towards the minimum of
this batch; for the gradient of x the temperature is then a constant, as in the
authors' code. With rate 0 the temperature stays, and so it does where points are NaN, as the loss is then.
Borrows `s` until the tape is reset. Cost: that of `snnl`, and of `snnl_slope` and `snnl_again`.
*/
node *snnl_learning_temperature(tape *t, node *x, const int *labels, snnl_temperature *s,
                                distance kind);

#endif
