/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_EMBEDDER_H
#define BONTONOU2019_EMBEDDER_H

#include "nn/residual.h"
#include "objective.h"
#include "run/checkpoint.h"

/*
# The network

PreActResNet-18 "as implemented in [25]", which is a repository of small networks for CIFAR: a convolution, four
stages of two blocks with 64, 128, 256 and 512 channels, the mean over all pixels, and a dense layer
(`nn/residual.h`). That repository ends without a last normalisation and ReLU, and so do we. Its weights begin
where PyTorch's layers put them, uniform within $\pm 1/\sqrt{\text{fan in}}$.

`width` is the number of channels of the first stage; each next one has twice as many. The dense layer has
`MOST_OUTPUTS` outputs, and an objective uses the first d of them: those that it leaves alone get no gradient.
So networks that differ in d begin with the same weights, and one checkpoint holds any.
*/
typedef struct embedder {
    residual_network net;
    batch_norm plane;              /* of PLANE and BOTTLENECK */
    dense_layer behind;            /* the bottleneck; idle elsewhere */
    size_t count;
    parameter **parameters;
} embedder;

/* Filled in place, for images of this shape. Weights live in `memory` and are not set yet. */
void embedder_init(embedder *e, image in, size_t width, size_t classes, arena *memory);
void embedder_start(embedder *e, gsl_rng *rng);

/* Everything that it is made of, running means and all. */
void embedder_keep(void *e, checkpoint *c);

outputs embedder_apply(tape *t, embedder *e, const objective *o, node *x, batch_norm_mode mode);

/* The places of all rows of x, in blocks, in inference: x.rows x o->d, in `memory`; of `SCORES` these are
   the scores. The tape is reset. */
mat embedder_places(embedder *e, const objective *o, mat x, tape *t, arena *memory);

#endif
