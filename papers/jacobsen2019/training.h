/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_TRAINING_H
#define JACOBSEN2019_TRAINING_H

#include "data/augment.h"
#include "data/dataset.h"
#include "objective.h"
#include "run/run.h"

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
    void (*spread)(mat x, gsl_rng *rng);       /* what makes a density of grey levels (`digits_spread`), or NULL */
    size_t adversary_steps, adversary_units;   /* no units: neither adversary nor prior, cross-entropy alone */
    double adversary_rate;
} recipe;

/* At this step, counted from 0. */
double recipe_rate(const recipe *how, size_t step);

/* What a training makes of images before the network sees them: shifted, mirrored, spread. */
void recipe_look(const recipe *how, mat x, image shape, gsl_rng *rng, arena *scratch);

typedef struct trainer {
    run *r;
    tape *t;
    firevnet *net;
    recipe how;
    optimizer *o, *prior_o;
    prior density;
    nuisance adversary;
    batches data;
    gsl_rng *order, *noise, *labels;           /* of the batches, of what is done to images, of shuffled labels */
    size_t trainings;                          /* of the program, for the progress line */
    struct { size_t training, begun, step, diverged; } at;
} trainer;

/* Images have the network's shape, and numbers from 0 to 1 if they are to be spread. */
void trainer_init(trainer *m, run *r, firevnet *net, recipe how, size_t trainings, size_t n, arena *memory);
void trainer_free(trainer *m);

/* To the end, or to where the loss or the nuisances are no numbers any more, or the loss is beyond a million: `at.diverged`. */
void train(trainer *m, const objective *o, examples from);
void trainer_next(trainer *m);

/* The negative log-likelihood that `o` has asked for, in nats per dimension: the mean over x, in INFERENCE, of images spread by a
   stream of their own. */
double trainer_nats(trainer *m, const objective *o, mat x);

#endif
