/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_PAIR_TILES_H
#define LEARN_PAIR_TILES_H

#include "base/arena.h"

/*
# All pairs of a batch, tile by tile

Some losses look at every pair of b points. The matrix of their squared Euclidean
distances has $b^2$ elements, is symmetric, and is needed only piece by piece.

The points are cut into `blocks` of at most `side`. A *tile* holds the distances
between two blocks; because the matrix is symmetric, the tile of blocks (I, J)
serves the rows of I and, read by columns, the rows of J. Two tiles can be worked
on at once if they share no block. Which tiles? Let the blocks play a round-robin
tournament: in each round every block meets one other, and each pair meets once.
A round is a parallel loop; every block sees its opponents in the order of the
rounds, whatever the threads do. So sums over rows need no locks, and have the same
bytes at any number of threads.

    pair_tiles s = pair_tiles_new(x, arena);
    pair_tiles_visit(&s, collect, &sums);       collect(&s, tile, &sums)

`collect` calls `pair_tiles_fill` for the distances. Where all tiles fit in 8 MB, up to 1,920 points,
they are kept from one visit to the next, and a later visitor finds in them what
the last one left; else `keep` is false and each thread has one tile to fill anew.
*/
enum { TILE_SIDE = 128 };                  /* the most rows or columns of a tile */

typedef struct pair_tiles {
    size_t side, blocks;
    mat x;                         /* b x d: the points, moved to their mean */
    real *norm;                    /* b: |x_i|^2 */
    bool keep;
    real *memory;                  /* one tile a pair of blocks, or one a thread */
} pair_tiles;

/* Rows i0 to i0 + rows against rows j0 to j0 + cols of the batch: `at` is
   rows x cols. On the diagonal i0 = j0. */
typedef struct tile {
    size_t i0, rows, j0, cols, index;
    bool diagonal;
    real *at;
} tile;

/* What the diagonal of the matrix holds: farther than any point. */
#define PAIR_EXCLUDED ((real)1e30)

/* Copies and centres `x` (b x d); no point is 5e14 or more from the mean, but NaN may be among them, and all distances are
   NaN then. Cost: $O(bd)$; memory in the arena: the copy, and
   8 MB or 64 KB a thread. */
pair_tiles pair_tiles_new(mat x, arena *a);

/* How many tiles there are; each has an `index` below that. */
size_t pair_tiles_count(const pair_tiles *s);

/* Calls `work` for every tile: those of the diagonal first, then the rounds. */
typedef void (*tile_work)(const pair_tiles *s, tile k, void *context);
void pair_tiles_visit(const pair_tiles *s, tile_work work, void *context);

/* Fills a tile with squared distances. Cost: 2 rows cols d flops. */
void pair_tiles_fill(const pair_tiles *s, tile k);

#endif
