/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TAPES_H
#define TESTS_TAPES_H

#include "base/arena.h"
#include "base/rng.h"
#include "base/threads.h"
#include "cases.h"
#include "tape/tape.h"

/* What operations are tested with: memory that each case finds empty, and a tape. */
static arena *memory;
static tape *t;

static inline mat noise(gsl_rng *rng, size_t rows, size_t cols)
{
    mat x = arena_mat(memory, rows, cols);
    rng_normal(rng, x, 1);
    return x;
}

static inline void tapes_clear(void)
{
    tape_reset(t);
    arena_reset(memory);
}

static inline void tapes_begin(void)
{
    threads_begin(0);
    memory = arena_new();
    t = tape_new();
}

/* For `main`, after `tapes_begin`: runs the cases, gives memory and tape back. */
static inline int tapes_run(const test_case *cases, size_t count, int argc, char **argv)
{
    int status = cases_run(cases, count, tapes_clear, argc, argv);
    tape_free(t);
    arena_free(memory);
    return status;
}

#define TAPES_RUN(cases, argc, argv) tapes_run(cases, sizeof(cases) / sizeof *(cases), argc, argv)

/* Likewise; but with the arguments "refuse WHAT" breaks that contract instead, and is done if nobody minds. */
#define TAPES_RUN_OR_REFUSE(cases, refuse, argc, argv) \
    ((argc) > 2 && strcmp((argv)[1], "refuse") == 0 ? (refuse((argv)[2]), STATUS_DONE) : TAPES_RUN(cases, argc, argv))

#endif
