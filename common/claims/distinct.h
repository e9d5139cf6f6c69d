/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_DISTINCT_H
#define CLAIMS_DISTINCT_H

#include <stddef.h>

#include "base/arena.h"

/*
# Names, each once, in the order of their first use

    distinct d = distinct_new(memory, most);
    size_t i = distinct_place(&d, "SNNL-1");      0
    size_t j = distinct_place(&d, "SNNL-1");      0 again

The names are borrowed.
*/
typedef struct distinct {
    const char **at;
    size_t count, most;
} distinct;

distinct distinct_new(arena *memory, size_t most);

/* The place of a name, which is the last if it is new. */
size_t distinct_place(distinct *d, const char *name);

#endif
