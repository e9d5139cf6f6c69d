/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Repulsion by interpolation

The force on point i and the normaliser are sums of smooth functions of
differences,

$$ R_i = \sum_j F(y_i - y_j), \quad F(\delta) = \frac{\delta}{(1 + |\delta|^2)^2}, \qquad
   Z + n = \sum_{i,j} W(y_i - y_j), \quad W(\delta) = \frac{1}{1 + |\delta|^2} . $$

Smooth functions can be interpolated. Cut the map into square boxes and put 6
x 6 nodes $g_a$ into each. With the polynomials $L_a$ that interpolate between
the nodes of a box (0 outside of it),

$$ F(y_i - y_j) \approx \sum_{a,b} L_a(y_i)\, F(g_a - g_b)\, L_b(y_j), $$

and the sum over j can go first: it gives each node a weight,
$D_b = \sum_j L_b(y_j)$. Three steps, none of which looks at a pair of points:

1. *spread*: each point adds to the nodes of its box;
2. *convolve*: $\Phi_a = \sum_b F(g_a - g_b)\, D_b$ over the nodes;
3. *collect*: each point reads $\sum_a L_a(y_i)\, \Phi_a$.

Linderman and his coauthors convolve one kernel with four different weights,
$1$, $y$ and $|y|^2$, and obtain forces as differences. We convolve the forces
themselves: one weight, two kernels, and nothing that cancels.

The middle one is `learn/tsne_convolution.h`. Here are where the nodes lie, and
the other two.

*Letters:* n points; b boxes of width h along each side; p = 6b nodes along
each side, h/6 apart.
*/
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "learn/tsne_convolution.h"
#include "learn/tsne_grid.h"

enum { NODES = 6, FEWEST = 8, MOST = 512 };
#define NARROWEST (1.0 / 64)

struct tsne_grid {
    double h;
    size_t b;
    real left[2];                  /* where the grid begins */
    tsne_convolution *convolution;
    tsne_nodes nodes;
};

/*
# The grid

How wide may a box be? Along a line W is $1/(1 + x^2)$, whose sixth derivative
is at most 6!; so a polynomial of degree 5 through nodes at $s = 0, 1, \dots,
5$, a sixth of a box apart, is off by at most $(h/6)^6\, |s(s - 1) \cdots (s -
5)|$, at the edge of the box 0.0035 for h = 1. Wider boxes with as many nodes
a unit do worse at the same price, which is that of the transforms and grows with
the number of nodes alone: 12 x 12 with h = 2 are off by ten times as much, and far wider
ones come so near the poles of W at $\pm i$ that no number of evenly spaced nodes helps.
Narrower boxes do worse, too: 3 x 3, as the authors have them, with h = 1/2 are off by four
times as much.

In a small map forces are small, and so must be the errors: h is halved until
there are 8 boxes, or until the polynomials are exact for all that a float can
tell. By whole halvings, because what depends on h and b alone then serves
many iterations. The number of boxes goes up to one without a prime factor
above 5, as transforms like it.
*/
static size_t smooth_above(size_t b)
{
    for (;; b++) {
        size_t rest = b;
        while (rest % 2 == 0) rest /= 2;
        while (rest % 3 == 0) rest /= 3;
        while (rest % 5 == 0) rest /= 5;
        if (rest == 1) return b;
    }
}

static double extent(real *middle, const real *y, size_t n)
{
    real low = y[0], high = y[0];
    for (size_t i = 1; i < n; i++) {
        if (y[i] < low) low = y[i];
        if (y[i] > high) high = y[i];
    }
    *middle = low / 2 + high / 2;
    return (double)high - (double)low;
}

static void lay(tsne_grid *g, mat y)
{
    real middle[2];
    double w0 = extent(&middle[0], mat_row(y, 0), y.cols);
    double w1 = extent(&middle[1], mat_row(y, 1), y.cols), w = w0 > w1 ? w0 : w1, h = 1;
    REQUIRE(isfinite(w), "a map %g wide; its coordinates must be finite", w);
    while (w / h > MOST) h *= 2;
    while (w / h < FEWEST && h > NARROWEST) h /= 2;
    size_t b = smooth_above((size_t)(w / h) + 1);
    for (size_t f = 0; f < 2; f++) g->left[f] = middle[f] - (real)(h * (double)b / 2);
    g->h = h;
    g->b = b;
    g->nodes = tsne_convolution_nodes(g->convolution, NODES * b, h / NODES);
}

