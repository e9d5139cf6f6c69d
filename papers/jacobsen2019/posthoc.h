/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_POSTHOC_H
#define JACOBSEN2019_POSTHOC_H

#include "data/batches.h"
#include "data/dataset.h"
#include "nuisance.h"
#include "run/run.h"

/*
# The classifier of the nuisances as a measurement

What is left of the class in the $z_n$ of a network that no longer changes? The classifier of `nuisance.h` learns from them, by
a training that can be interrupted:

    posthoc after;
    posthoc_init(&after, r, &n, z.rows, (posthoc_recipe){ 128, 2, 1e-4 }, memory);         before run_resume
    if (posthoc_learn(&after, r, (examples){ z, y }, 2)) ... nuisance_accuracy(&n, z, y) ...
    posthoc_free(&after);

A training that is too short or too slow for the classifier makes nuisances look more ignorant than they are.
*/
typedef struct posthoc_recipe { size_t batch, epochs; double rate; } posthoc_recipe;

typedef struct posthoc {
    nuisance *n;
    posthoc_recipe how;
    batches data;
    gsl_rng *order;
    size_t step;
} posthoc;

/* For `count` examples; names what a checkpoint keeps. */
void posthoc_init(posthoc *p, run *r, nuisance *n, size_t count, posthoc_recipe how, arena *memory);
void posthoc_free(posthoc *p);

/* The next measurement begins anew. */
void posthoc_next(posthoc *p);

/* How many of its epochs are complete. */
size_t posthoc_epoch(const posthoc *p);

/* Goes on until so many epochs are complete; false where the cross-entropy is no number. Ticks before each step, so that what is
   done between two calls is kept with them. */
bool posthoc_learn(posthoc *p, run *r, examples from, size_t epochs);

#endif
