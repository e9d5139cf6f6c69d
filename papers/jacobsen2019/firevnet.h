/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_FIREVNET_H
#define JACOBSEN2019_FIREVNET_H

#include "block.h"

/*
# A fully invertible network

A bijection F from images of d numbers to d numbers $z = F(x)$, of which C *are* the class scores: there is
no linear layer behind them that could hide anything. The paper calls the scores *semantic*, $z_s$, and the rest,
which the classifier never sees, *nuisance*, $z_n$. Whatever the classifier has overlooked is in $z_n$, and
$F^{-1}$ shows it.

    stages of: squeeze, then blocks of (actnorm, mixing, coupling)

After each stage but the last, half of the channels may be set aside: they are part of $z_n$ as they are.
Couplings change one half and the other by turns, and the last changes the first half, where the scores begin: most of them, where ten
scores stand in 16 channels. Without squeezing and on images of one pixel it is a network of vectors.

    firevnet net;
    firevnet_init(&net, &(firevnet_shape){ .in = { 32, 32, 1 }, .classes = 10, .stages = 3, .blocks = 4,
        .units = { 32, 32, 32 }, .squeezes = 1, .mixes = true, .sets_aside = true, .affine_from = 3 }, memory);
    firevnet_start(&net, rng, first_batch);
    firevnet_nodes z = firevnet_apply(t, &net, x, TRAINING, true);
    ...
    firevnet_invert(&net, x, z_s, z_n, scratch);
*/
enum { FIREVNET_STAGES = 4, FIREVNET_BLOCKS = 64 };

typedef struct firevnet_shape {
    image in;
    size_t classes, stages, blocks;            /* blocks a stage */
    size_t units[FIREVNET_STAGES];             /* of the bottlenecks of a stage */
    size_t squeezes;                           /* before the first stage; one more before each other, unless 0 */
    size_t affine_from;                        /* couplings of this stage (from 0) on are affine */
    bool mixes;                                /* actnorm and 1 x 1 convolutions? */
    bool sets_aside;                           /* half of the channels after each stage? */
    bool cosine;                               /* scores from the lowest frequency of the last maps? */
} firevnet_shape;

typedef struct firevnet {
    firevnet_shape shape;
    image stage[FIREVNET_STAGES];              /* `firevnet_stage` of each */
    block block[FIREVNET_BLOCKS];
    size_t d, scores;                          /* numbers in all; where the scores are in the last stage's */
    size_t count;
    parameter *parameters[BLOCK_PARAMETERS * FIREVNET_BLOCKS];
    bool starting;
    tape *again;                               /* NULL unless training is to store nothing; see there */
} firevnet;

/* `net` is filled in place (its parameters are pointed to); they live in `memory` and are not set yet. */
void firevnet_init(firevnet *net, const firevnet_shape *shape, arena *memory);

/* What the blocks of stage s, counted from 0, will see. */
image firevnet_stage(const firevnet_shape *shape, size_t s);

/* Draws the weights, and lets every actnorm see `x`. */
void firevnet_start(firevnet *net, gsl_rng *rng, mat x);

/*
A tape keeps what every block of a training was given. With another, empty tape in `again`, which is borrowed, it keeps what every
stage was given, and the rest is worked out on the way back (`recompute.h`): the same gradients, up to rounding.
*/

/* All that decides what it computes, for a checkpoint or for the file of a trained network. */
void firevnet_keep(void *net, checkpoint *c);

/* What a training leaves that did not come to its end: no parameter is a number, so that nobody takes it for a network. */
void firevnet_void(firevnet *net);
bool firevnet_is_void(const firevnet *net);

/* `logdet`, if asked for, is $\log |\det \partial z / \partial x|$, the mean over the batch; else NULL. It is NULL too where the
   determinant is 1 for any parameters. */
typedef struct firevnet_nodes {
    node *semantic, *nuisance;                 /* n x C, n x (d - C) */
    node *logdet;
} firevnet_nodes;
firevnet_nodes firevnet_apply(tape *t, firevnet *net, node *x, batch_norm_mode mode, bool logdet);

/* $z = F(x)$ in INFERENCE, for any number of rows: the tape works on a few at a time, and is left empty. */
void firevnet_encode(firevnet *net, mat semantic, mat nuisance, mat x, tape *scratch);

/* $x = F^{-1}(z_s, z_n)$, likewise. */
void firevnet_invert(firevnet *net, mat x, mat semantic, mat nuisance, tape *scratch);

/* Metamers: the inverse of the scores of the rows of `a` with the nuisances of the rows of `b`. */
void firevnet_metamers(firevnet *net, mat met, mat a, mat b, tape *scratch);

#endif
