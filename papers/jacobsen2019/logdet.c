/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "logdet.h"
#include "tape/arithmetic.h"

void logdet_add(tape *t, node **logdet, node *part)
{
    if (logdet) *logdet = *logdet ? add(t, *logdet, part) : part;
}

void logdet_add_sum(tape *t, node **logdet, node *x, double times)
{
    if (logdet) logdet_add(t, logdet, scale(t, mean_all(t, x), times * (double)mat_size(x->value)));
}
