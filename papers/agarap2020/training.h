/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef AGARAP2020_TRAINING_H
#define AGARAP2020_TRAINING_H

#include "data/batches.h"
#include "data/dataset.h"
#include "nn/optimizer.h"
#include "objective.h"
#include "run/run.h"

/*
# Training, and what a checkpoint must hold

A program of this paper trains several models, one after the other. Each starts from
the same weights and sees the data in the same order: the seed's.

    trainer m;
    trainer_init(&m, r, d, most, memory);
    run_resume(r);
    m.steps = ...;                                 all steps of all trainings
    for (; m.at.training < count; trainer_next(&m)) {
        train(&m, &variants[m.at.training], from);
        ... the codes of m.ae ...
    }
    trainer_free(&m);

A killed run resumes in the middle: everything that changes stands in one place, which
training, how many steps of it, the sums of its losses in this epoch; the weights,
Adam's memory and the order of the data are kept beside it.
*/
typedef struct trainer {
    run *r;
    tape *t;
    autoencoder ae;
    optimizer *adam;
    batches data;
    size_t most;                   /* examples, of all trainings */
    gsl_rng *order;
    temperatures learned;
    size_t steps;                  /* of all trainings, for the progress line */
    struct { size_t training, step, done, begun; double reconstruction, neighbours; } at;
} trainer;

/* The autoencoder that learns from its reconstruction alone. */
extern const variant baseline;

/* `d` features, at most `most` examples a training; weights live in `memory`. */
void trainer_init(trainer *m, run *r, size_t d, size_t most, arena *memory);
void trainer_free(trainer *m);

/* The steps of a training of `v` on n examples. */
size_t training_steps(const variant *v, size_t n);

/* Trains the variant, or goes on with it. Writes a row of each loss an epoch. */
void train(trainer *m, const variant *v, examples from);

/* The next training begins anew. */
void trainer_next(trainer *m);

/*
Trains `v` and the baseline for some epochs of `from`, and ends the program unless they
arrive at the same weights, to the last bit. For variants without labels: see
`papers/agarap2020/objective.h`. Writes nothing.
*/
void require_baseline(trainer *m, const variant *v, examples from, size_t epochs, arena *scratch);

#endif
