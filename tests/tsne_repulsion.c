/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The repulsion of t-SNE against double loops

The forces of all pairs, those that a grid interpolates, and what lies between
the two, the convolution over the nodes of the grid.

    tsne_repulsion [CASE]      all cases, or one
*/
#include <gsl/gsl_test.h>
#include <math.h>
#include <string.h>

#include "cases.h"
#include "learn/tsne_convolution.h"
#include "learn/tsne_grid.h"
#include "learn/tsne_repulsion.h"
#include "points.h"

/* A map by coordinates, c x n, with standard deviation `sd`. */
static mat scatter(unsigned long seed, size_t c, size_t n, double sd)
{
    gsl_rng *rng = rng_new(seed, "scatter");
    mat y = arena_mat(memory, c, n);
    rng_normal(rng, y, sd);
    gsl_rng_free(rng);
    return y;
}

/*
# All pairs

Forces are compared by the root mean square of what is off, relative to that
of the forces; Z may be off by what a row's own 1, which it loses, rounds
away.
*/
static double loops(double *force, mat y)
{
    size_t n = y.cols, c = y.rows;
    double Z = 0, d[3];
    memset(force, 0, n * c * sizeof *force);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (i == j) continue;
            double w = 1;
            for (size_t f = 0; f < c; f++) {
                d[f] = (double)mat_row(y, f)[i] - (double)mat_row(y, f)[j];
                w += d[f] * d[f];
            }
            Z += 1 / w;
            for (size_t f = 0; f < c; f++) force[f * n + i] += d[f] / (w * w);
        }
    return Z;
}

static void forces_match(const char *name, mat force, double Z, mat y, double enough, double enough_Z)
{
    size_t size = mat_size(y);
    double *wanted = arena_take(memory, size, sizeof *wanted), off = 0, all = 0, worst = 0;
    double right = loops(wanted, y);
    for (size_t e = 0; e < size; e++) {
        double by = (double)force.at[e] - wanted[e];
        off += by * by;
        all += wanted[e] * wanted[e];
        worst = larger(worst, fabs(by));
    }
    gsl_test(!(sqrt(off) <= enough * sqrt(all)), "%s: forces to %.2g, the worst to %.2g of the rms", name,
             sqrt(off / all), worst / sqrt(all / (double)size));
    gsl_test(!(fabs(Z - right) <= enough_Z), "%s: Z = %.9g to %.2g", name, Z, fabs(Z / right - 1));
}

static void test_pairs(void)
{
    static const struct { const char *name; size_t c, n; double sd; } map[] = {
        { "two points", 2, 2, 1 }, { "a start", 2, 333, 1e-4 }, { "unit size", 2, 1000, 1 },
        { "a plain map", 2, 1025, 20 }, { "far apart", 2, 200, 3000 }, { "in space", 3, 700, 8 },
        { "a start in space", 3, 64, 1e-4 }, { "two in space", 3, 2, 3 },
    };
    for (size_t m = 0; m < sizeof map / sizeof *map; m++) {
        mat y = scatter(m + 1, map[m].c, map[m].n, map[m].sd), force = arena_mat(memory, y.rows, y.cols);
        double Z = tsne_repel_exact(force, y, memory);
        forces_match(map[m].name, force, Z, y, tolerance(1e-5, 1e-12), tolerance(1e-6, 1e-12) * (Z + (double)y.cols));
    }
}