/*
# Interpolation within a box

With nodes at $s = 0, 1, \dots, 5$ and the box from $-\tfrac12$ to
$5\tfrac12$, so that the nodes of all boxes together are evenly spaced, the
polynomials are Lagrange's,

$$ L_k(s) = \prod_{m \ne k} \frac{s - m}{k - m} . $$
*/
typedef struct place { size_t node; real x[NODES], y[NODES]; } place;

static inline size_t along(real *L, real y, real left, real per_box, size_t b)
{
    real at = (y - left) * per_box;
    size_t box = at > 0 ? (size_t)at : 0;
    if (box >= b) box = b - 1;
    real s = NODES * (at - (real)box) - (real)0.5;
    for (int k = 0; k < NODES; k++) {
        L[k] = 1;
        for (int m = 0; m < NODES; m++)
            if (m != k) L[k] *= (s - (real)m) / (real)(k - m);
    }
    return NODES * box;
}

static inline place place_of(const tsne_grid *g, mat y, size_t i)
{
    place at;
    real per_box = (real)(1 / g->h);
    size_t column = along(at.x, y.at[i], g->left[0], per_box, g->b);
    at.node = column + g->nodes.pitch * along(at.y, y.at[y.cols + i], g->left[1], per_box, g->b);
    return at;
}

/*
# Spread

In Z every point meets itself, through the nodes of its box: with 1, were it
not for the interpolation. What it does meet is a sum over pairs of nodes,
which only depends on how many steps they are apart along each axis; `lags`
collects the products of weights that many steps apart. `spread` returns the
sum over all points, for Z to lose. (F is odd, and nobody pushes himself.)
*/
static void lags(double *lag, const real *L)
{
    for (size_t k = 0; k < NODES; k++) {
        lag[k] = 0;
        for (size_t m = k; m < NODES; m++)
            lag[k] += (k ? 2 : 1) * (double)L[m] * (double)L[m - k];
    }
}

static double spread(const tsne_grid *g, mat y)
{
    double pairs[NODES][NODES] = { { 0 } }, step = g->h / NODES, alone = 0;
    memset(g->nodes.weight, 0, g->nodes.p * g->nodes.pitch * sizeof(real));
    for (size_t i = 0; i < y.cols; i++) {
        place at = place_of(g, y, i);
        double u[NODES], v[NODES];
        lags(u, at.x);
        lags(v, at.y);
        for (size_t r = 0; r < NODES; r++) {
            real *node = g->nodes.weight + at.node + r * g->nodes.pitch;
            for (size_t c = 0; c < NODES; c++) {
                node[c] += at.y[r] * at.x[c];
                pairs[r][c] += v[r] * u[c];
            }
        }
    }
    for (size_t r = 0; r < NODES; r++)
        for (size_t c = 0; c < NODES; c++)
            alone += pairs[r][c] / (1 + step * step * (double)(r * r + c * c));
    return alone;
}

/*
# Collect

The six by six products that gave a point's weight to the nodes read its force
off them, once a coordinate.
*/
static void collect(mat force, mat y, const tsne_grid *g, size_t i)
{
    place at = place_of(g, y, i);
    for (size_t f = 0; f < 2; f++) {
        const real *node = g->nodes.field[f] + at.node;
        real sum = 0;
        for (size_t r = 0; r < NODES; r++, node += g->nodes.pitch)
            for (size_t c = 0; c < NODES; c++) sum += at.y[r] * at.x[c] * node[c];
        mat_row(force, f)[i] = sum;
    }
}

double tsne_repel_interpolated(mat force, mat y, tsne_grid *g)
{
    REQUIRE(y.rows == 2 && y.cols > 0 && mat_same_shape(force, y), "forces %zu x %zu of a map %zu x %zu; "
            "the grid takes 2 x n of each", force.rows, force.cols, y.rows, y.cols);
    lay(g, y);
    double alone = spread(g, y), Z = tsne_convolve(g->convolution) - alone;
    #pragma omp parallel for schedule(static)
    for (size_t i = 0; i < y.cols; i++) collect(force, y, g, i);
    return Z;
}

tsne_grid *tsne_grid_new(void)
{
    tsne_grid *g = calloc(1, sizeof *g);
    REQUIRE(g, "no memory for a grid");
    g->convolution = tsne_convolution_new();
    return g;
}

void tsne_grid_free(tsne_grid *g)
{
    if (!g) return;
    tsne_convolution_free(g->convolution);
    free(g);
}
