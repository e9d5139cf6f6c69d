/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CSR_H
#define BASE_CSR_H

#include "base/arena.h"

/*
# Matrices that are almost all zeros

Of a bag of words, or of who cites whom, only what is not 0 is kept, row after row ("compressed sparse rows"): the entries of
row i have numbers from `start[i]` up to `start[i + 1]`; entry e stands in column `index[e]` and is `value[e]`, or 1 where
`value` is NULL.
*/
typedef struct csr {
    size_t rows, cols;
    size_t *start, *index;                  /* rows + 1; as many as entries */
    real *value;
} csr;

static inline size_t csr_entries(csr m)
{
    return m.start[m.rows];
}

/* An edge between two of n nodes. */
typedef struct csr_pair { size_t a, b; } csr_pair;

/* The n x n matrix of an undirected graph: each of `count` edges is an entry in both directions. An edge that is listed
   twice is there twice. The neighbours of a node stand in the order of the list. O(n + count). */
csr csr_of_pairs(size_t n, const csr_pair *pair, size_t count, arena *a);

#endif
