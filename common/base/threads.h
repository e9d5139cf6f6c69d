/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

#include <stddef.h>

/*
# One pool of threads, and sums that do not depend on its size

All parallel work runs in one OpenMP pool, and OpenBLAS works single-threaded
inside it: two pools side by side fight for the cores and make a training step
several times slower.

Work is cut into pieces whose number depends on the problem alone, never on
the number of threads; each piece adds up its numbers in a fixed order. So a
result has the same bytes at one thread and at sixteen.

`threads_begin` takes the number of threads, 0 for one a core (or
`OMP_NUM_THREADS`), and puts OpenBLAS on one thread. It also lets the CPU treat
subnormal numbers, those below $10^{-38}$, as 0: the moments that Adam keeps of a
unit that has died fade into that range and stay there, and many CPUs leave their
fast path for it. Call `threads_begin` before anything else of the suite;
`run_begin` does.
*/
void threads_begin(int threads);

/* How many threads the pool has. */
int threads_count(void);

/* The number of the calling thread among those of its parallel loop, from 0. */
size_t threads_index(void);

/*
A piece of work: the half-open range [first, last) out of `n`, cut into
`pieces` parts as equal as multiples of `unit` allow. Pieces may be empty.
*/
typedef struct piece { size_t first, last; } piece;
piece piece_of(size_t n, size_t unit, size_t pieces, size_t index);

/* How many pieces `numbers` elements are worth, for loops that read or write
   each a few times: one for some 16,384, which outweigh waking a thread. */
size_t pieces_for(size_t numbers);

/*
# Loops that the compiler turns into vectors

A function marked `KERNEL` is compiled three times, for AVX-512, for AVX2
and for any x86-64, and the loader picks the one that the CPU can run. A
kernel is a plain loop over a few arrays. It contains no OpenMP of its own
(the compiler would not carry the marking into the parallel part): a
parallel loop outside calls it for each piece.

Sums in a kernel run in lanes (`base/lanes.h`), with the same bits in all three.
The sanitizer builds compile each kernel once: their run-time is not there yet
when the loader chooses.
*/
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(SANITIZED)
#define KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif
#endif
