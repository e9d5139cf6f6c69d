/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_NUISANCE_H
#define JACOBSEN2019_NUISANCE_H

#include "nn/dense.h"
#include "nn/optimizer.h"
#include "run/checkpoint.h"

/*
# A classifier of what the classifier does not see

Given $z_n$ alone, what is the class? If a network of its own can tell, the scores $z_s$ have left something
out: the paper's measure of excessive invariance, and in its loss the adversary. "A fully connected 3 layer
ReLU network": two hidden layers and the scores, as in the authors' code.

    nuisance n;
    nuisance_init(&n, 98, 1000, 2, &adam, ADAM_DEFAULTS, memory);
    nuisance_start(&n, rng);
    double loss = nuisance_learn(&n, z, y, 1e-4);
    nuisance_free(&n);
*/
enum { NUISANCE_LAYERS = 3 };

typedef struct nuisance {
    dense_layer layer[NUISANCE_LAYERS];
    parameter *parameters[2 * NUISANCE_LAYERS];
    optimizer *o;
    tape *t;
} nuisance;

/* Filled in place; parameters live in `memory`. */
void nuisance_init(nuisance *n, size_t inputs, size_t units, size_t classes, const optimizer_rule *rule,
                   optimizer_settings settings, arena *memory);
void nuisance_free(nuisance *n);
void nuisance_start(nuisance *n, gsl_rng *rng);
void nuisance_keep(nuisance *n, checkpoint *c);

node *nuisance_scores(tape *t, nuisance *n, node *z);

/* One step towards the labels; returns the cross-entropy before it. If that is no number, no step is taken: the caller judges. */
double nuisance_learn(nuisance *n, mat z, const int *y, double rate);

/* The class with the largest score in each row. */
void nuisance_classify(nuisance *n, int *found, mat z);
double nuisance_accuracy(nuisance *n, mat z, const int *y);

#endif
