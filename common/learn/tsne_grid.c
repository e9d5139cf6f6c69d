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

*Letters:* n points; b boxes of width h along each side; p = 6b nodes along
each side, h/6 apart; a torus of 2p x 2p for the transforms.
*/
#include <fftw3.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/threads.h"
#include "learn/tsne_grid.h"

#ifdef REAL_IS_DOUBLE
#define FFTW(name) fftw_##name
#else
#define FFTW(name) fftwf_##name
#endif
typedef FFTW(complex) complex;                           /* real, imaginary */

enum { NODES = 6, FEWEST = 8, MOST = 512, COLUMNS = 8, ALIGNED = 16, REALS_A_NODE = 25 };
#define NARROWEST (1.0 / 64)

struct tsne_grid {
    arena *memory;                 /* of a grid of this size */
    size_t threads;                /* how many it has columns for */
    double h;
    size_t b, p, room;             /* memory is there for a side of `room` nodes */
    size_t pitch, width;           /* of a row: reals, and complex after its transform */
    real left[2];                  /* where the grid begins */
    real *weight;                  /* p x pitch: D, the right half 0 */
    complex *spectrum[2];          /* p x width: of D, then of Phi; one a coordinate */
    real *field[2];                /* p x pitch: Phi; the right half is refuse */
    real *kernel[3];               /* width x 2p: transforms of F and W, by columns */
    complex *columns;              /* threads x 2 x COLUMNS x 2p */
    FFTW(plan) row, row_back, column, column_back;
};

/*
# The grid

How wide may a box be? Along a line W is $1/(1 + x^2)$, whose sixth derivative
is at most 6!; so a polynomial of degree 5 through nodes at $s = 0, 1, \dots,
5$, a sixth of a box apart, is off by at most $(h/6)^6\, |s(s - 1) \cdots (s -
5)|$, at the edge of the box 0.0035 for h = 1. A wider box would reach beyond
the poles of W at $\pm i$, where more nodes do not help. Narrower ones with
fewer nodes do worse at the same price, which is that of the transforms and
grows with the number of nodes alone: 3 x 3, as the authors have them, with
h = 1/2 are off by four times as much.

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

/* Returns whether h or b changed. */
static bool lay(tsne_grid *g, mat y)
{
    real middle[2];
    double w0 = extent(&middle[0], mat_row(y, 0), y.cols);
    double w1 = extent(&middle[1], mat_row(y, 1), y.cols), w = w0 > w1 ? w0 : w1, h = 1;
    REQUIRE(isfinite(w), "a map %g wide; its coordinates must be finite", w);
    while (w / h > MOST) h *= 2;
    while (w / h < FEWEST && h > NARROWEST) h /= 2;
    size_t b = smooth_above((size_t)(w / h) + 1);
    for (size_t c = 0; c < 2; c++) g->left[c] = middle[c] - (real)(h * (double)b / 2);
    bool changed = h != g->h || b != g->b;
    g->h = h;
    g->b = b;
    return changed;
}

/*
# Transforms

A convolution becomes a product after a Fourier transform, but the transform
believes that the plane is a torus, on which the right edge touches the left.
On a torus twice as wide and as high, with nothing in the other three
quarters, no two nodes meet around the corner.

A transform of the plane is one of all rows and then one of all columns. Doing
the two steps ourselves has three advantages: rows that are empty, or that
nobody will read, are left out; a column can be transformed, multiplied and
transformed back while it is in the cache; and threads share rows and columns,
each of which comes out the same whoever computes it. `FFTW_ESTIMATE` makes
the library choose its algorithm by rule rather than by the clock, or runs
would differ in their last bits.
*/
static void forget(tsne_grid *g)
{
    if (!g->row) return;
    FFTW(destroy_plan)(g->row);
    FFTW(destroy_plan)(g->row_back);
    FFTW(destroy_plan)(g->column);
    FFTW(destroy_plan)(g->column_back);
    arena_reset(g->memory);
}

/* A map grows. Memory for a grid half as long again saves the fresh pages of the next. */
static void make_room(tsne_grid *g)
{
    if (g->p <= g->room) return;
    g->room = g->p + g->p / 2;
    arena_take(g->memory, REALS_A_NODE * g->room * g->room, sizeof(real));
    arena_reset(g->memory);
}

