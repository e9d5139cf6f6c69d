/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_BATCHES_H
#define DATA_BATCHES_H

#include <gsl/gsl_rng.h>

#include "base/arena.h"

/*
# Shuffled mini-batches

An epoch shows every example once, in an order drawn anew for each epoch from
a stream of its own:

    gsl_rng *order = rng_new(seed, "order");
    batches b;
    batches_init(&b, set.train.x.rows, 256, DROP_LAST, order, memory);
    while (b.epoch < epochs) {
        examples e = examples_next(set.train, &b, step);   (data/dataset.h)
        ...
        if (b.position == 0) report(b.epoch);      the epoch is complete
    }

The state is all in view. A checkpoint saves `position`, `epoch`, the `n`
numbers of `order` and the state of `rng`, and a run that
reads them back goes on with the very batch that was due.

The struct owns nothing: `order` lives in the arena, the stream is the caller's.
*/
typedef enum { DROP_LAST, KEEP_LAST } batches_last;

typedef struct batches {
    size_t n, size;                         /* examples; examples a batch */
    batches_last last;                      /* what becomes of an epoch's short rest */
    size_t *order;                          /* n: this epoch's permutation */
    size_t position;                        /* examples of this epoch handed out */
    size_t epoch;                           /* epochs completed */
    gsl_rng *rng;
} batches;

/* Nothing is drawn yet. `size` is at least 1, and at most `n` unless short
   batches are kept. */
void batches_init(batches *b, size_t n, size_t size, batches_last last, gsl_rng *rng,
                  arena *a);

/* Back to before the first batch; its stream is its owner's to restart. */
void batches_restart(batches *b);

/* How many batches an epoch has. */
size_t batches_per_epoch(const batches *b);

/*
The indices of the next batch and how many they are; they stay valid until the
next call. With the last batch of an epoch `epoch` grows by one and `position`
returns to 0; the call after that shuffles.
*/
const size_t *batches_next(batches *b, size_t *count);

/* Row i of `x` becomes row `index[i]` of `from_x`, and y[i] its label; `y` and
   `from_y` may both be NULL. */
void batches_gather(mat x, int *y, mat from_x, const int *from_y, const size_t *index);

/* Draws `count` of the numbers 0 to n - 1 without replacement, in ascending
   order; every set of them is equally likely. O(n). */
void batches_choose(size_t *index, size_t count, size_t n, gsl_rng *rng);

#endif
