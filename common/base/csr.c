/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/csr.h"
#include "base/error.h"

/* A counting sort: `start` counts, then sums, then is where the next entry of a row goes, which ends as that of the row
   behind it. */
csr csr_of_pairs(size_t n, const csr_pair *pair, size_t count, arena *a)
{
    csr m = { n, n, arena_take(a, n + 2, sizeof(size_t)), arena_take(a, 2 * count, sizeof(size_t)), NULL };
    size_t *next = m.start + 1;
    memset(m.start, 0, (n + 2) * sizeof *m.start);
    for (size_t e = 0; e < count; e++) {
        REQUIRE(pair[e].a < n && pair[e].b < n, "an edge between %zu and %zu of %zu nodes", pair[e].a, pair[e].b, n);
        next[pair[e].a + 1]++;
        next[pair[e].b + 1]++;
    }
    for (size_t i = 0; i < n; i++) next[i + 1] += next[i];
    for (size_t e = 0; e < count; e++) {
        m.index[next[pair[e].a]++] = pair[e].b;
        m.index[next[pair[e].b]++] = pair[e].a;
    }
    return m;
}
