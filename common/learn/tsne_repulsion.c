/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# All pairs, as fast as they go

Ten thousand points are a hundred million pairs an iteration, and a map takes a
thousand iterations. The loop below is nearly all of t-SNE's time.

*Letters:* n points in c dimensions, $y_i$; $w_{ij} = 1 / (1 + |y_i - y_j|^2)$; Z the sum of
all w; $R_i$ the force on point i; u, v, t its coordinates.
*/
#include <string.h>

#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/tsne_repulsion.h"

/*
# Two reciprocals for one division

Eleven of the twelve operations of a pair are additions and multiplications, which
a vector unit starts every cycle; the twelfth is a division, which occupies it for
about ten. Two divisions can be had for one and three products,

$$ \frac1a = \frac{b}{ab}, \qquad \frac1b = \frac{a}{ab}, $$

so the loop takes two vectors of points at a time. The roundings add up to two units
in the last place. The product must not overflow: below $10^9$ a coordinate makes
$a < 10^{19}$, and a float ends at $10^{38}$.

The points are followed by others far away, up to a multiple of two vectors, so that
no loop has a remainder. Their similarity to anyone is below $10^{-16}$.
*/
enum { STRIDE = 2 * LANES };
#define FAR_AWAY ((real)1e9)

/* In the plane. Returns the sum of w over row i, its own 1 included. */
KERNEL static real push_in_plane(real *force, const real *y, size_t n, size_t stride, size_t i)
{
    const real *y0 = y, *y1 = y + stride;
    real p0 = y0[i], p1 = y1[i], z[LANES] = { 0 }, u[LANES] = { 0 }, v[LANES] = { 0 };
    for (size_t j = 0; j < stride; j += STRIDE)
        for (size_t l = 0; l < LANES; l++) {
            real a0 = p0 - y0[j + l], b0 = p0 - y0[j + LANES + l];
            real a1 = p1 - y1[j + l], b1 = p1 - y1[j + LANES + l];
            real a = 1 + (a0 * a0 + a1 * a1), b = 1 + (b0 * b0 + b1 * b1);
            real both = 1 / (a * b), wa = b * both, wb = a * both;
            z[l] += wa + wb;
            wa *= wa;
            wb *= wb;
            u[l] += wa * a0 + wb * b0;
            v[l] += wa * a1 + wb * b1;
        }
    force[i] = lane_total(u, 0);
    force[n + i] = lane_total(v, 0);
    return lane_total(z, 0);
}

/* In space: one coordinate more. */
KERNEL static real push_in_space(real *force, const real *y, size_t n, size_t stride, size_t i)
{
    const real *y0 = y, *y1 = y + stride, *y2 = y + 2 * stride;
    real p0 = y0[i], p1 = y1[i], p2 = y2[i];
    real z[LANES] = { 0 }, u[LANES] = { 0 }, v[LANES] = { 0 }, t[LANES] = { 0 };
    for (size_t j = 0; j < stride; j += STRIDE)
        for (size_t l = 0; l < LANES; l++) {
            real a0 = p0 - y0[j + l], b0 = p0 - y0[j + LANES + l];
            real a1 = p1 - y1[j + l], b1 = p1 - y1[j + LANES + l];
            real a2 = p2 - y2[j + l], b2 = p2 - y2[j + LANES + l];
            real a = 1 + (a0 * a0 + a1 * a1 + a2 * a2), b = 1 + (b0 * b0 + b1 * b1 + b2 * b2);
            real both = 1 / (a * b), wa = b * both, wb = a * both;
            z[l] += wa + wb;
            wa *= wa;
            wb *= wb;
            u[l] += wa * a0 + wb * b0;
            v[l] += wa * a1 + wb * b1;
            t[l] += wa * a2 + wb * b2;
        }
    force[i] = lane_total(u, 0);
    force[n + i] = lane_total(v, 0);
    force[2 * n + i] = lane_total(t, 0);
    return lane_total(z, 0);
}

/*
# Rows for the threads

Every pair is visited twice, once from each side. Visiting it once would save a part
of the arithmetic, but would make rows write to each other; this way a row is
nobody's business but its own, and the force has the same bytes whoever computes it.
Z is added up within pieces of the rows, whose number depends on n alone, and then
over the pieces.
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
    size_t n = y.cols, c = y.rows, stride = (n + STRIDE - 1) / STRIDE * STRIDE;
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
