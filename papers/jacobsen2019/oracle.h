/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_ORACLE_H
#define JACOBSEN2019_ORACLE_H

#include "data/augment.h"
#include "data/batches.h"
#include "data/dataset.h"
#include "nn/convolution.h"
#include "nn/dense.h"
#include "nn/optimizer.h"
#include "run/run.h"

/*
# An oracle

What is to be seen in an image? The paper lets its readers judge. We ask a convolutional network that has nothing to do with the
invertible one: two convolutions of 5 x 5 pixels with pooling, two dense layers. It learns from shifted digits with
normal noise of a standard deviation that is drawn for each up to `noise`, because metamers are not clean, and an oracle must
not be put off by what a person would look past.
*/
enum { ORACLE_PARAMETERS = 8 };

typedef struct oracle {
    image in;
    convolution_layer conv[2];
    dense_layer dense[2];
    parameter *parameters[ORACLE_PARAMETERS];
    optimizer *o;
    tape *t;
    batches data;
    gsl_rng *order, *noise;
    size_t step;
} oracle;

/* `examples` is how many it will learn from, 0 for one that is only read. */
void oracle_init(oracle *eye, run *r, image in, size_t classes, size_t examples, arena *memory);
void oracle_free(oracle *eye);

/* Trains it to the end; images have numbers from 0 to 1. */
void oracle_learn(oracle *eye, run *r, examples from);

/* What it sees in each row. */
void oracle_look(oracle *eye, int *seen, mat x);

/* For `run/trained.h`. */
void oracle_keep(void *eye, checkpoint *c);

extern const run_setting oracle_settings[], oracle_shape_settings[];

#endif