static void prepare(tsne_grid *g)
{
    size_t p = g->p = NODES * g->b;
    arena *a = g->memory;
    make_room(g);
    g->pitch = (2 * p + ALIGNED - 1) / ALIGNED * ALIGNED;
    g->width = (p + 1 + COLUMNS - 1) / COLUMNS * COLUMNS;
    g->weight = arena_take(a, p * g->pitch, sizeof(real));
    for (size_t c = 0; c < 2; c++) {
        g->spectrum[c] = arena_take(a, p * g->width, sizeof(complex));
        g->field[c] = arena_take(a, p * g->pitch, sizeof(real));
    }
    for (size_t k = 0; k < 3; k++) g->kernel[k] = arena_take(a, g->width * 2 * p, sizeof(real));
    g->threads = (size_t)threads_count();
    g->columns = arena_take(a, g->threads * 2 * COLUMNS * g->pitch, sizeof(complex));

    int length = (int)(2 * p);
    g->row = FFTW(plan_dft_r2c_1d)(length, g->weight, g->spectrum[0], FFTW_ESTIMATE);
    g->row_back = FFTW(plan_dft_c2r_1d)(length, g->spectrum[0], g->field[0], FFTW_ESTIMATE);
    g->column = FFTW(plan_dft_1d)(length, g->columns, g->columns, FFTW_FORWARD, FFTW_ESTIMATE);
    g->column_back = FFTW(plan_dft_1d)(length, g->columns, g->columns, FFTW_BACKWARD, FFTW_ESTIMATE);
    REQUIRE(g->row && g->row_back && g->column && g->column_back, "no transform of length %d", length);
}

/* A thread's own memory: two sets of COLUMNS, each 2p long and `pitch` apart. */
static complex *columns_of(const tsne_grid *g, size_t set)
{
    return g->columns + ((size_t)omp_get_thread_num() * 2 + set) * COLUMNS * g->pitch;
}

/* Columns from `first` on; what lies below `height` is 0. */
static complex *take_columns(const tsne_grid *g, complex *from, size_t first, size_t height)
{
    complex *to = columns_of(g, 0);
    for (size_t r = 0; r < height; r++)
        for (size_t c = 0; c < COLUMNS; c++)
            memcpy(to[c * g->pitch + r], from[r * g->width + first + c], sizeof *to);
    for (size_t c = 0; c < COLUMNS; c++)
        memset(to[c * g->pitch + height], 0, (2 * g->p - height) * sizeof *to);
    return to;
}

static void put_columns(const tsne_grid *g, complex *to, size_t first, complex *from)
{
    for (size_t r = 0; r < g->p; r++)
        for (size_t c = 0; c < COLUMNS; c++)
            memcpy(to[r * g->width + first + c], from[c * g->pitch + r], sizeof *to);
}

/*
# The transforms of the kernels

On the torus, index r stands for the difference r if it is below p and r - 2p
otherwise. No two nodes are p apart, and 0 is as good as anything there. W is
an even function, so its transform is real; a coordinate of F is odd, so its
transform is imaginary; one number each is kept, with the $1/(2p)^2$ that a
transform to and fro leaves behind.
*/
KERNEL static void sample_kernel(real *row, size_t k, real step, size_t p, real v)
{
    for (size_t c = 0; c < p; c++) {
        real u = step * (real)c, w = 1 / (1 + (u * u + v * v));
        row[c] = k == 2 ? w : (k == 0 ? u : v) * w * w;
    }
    row[p] = 0;
    for (size_t c = 1; c < p; c++) row[2 * p - c] = k == 0 ? -row[c] : row[c];
}

