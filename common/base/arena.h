/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/mat.h"

/*
# Memory that is given back all at once

A training step needs many buffers that all die together. An arena hands
them out by moving a pointer and takes them back by moving it to the start:
`arena_reset` frees nothing piece by piece. The first step makes it grow; the
reset after it joins what was grown into one block, and from then on a
training loop allocates nothing.

    arena *step = arena_new();
    for (...) {
        mat h = arena_mat(step, batch, 500);
        ...
        arena_reset(step);
    }
    arena_free(step);

The memory is aligned to 64 bytes (a cache line, a vector of AVX-512) and is
not cleared. An arena belongs to one thread. Exhausted memory is a broken
contract.
*/
typedef struct arena arena;

arena *arena_new(void);
void arena_free(arena *a);               /* accepts NULL */
void arena_reset(arena *a);

/* `count` elements of `size` bytes; an overflow of the product is caught. */
void *arena_take(arena *a, size_t count, size_t size);

/* A matrix whose elements are not set yet. */
mat arena_mat(arena *a, size_t rows, size_t cols);

/* How many bytes are handed out now, and the most there ever were. */
size_t arena_used(const arena *a);
size_t arena_peak(const arena *a);

/*
A mark remembers how much is handed out; `arena_release` gives back what was
taken since. This is how a function uses scratch memory of its caller's
arena: nothing else may hold on to what it took.
*/
typedef struct arena_mark { void *block; size_t used; } arena_mark;
arena_mark arena_save(const arena *a);
void arena_release(arena *a, arena_mark mark);

#endif
