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
    trainer_init(&m, r, net, shape, (recipe){ &adam, ADAM_DEFAULTS, ... }, count, from.x.rows, memory);
    run_resume(r);
    for (; m.at.training < count; trainer_next(&m)) {
        for (; m.at.looks < looks; m.at.looks++) {
            training_run(&m, &objectives[m.at.training], from, trainer_look(&m, m.at.looks + 1, looks));
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
    augmentation augmentation;
    attack attack;                 /* train on adversarial examples; with 0 steps, on the images */
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
        double cross_entropy, snnl;            /* sums over the steps since... */
        size_t since;                          /* ...this one */
    } at;
} trainer;

void trainer_init(trainer *m, run *r, network net, image in, recipe how, size_t trainings, size_t n,
                  arena *memory);
void trainer_free(trainer *m);

/* Trains towards `o` until step `until`, or goes on with it. */
void training_run(trainer *m, const objective *o, examples from, size_t until);

/* The step of look k of `looks`, evenly spread: the last is the last step. */
size_t trainer_look(const trainer *m, size_t k, size_t looks);

/* The next training begins anew. */
void trainer_next(trainer *m);

#endif
