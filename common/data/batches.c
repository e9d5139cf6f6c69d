/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/rng.h"
#include "data/batches.h"

void batches_init(batches *b, size_t n, size_t size, batches_last last, gsl_rng *rng,
                  arena *a)
{
    REQUIRE(n > 0 && size > 0 && (last == KEEP_LAST || size <= n),
            "batches of %zu out of %zu examples", size, n);
    *b = (batches){ .n = n, .size = size, .last = last, .rng = rng,
                    .order = arena_take(a, n, sizeof *b->order) };
    for (size_t i = 0; i < n; i++) b->order[i] = i;
}

void batches_restart(batches *b)
{
    b->position = b->epoch = 0;
}

size_t batches_per_epoch(const batches *b)
{
    return b->last == KEEP_LAST ? (b->n + b->size - 1) / b->size : b->n / b->size;
}

/*
The permutation is drawn afresh from 0 to n - 1, not from the previous one: an
epoch's order depends on the state of the stream alone.
*/
const size_t *batches_next(batches *b, size_t *count)
{
    if (b->position == 0) rng_permutation(b->rng, b->order, b->n);
    const size_t *index = b->order + b->position;
    size_t left = b->n - b->position;
    *count = left < b->size ? left : b->size;

    b->position += *count;
    left -= *count;
    if (left == 0 || (b->last == DROP_LAST && left < b->size)) {
        b->position = 0;
        b->epoch++;
    }
    return index;
}

void batches_gather(mat x, int *y, mat from_x, const int *from_y, const size_t *index)
{
    mat_gather(x, from_x, index);
    for (size_t i = 0; y && i < x.rows; i++) y[i] = from_y[index[i]];
}

/*
Algorithm S of Knuth (The Art of Computer Programming 2, 3.4.2): of the
n - i numbers that are left, `count - chosen` are still to be chosen, so each
is taken with the ratio of the two as its probability. `gsl_ran_choose` does
the same, draw for draw, but from a list, and here that would be the numbers
0 to n - 1.
*/
void batches_choose(size_t *index, size_t count, size_t n, gsl_rng *rng)
{
    REQUIRE(count <= n, "%zu of %zu examples", count, n);
    for (size_t i = 0, chosen = 0; chosen < count; i++)
        if ((double)(n - i) * gsl_rng_uniform(rng) < (double)(count - chosen))
            index[chosen++] = i;
}
