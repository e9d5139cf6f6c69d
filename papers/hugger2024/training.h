/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_TRAINING_H
#define HUGGER2024_TRAINING_H

#include "classifier.h"
#include "data/augment.h"
#include "data/batches.h"
#include "data/dataset.h"
#include "data/mixing.h"
#include "losses.h"
#include "nn/optimizer.h"
#include "run/run.h"

/*
# One recipe for five losses

AdamW; a rate that rises over the first epochs and then falls as a cosine to (almost) nothing; weight decay on matrices
alone, the positions of the transformer not among them; a rate that is smaller by a factor for every layer further from the
head. Soft losses see smoothed labels and mixed images. Hard ones cannot: they see labels and whole images, as in the paper.

    trainer m;
    trainer_init(&m, r, &shape, &how, trainings, from, memory);
    run_resume(r);
    for (; m.at.training < trainings; trainer_next(&m)) {
        train(&m, kind, from);
        ... look at m.net ...
    }
    trainer_free(&m);

Each training starts from the seed's weights and sees the data in the seed's order, and all soft losses see them mixed alike:
labels are drawn from soft targets by a stream of their own. A killed run goes on in the middle.
*/
typedef struct recipe {
    size_t batch, epochs, warmup;              /* the last two in epochs */
    double rate, last_rate, decay, layer_decay;
    double smoothing;
    mixing mixed;
    augmentation augmentation;
} recipe;

/* The parameters of one layer that decay, or do not: an optimizer has one rate and one decay. */
typedef struct group { optimizer *o; size_t layer; parameter *of[CLASSIFIER_PARAMETERS]; size_t count; } group;
enum { GROUPS = 2 * (TRANSFORMER_BLOCKS + 2) };

typedef struct trainer {
    run *r;
    tape *t;
    classifier net;
    recipe how;
    size_t groups;
    group group[GROUPS];
    batches data;
    gsl_rng *order, *noise, *labels;           /* `labels` draws from soft targets */
    mat log_eta;                               /* 1 x classes: how frequent they are in what this loss reads */
    mat targets;                               /* the examples' own; .at is NULL where labels are smoothed */
    size_t trainings;
    struct { size_t training, begun, step; } at;
} trainer;

void trainer_init(trainer *m, run *r, const classifier_shape *shape, const recipe *how, size_t trainings, examples from,
                  arena *memory);
void trainer_free(trainer *m);

/* What is trained from now on is trained by another recipe. Its decay is that of the first: optimizers are made once. */
void trainer_choose(trainer *m, const recipe *how);

/* Trains with this loss to the end, or goes on with it. */
void train(trainer *m, loss_kind kind, examples from);
void trainer_next(trainer *m);

#endif
