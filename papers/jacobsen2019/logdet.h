/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_LOGDET_H
#define JACOBSEN2019_LOGDET_H

#include "tape/tape.h"

/*
# A sum of log-determinants

The determinant of a network is the product of those of its layers, and its logarithm their sum. Each layer adds its own to
`*logdet`, 1 x 1, which is NULL before the first; where `logdet` itself is NULL nobody has asked for it.
*/
void logdet_add(tape *t, node **logdet, node *part);

/* Adds `times` the sum of all numbers of `x`. */
void logdet_add_sum(tape *t, node **logdet, node *x, double times);

#endif
