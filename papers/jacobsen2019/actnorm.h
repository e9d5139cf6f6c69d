/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_ACTNORM_H
#define JACOBSEN2019_ACTNORM_H

#include "nn/parameter.h"

/*
# Actnorm

A shift and a scale for each channel, both learned (Kingma and Dhariwal 2018):

$$ y = (x + b)\, e^{s}, \qquad \log |\det J| = p \sum_c s_c $$

for images of p pixels. At the start b and s are set such that the channels of the *first batch* have mean 0 and
variance 1; from then on no image depends on its batch, as it would with batch normalisation,
and so the inverse needs no batch either: $x = y e^{-s} - b$.
*/
typedef struct actnorm {
    size_t channels;
    parameter b, s;                /* 1 x channels */
} actnorm;

actnorm actnorm_new(arena *memory, const char *name, size_t channels);

/* Sets b and s from `x`. A channel that is constant keeps its scale. */
void actnorm_start(actnorm *a, mat x);

/* Adds its log-determinant (`logdet.h`). */
node *actnorm_apply(tape *t, actnorm *a, node *x, node **logdet);
void actnorm_invert(const actnorm *a, mat x);  /* in place */

/* The operation itself, of nodes for b and s. */
node *shift_and_scale(tape *t, node *x, node *b, node *s);

#endif
