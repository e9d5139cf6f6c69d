/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_CNN_H
#define FROSST2019_CNN_H

#include "nn/convolution.h"
#include "nn/dense.h"
#include "training.h"

/*
# The convolutional network

"Two convolutional layers followed by three fully connected layers and a final softmax layer"
(footnote 3). Two and three layers are what LeNet-5 has, and its shape fits: 5 x 5 filters, each
convolution followed by the largest of 2 x 2 pixels, and scores for the classes as the third
dense layer.

    16 filters, padded - pool - 32 filters - pool - 128 - 64 - scores

How many filters and units is not in the paper. LeNet-5 has 6 and 16 filters, and 120 and 84 units: on
Fashion-MNIST it stays more than a point below the test accuracy that the paper publishes for its baseline, so
we took about twice as many filters. That choice looked at the *published* number, and at nothing that is entangled.

The hidden layers are what the two pools, and the two dense layers with ReLU, pass on.
*/
typedef struct cnn {
    size_t convolutions;
    convolution_layer conv[2];
    dense_layer dense[3];
    parameter *parameters[10];
} cnn;

/* With one convolution (Figure 15) or two. Weights live in `memory` and are not set yet;
   `net->model` is `c`. */
void cnn_init(cnn *c, network *net, image in, size_t classes, size_t convolutions, arena *memory);

/* Filters and units, as settings of every program with this network. */
extern const run_setting cnn_settings[];

/* The one with two convolutions that `experiment` trained as `model` with this seed (`common/run/trained.h`), for images
   like those of `data`. */
network *cnn_trained(run *r, const dataset *data, const char *experiment, unsigned long seed, const char *model,
                     arena *memory);

/* How it is trained, as settings of every program that trains it; what they say, for so many steps. */
extern const run_setting cnn_training_settings[];
recipe cnn_recipe(size_t steps);

#endif