/*
# The convolution

Over all pairs of nodes, with weights of either sign. One convolution serves
grids of any size, one after the other: smaller and larger ones, the same with
another step, odd and prime numbers of nodes.
*/
static void convolution_matches(tsne_convolution *g, size_t p, double step)
{
    tsne_nodes at = tsne_convolution_nodes(g, p, step);
    mat D = scatter(p, p, p, 1);
    double S, right = 0, sum = 0, off = 0, all = 0;
    memset(at.weight, 0, p * at.pitch * sizeof *at.weight);
    for (size_t r = 0; r < p; r++) memcpy(at.weight + r * at.pitch, mat_row(D, r), p * sizeof *D.at);
    tsne_convolve(g);
    S = tsne_convolve(g);
    for (size_t a = 0; a < p * p; a++) {
        double force[2] = { 0, 0 };
        for (size_t b = 0; b < p * p; b++) {
            double d[2] = { step * ((double)(a % p) - (double)(b % p)), step * ((double)(a / p) - (double)(b / p)) };
            double w = 1 / (1 + d[0] * d[0] + d[1] * d[1]), term = w * (double)D.at[a] * (double)D.at[b];
            right += term;
            sum += fabs(term);
            for (size_t f = 0; f < 2; f++) force[f] += d[f] * w * w * (double)D.at[b];
        }
        for (size_t f = 0; f < 2; f++) {
            double by = (double)at.field[f][a / p * at.pitch + a % p] - force[f];
            off += by * by;
            all += force[f] * force[f];
        }
    }
    gsl_test(!(sqrt(off) <= tolerance(3e-6, 1e-14) * sqrt(all)), "%zu x %zu nodes, %g apart: forces to %.2g", p, p,
             step, all > 0 ? sqrt(off / all) : sqrt(off));
    gsl_test(!(fabs(S - right) <= tolerance(1e-6, 1e-14) * sum), "%zu x %zu nodes, %g apart: S = %.9g to %.2g", p, p,
             step, S, fabs(S - right) / sum);
}

static void test_convolution(void)
{
    static const struct { size_t p; double step; } grid[] = {
        { 1, 1 }, { 2, 0.5 }, { 12, 1.0 / 6 }, { 13, 1.0 / 6 }, { 48, 1.0 / 384 }, { 48, 2 }, { 7, 1 }, { 30, 1.0 / 6 },
    };
    tsne_convolution *g = tsne_convolution_new();
    for (size_t k = 0; k < sizeof grid / sizeof *grid; k++) convolution_matches(g, grid[k].p, grid[k].step);
    tsne_convolution_free(g);
}

/*
# The grid

Its error is that of polynomials of degree 5, 0.0035 at the edge of a box
(`tsne_grid.c`), in either precision. Points drawn independently are the
hardest case: the forces of their many neighbours nearly cancel, and what is
left comes from the few nearest. One grid serves all maps, and must not be
told from a new one.
*/
static void grid_matches(const char *name, mat y, tsne_grid *used)
{
    mat force = arena_mat(memory, 2, y.cols), again = arena_mat(memory, 2, y.cols);
    tsne_grid *fresh = tsne_grid_new();
    double Z = tsne_repel_interpolated(force, y, fresh), Z_again = tsne_repel_interpolated(again, y, used);
    tsne_grid_free(fresh);
    forces_match(name, force, Z, y, 5e-3, 1e-3 * Z);
    gsl_test(Z != Z_again || memcmp(force.at, again.at, mat_size(force) * sizeof(real)) != 0,
             "%s: a used grid gives the bytes of a new one", name);
}

static void test_grid(void)
{
    static const struct { const char *name; size_t n; double sd; } map[] = {
        { "a start", 500, 1e-4 }, { "a tenth", 500, 0.1 }, { "unit size", 1000, 1 }, { "a small map", 1000, 6 },
        { "a plain map", 2000, 20 }, { "a wide map", 2000, 60 },
    };
    tsne_grid *g = tsne_grid_new();
    for (size_t m = 0; m < sizeof map / sizeof *map; m++) {
        mat y = scatter(m + 1, 2, map[m].n, map[m].sd);
        grid_matches(map[m].name, y, g);
        for (size_t e = 0; e < mat_size(y); e++) y.at[e] += (real)(30 * map[m].sd);
        grid_matches("the same elsewhere", y, g);
    }
    mat line = scatter(9, 2, 500, 10);
    for (size_t i = 0; i < 500; i++) line.at[i] = 3;
    grid_matches("a line", line, g);

    mat same = arena_mat(memory, 2, 100), force = arena_mat(memory, 2, 100);
    mat_fill(same, 7);
    gsl_test_rel(tsne_repel_interpolated(force, same, g), 9900, 1e-5, "a hundred in one place: Z");
    tsne_grid_free(g);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "pairs", test_pairs }, { "convolution", test_convolution }, { "grid", test_grid },
    };
    return POINTS_RUN(cases, argc, argv);
}
