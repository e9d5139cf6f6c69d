/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_MIXING_H
#define JACOBSEN2019_MIXING_H

#include "base/image.h"
#include "nn/parameter.h"

/*
# Invertible 1 x 1 convolution

A coupling changes half of the channels and reads the other half, so between two couplings the channels
must be mixed: y = xW for every pixel, with one c x c matrix (Kingma and Dhariwal 2018). It begins as a random
rotation, and stays invertible because what is learned are its factors,

$$ W = P\, L\, (U + \mathrm{diag}(\sigma \odot e^{s})), \qquad \log |\det J| = p \sum_c s_c, $$

with L lower triangular with ones on its diagonal, U strictly upper triangular, and a permutation P
and signs $\sigma$ that are drawn and stay. The determinant costs a sum, not $c^3$.

    mixing m = mixing_new(memory, "mixing 1", 12);
    mixing_start(&m, rng);
    node *y = mixing_apply(t, &m, x, image, &logdet);
*/
typedef struct mixing {
    size_t channels;
    parameter lu, s;               /* c x c: L below the diagonal, U above it; 1 x c */
    mat fixed;                     /* 2 x c: where P puts each row of L U, and the signs */
} mixing;

mixing mixing_new(arena *memory, const char *name, size_t channels);

/* A rotation drawn from `rng`. */
void mixing_start(mixing *m, gsl_rng *rng);

/* Adds its log-determinant (`logdet.h`). */
node *mixing_apply(tape *t, mixing *m, node *x, image in, node **logdet);
void mixing_invert(const mixing *m, mat x, arena *scratch);    /* in place */

/* W from nodes for its factors; `m` lends the rest, and is borrowed until the tape is reset. */
node *mixing_matrix(tape *t, node *lu, node *s, mixing *m);

#endif
