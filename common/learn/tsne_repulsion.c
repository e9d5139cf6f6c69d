/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# All pairs, as fast as they go

Ten thousand points are a hundred million pairs an iteration, and a map takes
a thousand iterations. Where the grid does not take over, the loop below is
nearly all of t-SNE's time.

*Letters:* n points in c dimensions, $y_i$; $w_{ij} = 1 / (1 + |y_i -
y_j|^2)$; Z the sum of all w; $R_i$ the force on point i, u its coordinates
in lanes.
*/
#include <string.h>

#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/tsne_repulsion.h"

/*
# One point against all

The row of point i: similarities and forces in lanes, as any sum here
(`base/lanes.h`). A vector unit starts an addition or a multiplication every
cycle and a division every ten or so, but works on all three at once; with a
dozen of the others to a division, neither waits for long.

The points are followed by others far away, up to a multiple of the lanes, so
that no loop has a remainder. Their similarity to anyone is below $10^{-16}$.
A point meets itself, too, with a similarity of 1 and no force.

In the plane and in space the loop is the same but for the number of
coordinates. For the compiler `dims` is the constant 2 or 3, so what loops over
coordinates unrolls, and sums stay in registers. The body has to be inlined
before any of that: without the attribute, which sees to it, the loop takes
two and a half times as long.
*/
#define FAR_AWAY ((real)1e9)

/* y holds all first coordinates, after `stride` all second ones, and so on. Returns the sum
   of w over row i. */
static inline __attribute__((always_inline))
real push(real *force, const real *y, size_t n, size_t stride, size_t i, const size_t dims)
{
    real z[LANES] = { 0 }, u[3][LANES] = { { 0 } }, d[3];
    for (size_t j = 0; j < stride; j += LANES)
        for (size_t l = 0; l < LANES; l++) {
            for (size_t f = 0; f < dims; f++) d[f] = y[f * stride + i] - y[f * stride + j + l];
            real apart = d[0] * d[0] + d[1] * d[1];
            if (dims == 3) apart += d[2] * d[2];
            real w = 1 / (1 + apart);
            z[l] += w;
            w *= w;
            for (size_t f = 0; f < dims; f++) u[f][l] += w * d[f];
        }
    for (size_t f = 0; f < dims; f++) force[f * n + i] = lane_total(u[f], 0);
    return lane_total(z, 0);
}

KERNEL static real push_in_plane(real *force, const real *y, size_t n, size_t stride, size_t i)
{
    return push(force, y, n, stride, i, 2);
}

KERNEL static real push_in_space(real *force, const real *y, size_t n, size_t stride, size_t i)
{
    return push(force, y, n, stride, i, 3);
}

/*
# Rows for the threads

Every pair is visited twice, once from each side. Visiting it once saves
hardly a fifth of the time, because the forces on the others have to be read
and written back, and makes rows write to each other. This way a row is
nobody's business but its own, and the force has the same bytes whoever
computes it. Z is added up within pieces of the rows, whose number depends on
n alone, and then over the pieces.
*/
enum { ROWS_A_PIECE = 64 };

static double push_piece(mat force, const real *y, size_t stride, piece p)
{
    double Z = 0;
    for (size_t i = p.first; i < p.last; i++) {
        real own = force.rows == 2 ? push_in_plane(force.at, y, force.cols, stride, i)
                                   : push_in_space(force.at, y, force.cols, stride, i);
        Z += (double)own - 1;
    }
    return Z;
}

double tsne_repel_exact(mat force, mat y, arena *scratch)
{
    size_t n = y.cols, c = y.rows, stride = (n + LANES - 1) / LANES * LANES;
    REQUIRE((c == 2 || c == 3) && mat_same_shape(force, y), "forces %zu x %zu of a map %zu x %zu; "
            "both have 2 or 3 rows", force.rows, force.cols, c, n);
    arena_mark mark = arena_save(scratch);
    size_t pieces = (n + ROWS_A_PIECE - 1) / ROWS_A_PIECE;
    real *padded = arena_take(scratch, c * stride, sizeof *padded);
    double *part = arena_take(scratch, pieces, sizeof *part), Z = 0;
    for (size_t f = 0; f < c; f++) {
        memcpy(padded + f * stride, mat_row(y, f), n * sizeof *padded);
        for (size_t j = n; j < stride; j++) padded[f * stride + j] = FAR_AWAY;
    }
    #pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < pieces; i++)
        part[i] = push_piece(force, padded, stride, piece_of(n, 1, pieces, i));
    for (size_t i = 0; i < pieces; i++) Z += part[i];
    arena_release(scratch, mark);
    return Z;
}
