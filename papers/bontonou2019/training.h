/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_TRAINING_H
#define BONTONOU2019_TRAINING_H

#include "data/augment.h"
#include "data/batches.h"
#include "embedder.h"
#include "nn/optimizer.h"
#include "prepared.h"
#include "run/run.h"

/*
# Training

A program of this paper trains the network several times, one objective after the other, each time from the same
weights and on the same batches: the seed's. Only the loss is another, and what the network ends in.

    trainer m;
    trainer_init(&m, r, &photos, descent(photos.train.x.rows, true), count, memory);
    run_resume(r);
    for (; m.at.training < count; trainer_next(&m)) {
        train(&m, &objectives[m.at.training], m.how.steps);
        ... look at m.net ...
    }
    trainer_free(&m);

A killed run resumes in the middle: what changes stands in `at`; weights, optimizer and order are kept beside
it. The rate is divided by 10 after half and after three quarters of the steps, as the paper's is at epochs 100
and 150 of 200.
*/
typedef struct recipe {
    const optimizer_rule *rule;
    optimizer_settings settings;
    double rate;
    size_t batch, steps;
    augmentation moves;
} recipe;

typedef struct trainer {
    run *r;
    tape *t;
    const prepared *of;
    recipe how;
    embedder net;
    optimizer *o;
    batches data;
    gsl_rng *order, *moves;
    size_t trainings;              /* of the program, for the progress line */
    struct { size_t training, begun, step, looks; } at;
} trainer;

void trainer_init(trainer *m, run *r, const prepared *of, recipe how, size_t trainings, arena *memory);
void trainer_free(trainer *m);

/* Trains towards `o` until step `until`, or goes on with it. A loss that is not finite ends the program. */
void train(trainer *m, const objective *o, size_t until);

/* The same, where others are to follow: false if a loss is not finite, which ends only this training. */
bool train_while_finite(trainer *m, const objective *o, size_t until);

/* The next training begins anew. */
void trainer_next(trainer *m);

/* What the network gets wrong of the test images, in percent: by its scores, or by ten neighbours among the
   training examples (`papers/bontonou2019/classifiers.h`). NaN if what it makes of some is not finite. */
double trainer_error(trainer *m, const objective *o);

/*
# The paper's recipe

As settings, and what they say for n examples: gradient descent with Nesterov's momentum and weight decay, or
Adam without. CIFAR is shifted and mirrored, as its published accuracies need and the paper does not say;
`mirrored` is false for house numbers.
*/
extern const run_setting network_settings[], training_settings[], descent_settings[], adam_settings[];
size_t network_width(void);
recipe descent(size_t n, bool mirrored);
recipe by_adam(size_t n, bool mirrored);

/* Of step `step`, from 0. */
double recipe_rate(const recipe *how, size_t step);

#endif
