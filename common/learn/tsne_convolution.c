/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Convolution by Fourier transforms

With the kernels $F(\delta) = \delta / (1 + |\delta|^2)^2$ and $W(\delta) = 1
/ (1 + |\delta|^2)$, and a hat for a Fourier transform,

$$ \hat\Phi = \hat F\, \hat D, \qquad S = \sum_k |\hat D_k|^2\, \hat W_k . $$

The weights are transformed once; each coordinate of the force takes a product
and a way back. The sum S needs no way back: it is the inner product of the
weights with their convolution, and the transform keeps inner products
(Parseval).

But a transform believes that the plane is a torus, on which the right edge
touches the left. On a torus twice as wide and as high, with nothing in the
other three quarters, no two nodes meet around the corner.

*Letters:* p nodes along each side; a torus of 2p x 2p; r a row, c a column;
D weights, F and W kernels.
*/
#include <fftw3.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/threads.h"
#include "learn/tsne_convolution.h"

#ifdef REAL_IS_DOUBLE
#define FFTW(name) fftw_##name
#else
#define FFTW(name) fftwf_##name
#endif
typedef FFTW(complex) complex;                           /* real, imaginary */

enum { COLUMNS = 8, ALIGNED = 16, REALS_A_NODE = 25 };

struct tsne_convolution {
    arena *memory;                 /* of nodes this many, this far apart */
    size_t threads;                /* how many it has columns for */
    double step;
    size_t p, room;                /* memory is there for a side of `room` nodes */
    size_t pitch, width;           /* of a row: reals, and complex after its transform */
    real *weight;                  /* p x pitch: D, the right half 0 */
    complex *spectrum[2];          /* p x width: of D, then of Phi; one a coordinate */
    real *field[2];                /* p x pitch: Phi; the right half is refuse */
    real *kernel[3];               /* width x 2p: transforms of F and W, by columns */
    complex *columns;              /* threads x 2 x COLUMNS x pitch */
    FFTW(plan) row, row_back, column, column_back;
};

/*
# Plans and memory

A transform of the plane is one of all rows and then one of all columns. Doing
the two steps ourselves has three advantages: rows that are empty, or that
nobody will read, are left out; a column can be transformed, multiplied and
transformed back while it is in the cache; and threads share rows and columns,
each of which comes out the same whoever computes it. `FFTW_ESTIMATE` makes
the library choose its algorithm by rule rather than by the clock, or runs
would differ in their last bits.
*/
static void forget(tsne_convolution *g)
{
    if (!g->row) return;
    FFTW(destroy_plan)(g->row);
    FFTW(destroy_plan)(g->row_back);
    FFTW(destroy_plan)(g->column);
    FFTW(destroy_plan)(g->column_back);
    arena_reset(g->memory);
}

/* A map grows. Memory for a grid half as long again saves the fresh pages of the next. */
static void make_room(tsne_convolution *g)
{
    if (g->p <= g->room) return;
    g->room = g->p + g->p / 2;
    arena_take(g->memory, REALS_A_NODE * g->room * g->room, sizeof(real));
    arena_reset(g->memory);
}

