/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_TRAINING_H
#define FROSST2019_TRAINING_H

#include "data/augment.h"
#include "data/batches.h"
#include "nn/optimizer.h"
#include "objective.h"

/*
# Training

A program of this paper trains a network several times, one objective after the other. Each training
starts from the same weights and sees the data in the same order: the seed's.

    trainer m;
    trainer_init(&m, r, &net, (recipe){ &adam, ADAM_DEFAULTS, ... }, examples, memory);
    run_resume(r);
    for (; m.at.training < count; trainer_next(&m)) {
        for (; m.at.looks < looks; m.at.looks++) {
            train(&m, &objectives[m.at.training], from, (m.at.looks + 1) * every);
            ... look at m.net ...
        }
    }
    trainer_free(&m);

A killed run resumes in the middle: what changes stands in `at`, and weights, optimizer, order and
temperatures are kept beside it. A look that was not taken before the run was killed is taken after it.

A recipe says how: the rate falls exponentially from the first to the last, or stays where
both are equal.
*/
typedef struct recipe {
    const optimizer_rule *rule;
    optimizer_settings settings;
    double first_rate, last_rate;
    size_t batch, steps;
    augmentation moves;
    attack against;                /* shown in the place of each image; of no steps: the image */
} recipe;

typedef struct trainer {
    run *r;
    tape *t;
    network net;
    image in;
    recipe how;
    optimizer *o;
    batches data;
    tape *scratch;                 /* for attacks and measurements */
    gsl_rng *order, *noise;
    temperatures T;
    size_t trainings;              /* of the program, for the progress line */
    struct {
        size_t training, begun, step, looks;
        double cross_entropy, neighbours;      /* sums over the steps since the last look */
        double least;                          /* test cross-entropy so far... */
        size_t least_step;                     /* ...and where it was */
    } at;
} trainer;

void trainer_init(trainer *m, run *r, network net, image in, recipe how, size_t trainings, size_t n,
                  arena *memory);
void trainer_free(trainer *m);

/* Trains towards `o` until step `until`, or goes on with it. */
void train(trainer *m, const objective *o, examples from, size_t until);

/* The next training begins anew. */
void trainer_next(trainer *m);

#endif
