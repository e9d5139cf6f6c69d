/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# How fast are the losses?

An epoch of the toy of Figure 1: 32,000 examples of 20 numbers in batches of 1024, 20 classes, a linear model and Adam; with
labels, and with soft targets, where each example is told apart from all others of its batch.

    bench [WORD]        all rows, or those whose name contains WORD

`make bench` runs it after the suite's own table (`common/bench/bench.c` says how to read one).
*/
#include "base/error.h"
#include "base/rng.h"
#include "bench/clock.h"
#include "losses.h"
#include "nn/dense.h"
#include "nn/optimizer.h"

enum { EXAMPLES = 32000, BATCH = 1024, CLASSES = 20 };

typedef struct epoch {
    loss_kind kind;
    tape *t;
    mat x, targets;
    int *labels;
    parameter w;
    optimizer *o;
} epoch;

static void epoch_run(void *context)
{
    epoch *e = context;
    tape *t = e->t;
    const contrast uniform = { NULL, 1 };
    for (size_t first = 0; first < EXAMPLES; first += BATCH) {
        size_t n = EXAMPLES - first < BATCH ? EXAMPLES - first : BATCH;
        node *z = dense(t, tape_input(t, mat_rows(e->x, first, n)), tape_parameter(t, &e->w), NULL, LINEAR);
        tape_backward(t, loss_of(e->kind, t, z, e->labels + first, mat_rows(e->targets, first, n), &uniform, NULL));
        optimizer_step(e->o, 1e-3);
        tape_reset(t);
    }
}

int main(int argc, char **argv)
{
    clock_begin(argc, argv);
    arena *memory = arena_new();
    gsl_rng *rng = rng_new(1, "bench");
    epoch e = { .t = tape_new(), .x = arena_mat(memory, EXAMPLES, CLASSES), .targets = arena_mat(memory, EXAMPLES, CLASSES),
                .labels = arena_take(memory, EXAMPLES, sizeof(int)), .w = parameter_new(memory, "toy", "w", CLASSES, CLASSES) };
    parameter *all[] = { &e.w };
    rng_normal(rng, e.x, 1);
    mat_fill(e.targets, (real)1 / CLASSES);
    for (size_t i = 0; i < EXAMPLES; i++) e.labels[i] = (int)(i % CLASSES);
    e.o = optimizer_new(&adam, all, 1, ADAM_DEFAULTS);
    double linear = 4.0 * EXAMPLES * CLASSES * CLASSES, pairs = 4.0 * EXAMPLES * BATCH * CLASSES;
    e.kind = NLL;
    clock_report("toy, epoch of 32,000, NLL", linear, 0.6e-3, 51, epoch_run, &e);
    e.kind = INFO_NCE;
    clock_report("toy, epoch of 32,000, InfoNCE", linear, 0, 51, epoch_run, &e);
    e.kind = SOFT_TARGET;
    clock_report("toy, epoch of 32,000, soft target InfoNCE", linear + pairs, 9e-3, 21, epoch_run, &e);
    optimizer_free(e.o);
    tape_free(e.t);
    gsl_rng_free(rng);
    arena_free(memory);
    return STATUS_DONE;
}
