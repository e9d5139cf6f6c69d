/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_SCHEDULE_H
#define NN_SCHEDULE_H

#include <stddef.h>

/*
# Schedules

The learning rate of step `step` (from 0) of `steps`.
*/

/* $\eta_0 (\eta_1 / \eta_0)^{s / (S - 1)}$: a straight line on a logarithmic axis; $\eta_0$
   if there is one step. */
double schedule_exponential(double first, double last, size_t step, size_t steps);

/* $\eta_0$, times `factor` after each of `count` increasing milestones (steps). */
double schedule_milestones(double first, double factor, const size_t *milestone, size_t count,
                           size_t step);

/* $\eta_1 + \frac12 (\eta_0 - \eta_1)(1 + \cos(\pi s / S))$ (Loshchilov and Hutter 2017). */
double schedule_cosine(double first, double last, size_t step, size_t steps);

/* (step + 1) / warmup over the first `warmup` steps, so that the first is not lost, then 1: a
   factor for the others. */
double schedule_warmup(size_t warmup, size_t step);

#endif
