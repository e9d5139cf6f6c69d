/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/pair_tiles.h"

enum { SIDE_LEAST = 32, KEEP_BYTES = 8 << 20 };

size_t pair_tiles_count(const pair_tiles *s)
{
    return s->blocks * (s->blocks + 1) / 2;
}

static tile tile_of(const pair_tiles *s, size_t I, size_t J)
{
    if (I > J) { size_t swap = I; I = J; J = swap; }
    tile k = { .i0 = I * s->side, .j0 = J * s->side, .index = J * (J + 1) / 2 + I,
               .diagonal = I == J };
    size_t b = s->x.rows, slot = s->keep ? k.index : threads_index();
    k.at = s->memory + slot * s->side * s->side;
    k.rows = b - k.i0 < s->side ? b - k.i0 : s->side;
    k.cols = b - k.j0 < s->side ? b - k.j0 : s->side;
    return k;
}

/*
# The tournament

The circle method: of n players, player n - 1 stands still, the others sit in a
circle that turns by one seat a round, and everyone meets who sits opposite. With an
odd number of blocks, the one that meets the n-th rests.
*/
static size_t players(const pair_tiles *s)
{
    return s->blocks + s->blocks % 2;
}

static bool opponents(const pair_tiles *s, size_t round, size_t match, size_t *I, size_t *J)
{
    size_t n = players(s), circle = n - 1;
    *I = (round + match) % circle;
    *J = match == 0 ? n - 1 : (round + circle - match) % circle;
    return *I < s->blocks && *J < s->blocks;
}

void pair_tiles_visit(const pair_tiles *s, tile_work work, void *context)
{
    bool alone = s->blocks == 1;
    #pragma omp parallel if (!alone)
    {
        #pragma omp for schedule(dynamic)
        for (size_t I = 0; I < s->blocks; I++) work(s, tile_of(s, I, I), context);

        for (size_t round = 0; round + 1 < players(s) && !alone; round++) {
            #pragma omp for schedule(dynamic)
            for (size_t match = 0; match < players(s) / 2; match++) {
                size_t I, J;
                if (opponents(s, round, match, &I, &J)) work(s, tile_of(s, I, J), context);
            }
        }
    }
}

/*
# Distances from products

$|x_i - x_j|^2 = |x_i|^2 + |x_j|^2 - 2\, x_i \cdot x_j$: the products of a tile's pairs
are one matrix product. The expression cancels when the points lie close together far
from the origin, so the batch is first moved to its mean, which changes no distance. Any
point near it would do, so this mean is a quick one, in the precision of the batch
(`learn/means.h` has the exact one). What rounding leaves below 0 is 0, and what is no number stays none.
*/
KERNEL static void complete(tile k, const real *norm)
{
    const real *nj = norm + k.j0;
    for (size_t i = 0; i < k.rows; i++) {
        real *row = k.at + i * k.cols, ni = norm[k.i0 + i];
        for (size_t j = 0; j < k.cols; j++) {
            real D = ni + nj[j] - 2 * row[j];
            row[j] = D <= 0 ? 0 : D;
        }
        if (k.diagonal) row[i] = PAIR_EXCLUDED;
    }
}

void pair_tiles_fill(const pair_tiles *s, tile k)
{
    gemm_block(k.rows, k.cols, s->x.cols, 1, mat_row(s->x, k.i0), s->x.cols, PLAIN,
               mat_row(s->x, k.j0), s->x.cols, TRANSPOSED, 0, k.at, k.cols);
    complete(k, s->norm);
}

KERNEL static void quick_means(real *mean, mat x, size_t first, size_t last)
{
    for (size_t j = first; j < last; j++) mean[j] = 0;
    for (size_t i = 0; i < x.rows; i++)
        for (size_t j = first; j < last; j++) mean[j] += mat_row(x, i)[j];
    for (size_t j = first; j < last; j++) mean[j] /= (real)x.rows;
}

KERNEL static void centre_rows(const pair_tiles *s, mat x, const real *mean,
                               size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        const real *from = mat_row(x, i);
        real *row = mat_row(s->x, i);
        for (size_t j = 0; j < x.cols; j++) row[j] = from[j] - mean[j];
        s->norm[i] = lane_dot(row, row, x.cols);
    }
}

static void centre(const pair_tiles *s, mat x, real *mean)
{
    size_t pieces = pieces_for(mat_size(x));
    #pragma omp parallel if (pieces > 1)
    {
        #pragma omp for schedule(static)
        for (size_t i = 0; i < pieces; i++) {
            piece p = piece_of(x.cols, LANES, pieces, i);
            quick_means(mean, x, p.first, p.last);
        }
        #pragma omp for schedule(static)
        for (size_t i = 0; i < pieces; i++) {
            piece p = piece_of(x.rows, 1, pieces, i);
            centre_rows(s, x, mean, p.first, p.last);
        }
    }
}

/*
# How large a tile

A quarter of a small batch, so that a few threads have tiles to share; at most
128 x 128 floats, which a core's own cache holds beside the rows they come from.
*/
pair_tiles pair_tiles_new(mat x, arena *a)
{
    size_t quarter = (x.rows / 4 + LANES - 1) / LANES * LANES;
    pair_tiles s = { .x = arena_mat(a, x.rows, x.cols),
                     .norm = arena_take(a, x.rows, sizeof *s.norm) };
    s.side = quarter > TILE_SIDE ? TILE_SIDE : quarter < SIDE_LEAST ? SIDE_LEAST : quarter;
    s.blocks = (x.rows + s.side - 1) / s.side;
    size_t bytes = s.side * s.side * sizeof *s.memory, tiles = pair_tiles_count(&s);
    s.keep = tiles * bytes <= KEEP_BYTES;
    s.memory = arena_take(a, s.keep ? tiles : (size_t)threads_count(), bytes);
    centre(&s, x, arena_take(a, x.cols, sizeof(real)));
    for (size_t i = 0; i < x.rows; i++)
        REQUIRE(!(4 * s.norm[i] >= PAIR_EXCLUDED), "point %zu is %g from the mean, expected less than %g",
                i, sqrt((double)s.norm[i]), sqrt((double)PAIR_EXCLUDED / 4));
    return s;
}