static void prepare(tsne_convolution *g)
{
    size_t p = g->p;
    arena *a = g->memory;
    make_room(g);
    g->pitch = (2 * p + ALIGNED - 1) / ALIGNED * ALIGNED;
    g->width = (p + 1 + COLUMNS - 1) / COLUMNS * COLUMNS;
    g->weight = arena_take(a, p * g->pitch, sizeof(real));
    for (size_t f = 0; f < 2; f++) {
        g->spectrum[f] = arena_take(a, p * g->width, sizeof(complex));
        g->field[f] = arena_take(a, p * g->pitch, sizeof(real));
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
static complex *columns_of(const tsne_convolution *g, size_t set)
{
    return g->columns + (threads_index() * 2 + set) * COLUMNS * g->pitch;
}

/* Columns from `first` on; what lies below `height` is 0. */
static complex *take_columns(const tsne_convolution *g, complex *from, size_t first, size_t height)
{
    complex *to = columns_of(g, 0);
    for (size_t r = 0; r < height; r++)
        for (size_t c = 0; c < COLUMNS; c++)
            memcpy(to[c * g->pitch + r], from[r * g->width + first + c], sizeof *to);
    for (size_t c = 0; c < COLUMNS; c++)
        memset(to[c * g->pitch + height], 0, (2 * g->p - height) * sizeof *to);
    return to;
}

static void put_columns(const tsne_convolution *g, complex *to, size_t first, complex *from)
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

static void transform_kernels(tsne_convolution *g)
{
    size_t p = g->p;
    arena_mark mark = arena_save(g->memory);
    real *rows = arena_take(g->memory, 2 * p * g->pitch, sizeof *rows);
    complex *spectrum = arena_take(g->memory, 2 * p * g->width, sizeof *spectrum);
    real scale = (real)(1 / (4 * (double)p * (double)p)), step = (real)g->step;
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


tsne_nodes tsne_convolution_nodes(tsne_convolution *g, size_t p, double step)
{
    REQUIRE(p > 0 && p < INT_MAX / 2 && step > 0, "%zu x %zu nodes %g apart; there is at least 1, and they "
            "are apart", p, p, step);
    if (p != g->p || step != g->step || (size_t)threads_count() > g->threads) {
        forget(g);
        g->p = p;
        g->step = step;
        prepare(g);
        transform_kernels(g);
    }
    return (tsne_nodes){ .p = p, .pitch = g->pitch, .weight = g->weight, .field = { g->field[0], g->field[1] } };
}

/*
# Down the columns

Forward, times each kernel, back. Of the transform of real rows the library
stores columns 0 to p; all but the first and the last stand for two, which the
sum over $|\hat D|^2\, \hat W$ has to know.
*/
static double convolve_columns(const tsne_convolution *g, size_t first)
{
    double S = 0;
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
        S += first + c == 0 || first + c == p ? sum : 2 * sum;
    }
    put_columns(g, g->spectrum[0], first, mine);
    put_columns(g, g->spectrum[1], first, others);
    return S;
}

double tsne_convolve(tsne_convolution *g)
{
    REQUIRE((size_t)threads_count() <= g->threads, "nodes for %zu threads, and now there are %d; "
            "ask for nodes again", g->threads, threads_count());
    arena_mark mark = arena_save(g->memory);
    size_t p = g->p, blocks = g->width / COLUMNS;
    double *part = arena_take(g->memory, blocks, sizeof *part), S = 0;
    #pragma omp parallel
    {
        #pragma omp for schedule(static)
        for (size_t r = 0; r < p; r++)
            FFTW(execute_dft_r2c)(g->row, g->weight + r * g->pitch, g->spectrum[0] + r * g->width);
        #pragma omp for schedule(dynamic)
        for (size_t i = 0; i < blocks; i++) part[i] = convolve_columns(g, i * COLUMNS);
        #pragma omp for schedule(static)
        for (size_t i = 0; i < 2 * p; i++) {
            size_t f = i % 2, r = i / 2;
            FFTW(execute_dft_c2r)(g->row_back, g->spectrum[f] + r * g->width, g->field[f] + r * g->pitch);
        }
    }
    for (size_t i = 0; i < blocks; i++) S += part[i];
    arena_release(g->memory, mark);
    return S;
}

tsne_convolution *tsne_convolution_new(void)
{
    tsne_convolution *g = calloc(1, sizeof *g);
    REQUIRE(g, "no memory for a convolution");
    g->memory = arena_new();
    return g;
}

void tsne_convolution_free(tsne_convolution *g)
{
    if (!g) return;
    forget(g);
    arena_free(g->memory);
    free(g);
}
