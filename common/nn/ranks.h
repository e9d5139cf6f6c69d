/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_RANKS_H
#define NN_RANKS_H

#include "base/threads.h"
#include "tape/tape.h"

/*
# One training, several processes

Let a batch of n examples be cut into the rows of R processes, "ranks", $n_r$ to each. The mean loss of the
batch is a weighted mean of theirs, and so is its gradient:

$$ L = \frac1n \sum_{i=1}^n \ell_i = \sum_{r=1}^R \frac{n_r}{n} L_r, \qquad
   \nabla L = \sum_{r=1}^R \frac{n_r}{n} \nabla L_r. $$

So every rank may hold the whole network, take its own rows forward and back, and have the gradient of its part of the
loss; the sum over all ranks is the gradient of the batch. All began with the same weights, all make the
same step, and all have the same weights again. That is data parallelism, and the sum, MPI's
"all-reduce", is all that they tell each other.

    ranks all = ranks_begin(&argc, &argv);
    tape *t = tape_new();
    tape_cut(t, all.count > 1);
    while (...) {
        const size_t *index = batches_next(&data, &n);       the same seed, so the same batch
        piece mine = ranks_rows(&all, n);
        node *loss = ...                                     of the rows from mine.first to before mine.last
        node *part = scale(t, loss, ranks_share(&all, n));
        tape_backward(t, part);
        ranks_add(&all, parameters, count);
        optimizer_step(o, rate);
        double whole = ranks_sum(&all, node_scalar(part));
        tape_reset(t);
    }
    ranks_end();

    mpirun -n 2 program

What is trained so has the loss curve of one process but for the order in which numbers are added
(`tests/ranks.c`).

# What cannot be cut

The first equation needs a loss of each example alone. Batch normalisation looks at the whole batch, as do the soft
nearest neighbour loss and the triplet loss, and dropout draws for the rows that it sees. On a tape that was told that it
has a part of the batch (`tape_cut`) they end the program. The papers' experiments, which nearly all have one
of these, refuse to be started as several processes.

Without MPI (Debian: libopenmpi-dev) there is one rank, and nothing to add.
*/
typedef struct ranks { int index, count; } ranks;      /* this process, counted from 0, and how many there are */

/* Comes first in `main`. Takes out of the command line what is meant for MPI. */
ranks ranks_begin(int *argc, char ***argv);
void ranks_end(void);

/* The rows of this rank, of a batch of n, which has one for each rank at least; and what part of the batch they are. */
piece ranks_rows(const ranks *r, size_t n);
double ranks_share(const ranks *r, size_t n);

/* Every gradient becomes the sum of all ranks'. Cost: about two gradients sent and received. */
void ranks_add(const ranks *r, parameter *const *parameters, size_t count);

/* The sum over the ranks of one number. */
double ranks_sum(const ranks *r, double part);

#endif
