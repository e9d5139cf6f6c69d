/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_TRAINING_H
#define JACOBSEN2019_TRAINING_H

#include "data/augment.h"
#include "objective.h"

/*
# Training

A program trains one network several times, one objective after the other, each from the same weights and on the same batches:

    trainer m;
    trainer_init(&m, r, &net, (recipe){ ... }, count, train.x.rows, memory);
    run_resume(r);
    for (; m.at.training < count; trainer_next(&m)) {
        train(&m, &objectives[m.at.training], train);
        ... look at m.net ...
    }
    trainer_free(&m);

The rate falls by a factor each time another share `every` of the steps is done.
*/
typedef struct recipe {
    const optimizer_rule *rule;
    optimizer_settings settings;
    double rate, factor, every;
    size_t batch, steps;
    augmentation augmentation;
    bool spread;                   /* dequantised? */
    size_t adversary_steps, adversary_units;
} recipe;

typedef struct trainer {
    run *r;
    tape *t;
    firevnet *net;
    recipe how;
    optimizer *o, *prior_o;
    prior density;
    nuisance adversary;
    batches data;
    gsl_rng *order, *noise;
    size_t trainings;              /* of the program, for the progress line */
    struct { size_t training, begun, step, diverged; double nats; } at;
} trainer;

/* Images have the network's shape, numbers from 0 to 1. */
void trainer_init(trainer *m, run *r, firevnet *net, recipe how, size_t trainings, size_t n, arena *memory);
void trainer_free(trainer *m);

/* To the end, or to where the loss is no number any more: `at.diverged`. */
void train(trainer *m, const objective *o, examples from);
void trainer_next(trainer *m);

/*
# As settings
*/
extern const run_setting training_settings[];
recipe digits_recipe(size_t n);                /* for n training images */

/* iCE as the table has it. */
objective independence(void);

#endif