static void transform_kernels(tsne_grid *g)
{
    size_t p = g->p;
    arena_mark mark = arena_save(g->memory);
    real *rows = arena_take(g->memory, 2 * p * g->pitch, sizeof *rows);
    complex *spectrum = arena_take(g->memory, 2 * p * g->width, sizeof *spectrum);
    real scale = (real)(1 / (4 * (double)p * (double)p)), step = (real)(g->h / NODES);
    memset(spectrum, 0, 2 * p * g->width * sizeof *spectrum);
    for (size_t k = 0; k < 3; k++) {
        #pragma omp parallel for schedule(static)
        for (size_t r = 0; r < 2 * p; r++) {
            real v = (real)(r < p ? (double)r : (double)r - 2 * (double)p) * step;
            if (r == p) memset(rows + r * g->pitch, 0, 2 * p * sizeof *rows);
            else sample_kernel(rows + r * g->pitch, k, step, p, v);
            FFTW(execute_dft_r2c)(g->row, rows + r * g->pitch, spectrum + r * g->width);
        }
        #pragma omp parallel for schedule(static)
        for (size_t first = 0; first < g->width; first += COLUMNS) {
            complex *columns = take_columns(g, spectrum, first, 2 * p);
            for (size_t c = 0; c < COLUMNS; c++) {
                complex *column = columns + c * g->pitch;
                FFTW(execute_dft)(g->column, column, column);
                real *kept = g->kernel[k] + (first + c) * 2 * p;
                for (size_t r = 0; r < 2 * p; r++) kept[r] = scale * column[r][k == 2 ? 0 : 1];
            }
        }
    }
    arena_release(g->memory, mark);
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
    at.node = column + g->pitch * along(at.y, y.at[y.cols + i], g->left[1], per_box, g->b);
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

static double spread(tsne_grid *g, mat y)
{
    double pairs[NODES][NODES] = { { 0 } }, step = g->h / NODES, alone = 0;
    memset(g->weight, 0, g->p * g->pitch * sizeof *g->weight);
    for (size_t i = 0; i < y.cols; i++) {
        place at = place_of(g, y, i);
        double u[NODES], v[NODES];
        lags(u, at.x);
        lags(v, at.y);
        for (size_t r = 0; r < NODES; r++) {
            real *node = g->weight + at.node + r * g->pitch;
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
# Convolve

Down the columns: forward, times each kernel, back. The sum Z needs no way
back. It is the inner product of the weights with their convolution, and the
transform keeps inner products (Parseval): $Z + n = \sum_k |\hat D_k|^2\, \hat
W_k$ with the scale that is in $\hat W$. Of the transform of real rows the
library stores columns 0 to p; all but the first and the last stand for two.
*/
static double convolve_columns(const tsne_grid *g, size_t first)
{
    double Z = 0;
    size_t p = g->p;
    complex *mine = take_columns(g, g->spectrum[0], first, p), *others = columns_of(g, 1);
    for (size_t c = 0; c < COLUMNS && first + c <= p; c++) {
        complex *D = mine + c * g->pitch, *other = others + c * g->pitch;
        size_t at = (first + c) * 2 * p;
        const real *f0 = g->kernel[0] + at, *f1 = g->kernel[1] + at, *w = g->kernel[2] + at;
        double sum = 0;
        FFTW(execute_dft)(g->column, D, D);
        for (size_t r = 0; r < 2 * p; r++) {
            real re = D[r][0], im = D[r][1];
            sum += (double)((re * re + im * im) * w[r]);
            D[r][0] = -im * f0[r];
            D[r][1] = re * f0[r];
            other[r][0] = -im * f1[r];
            other[r][1] = re * f1[r];
        }
        FFTW(execute_dft)(g->column_back, D, D);
        FFTW(execute_dft)(g->column_back, other, other);
        Z += first + c == 0 || first + c == p ? sum : 2 * sum;
    }
    put_columns(g, g->spectrum[0], first, mine);
    put_columns(g, g->spectrum[1], first, others);
    return Z;
}

static double convolve(tsne_grid *g, double *part)
{
    double Z = 0;
    size_t blocks = g->width / COLUMNS;
    #pragma omp parallel
    {
        #pragma omp for schedule(static)
        for (size_t r = 0; r < g->p; r++)
            FFTW(execute_dft_r2c)(g->row, g->weight + r * g->pitch, g->spectrum[0] + r * g->width);
        #pragma omp for schedule(dynamic)
        for (size_t i = 0; i < blocks; i++) part[i] = convolve_columns(g, i * COLUMNS);
        #pragma omp for schedule(static)
        for (size_t r = 0; r < 2 * g->p; r++) {
            size_t f = r % 2, row = r / 2;
            FFTW(execute_dft_c2r)(g->row_back, g->spectrum[f] + row * g->width, g->field[f] + row * g->pitch);
        }
    }
    for (size_t i = 0; i < blocks; i++) Z += part[i];
    return Z;
}

/*
# Collect
*/
static void collect(mat force, mat y, const tsne_grid *g, size_t i)
{
    place at = place_of(g, y, i);
    for (size_t f = 0; f < 2; f++) {
        const real *node = g->field[f] + at.node;
        real sum = 0;
        for (size_t r = 0; r < NODES; r++, node += g->pitch)
            for (size_t c = 0; c < NODES; c++) sum += at.y[r] * at.x[c] * node[c];
        mat_row(force, f)[i] = sum;
    }
}

double tsne_repel_interpolated(mat force, mat y, tsne_grid *g)
{
    REQUIRE(y.rows == 2 && y.cols > 0 && mat_same_shape(force, y), "forces %zu x %zu of a map %zu x %zu; "
            "the grid takes 2 x n of each", force.rows, force.cols, y.rows, y.cols);
    if (lay(g, y) || (size_t)threads_count() > g->threads) {
        forget(g);
        prepare(g);
        transform_kernels(g);
    }
    arena_mark mark = arena_save(g->memory);
    double *part = arena_take(g->memory, g->width / COLUMNS, sizeof *part);
    double alone = spread(g, y), Z = convolve(g, part) - alone;
    arena_release(g->memory, mark);
    #pragma omp parallel for schedule(static)
    for (size_t i = 0; i < y.cols; i++) collect(force, y, g, i);
    return Z;
}

tsne_grid *tsne_grid_new(void)
{
    tsne_grid *g = calloc(1, sizeof *g);
    REQUIRE(g, "no memory for a grid");
    g->memory = arena_new();
    return g;
}

void tsne_grid_free(tsne_grid *g)
{
    if (!g) return;
    forget(g);
    arena_free(g->memory);
    free(g);
}
