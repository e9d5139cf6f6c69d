/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# How much faster are several processes?

The step of the small convolutional network, batch 256: first every rank takes the whole batch, as if it were alone, but all
at once, so that caches and memory are shared as they will be; then each takes its rows (`nn/ranks.h`). The quotient of
the two times is what several are worth.

    mpirun -n 2 ranks

A rank is one thread here, which is what compares with one core. On one machine threads do the same without messages
(`bench CNN`): ranks are for several machines.

*Reads* nothing: data are drawn. *Writes* two rows and a quotient, by the first rank alone.
*/
#include <stdio.h>

#include "base/error.h"
#include "base/rng.h"
#include "bench/clock.h"
#include "bench/small_network.h"
#include "nn/optimizer.h"
#include "nn/ranks.h"
#include "tape/arithmetic.h"

enum { BATCH = 256, REPEATS = 21 };

typedef struct training {
    ranks by;
    small_network net;
    optimizer *o;
    tape *t;
    mat x;
    int *labels;
} training;

static void step(void *context)
{
    training *m = context;
    piece mine = ranks_rows(&m->by, BATCH);
    mat x = mat_rows(m->x, mine.first, mine.last - mine.first);
    node *loss = small_network_loss(m->t, &m->net, x, m->labels + mine.first);
    tape_backward(m->t, scale(m->t, loss, ranks_share(&m->by, BATCH)));
    ranks_add(&m->by, m->net.parameters, SMALL_PARAMETERS);
    optimizer_step(m->o, 1e-4);
    tape_reset(m->t);
}

static double time_of(training *m, ranks by)
{
    char name[64];
    m->by = by;
    tape_cut(m->t, by.count > 1);
    snprintf(name, sizeof name, "CNN step, batch %d, %d rank%s of 1 thread", BATCH, by.count, by.count > 1 ? "s" : "");
    return clock_report(name, 0, 0, REPEATS, step, m);
}

int main(int argc, char **argv)
{
    ranks all = ranks_begin(&argc, &argv);
    if (all.index > 0 && !freopen("/dev/null", "w", stdout)) die(STATUS_FAILED, "/dev/null: cannot be opened");
    threads_begin(1);
    arena *memory = arena_new();
    gsl_rng *rng = rng_new(1, "bench");
    static training m;
    m.t = tape_new();
    m.x = arena_mat(memory, BATCH, 784);
    rng_uniform(rng, m.x, 0, 1);
    m.labels = labels_new(BATCH, 10, memory);
    small_network_init(&m.net, memory, rng);
    m.o = optimizer_new(&adam, m.net.parameters, SMALL_PARAMETERS, ADAM_DEFAULTS);
    double alone = time_of(&m, (ranks){ 0, 1 });
    if (all.count > 1) printf("%-44s %10.2f times as fast\n", "", alone / time_of(&m, all));
    optimizer_free(m.o);
    tape_free(m.t);
    gsl_rng_free(rng);
    arena_free(memory);
    ranks_end();
    return STATUS_DONE;
}
