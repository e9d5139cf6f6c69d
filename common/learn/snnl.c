/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The soft nearest neighbour loss as an operation

*Letters:* b points of d features, $x_i$; labels $y_i$; $\tau = 1/T$;
$d_{ij}$ the distances; $w_{ij} = e^{-\tau (d_{ij} - m_i)}$ the weights of row i;
$A_i$, $B_i$ their sums over the same class and over everyone.

The header says what the loss is. This file says how to compute it and its
gradient exactly without ever holding a b x b matrix, and in such an order that
the number of threads cannot change a bit.
*/
#include <math.h>
#include <omp.h>

#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/snnl.h"
#include "tape/arithmetic.h"

/*
# Two distances, one computation

For rows of length one, $|u_i - u_j|^2 = 2 (1 - u_i \cdot u_j)$: the cosine
distance is half the squared Euclidean one. So `snnl` brings the rows to
length one, halves $\tau$, and everything below knows only squared Euclidean
distances, from $|x_i|^2 + |x_j|^2 - 2\, x_i \cdot x_j$: the products of all pairs
are one matrix product. That expression cancels when the points lie close
together far from the origin, so the batch is first moved to its mean, which
changes no distance.

# Nothing overflows

With $T$ small, $e^{-d_{ij}/T}$ is 0 for every j, and $A_i / B_i$ is 0/0. The
ratio does not change when we subtract from row i its smallest distance
$m_i = \min_{j \ne i} d_{ij}$; then the largest weight of a row is 1, and
$B_i \ge 1$. The diagonal is excluded by putting a distance there that no weight
survives.

# The gradient

Write $g_{ij} = \partial\ell / \partial d_{ij}$ for what row i alone says about a
distance. With $[\cdot]$ 1 or 0,

$$ \frac{\partial p_i}{\partial d_{ij}} = -\tau \frac{w_{ij}}{B_i} ([y_i = y_j] - p_i)
   \quad\Rightarrow\quad
   g_{ij} = \frac{\tau}{b} \cdot \frac{w_{ij} \, ([y_i = y_j] - p_i)}{B_i \,
   (\varepsilon + p_i)}. $$

The distance $d_{ij} = d_{ji}$ stands in two rows, and
$\partial d_{ij} / \partial x_i = 2 (x_i - x_j)$, so with the symmetric matrix
$S_{ij} = 2 (g_{ij} + g_{ji})$

$$ \frac{\partial\ell}{\partial x_i} = \Big( \sum_j S_{ij} \Big) x_i - \sum_j S_{ij} x_j,
   \qquad
   \frac{\partial\ell}{\partial\tau} = \frac1\tau \sum_{i,j} g_{ij} d_{ij}
   = \frac{1}{4\tau} \sum_{i,j} S_{ij} d_{ij}. $$

The first is one more matrix product. When all points are of one class,
$p_i = 1$ to the last bit and every $g_{ij}$ is exactly 0: a loss without labels
has no gradient at all.

# Tiles and a tournament

The points are cut into `blocks` of at most `side`. A tile holds the distances
between two blocks; because the distances are symmetric, the tile of blocks
(I, J) serves the rows of I and, read by columns, the rows of J. Two tiles can
be worked on at once if they share no block. Which tiles? Let the blocks play a
round-robin tournament: in each of `blocks - 1` rounds every block meets one
other, and each pair meets once. A round is a parallel loop; every block sees
its opponents in the order of the rounds, whatever the threads do.

Two sweeps are needed, because $g_{ij}$ contains the finished sums: the first
collects $m, A, B$; the second makes S and multiplies. The second computes the
distances again, unless all tiles fit in `KEEP_BYTES`: then they are kept, and a
quarter of the flops is saved.
*/
enum { SIDE_MOST = 128, SIDE_LEAST = 32, KEEP_BYTES = 8 << 20 };
static const real EXCLUDED = (real)1e30;

typedef struct batch {
    size_t b, d, side, blocks;
    real tau;
    mat x;                         /* b x d, centred */
    const int *y;                  /* b labels */
    real *norm;                    /* |x_i|^2 */
    real *m, *A, *B;               /* row statistics */
    real *p;                       /* A / B */
    real *c;                       /* 2 tau / (b B (epsilon + p)), times dL/dl */
    bool keep;
    real *tiles;                   /* one a pair of blocks, or one a thread */
} batch;

/* A pair of blocks: rows i0 to i0 + rows, columns j0 to j0 + cols. */
typedef struct tile { size_t i0, rows, j0, cols; bool diagonal; real *at; } tile;

static size_t pair_count(const batch *s)
{
    return s->blocks * (s->blocks + 1) / 2;
}

static tile tile_of(const batch *s, size_t I, size_t J)
{
    if (I > J) { size_t swap = I; I = J; J = swap; }
    size_t slot = s->keep ? J * (J + 1) / 2 + I : (size_t)omp_get_thread_num();
    tile k = { .i0 = I * s->side, .j0 = J * s->side, .diagonal = I == J,
               .at = s->tiles + slot * s->side * s->side };
    k.rows = s->b - k.i0 < s->side ? s->b - k.i0 : s->side;
    k.cols = s->b - k.j0 < s->side ? s->b - k.j0 : s->side;
    return k;
}

/*
The circle method: block `n - 1` stands still, the others sit in a circle that
turns by one seat a round. With an odd number of blocks, the one that meets the
`n`th rests. In round `rounds - 1` every block meets itself; it is played first.
*/
static size_t seats(const batch *s)
{
    return s->blocks + s->blocks % 2;
}

static bool opponents(const batch *s, size_t round, size_t match, size_t *I, size_t *J)
{
    size_t n = seats(s), circle = n - 1;
    *I = (round + match) % circle;
    *J = match == 0 ? n - 1 : (round + circle - match) % circle;
    return *I < s->blocks && *J < s->blocks;
}

typedef void (*tile_work)(batch *s, tile k, void *context);

static void tournament(batch *s, tile_work work, void *context)
{
    bool alone = s->blocks == 1;
    #pragma omp parallel if (!alone)
    {
        #pragma omp for schedule(dynamic)
        for (size_t I = 0; I < s->blocks; I++) work(s, tile_of(s, I, I), context);

        for (size_t round = 0; round + 1 < seats(s) && !alone; round++) {
            #pragma omp for schedule(dynamic)
            for (size_t match = 0; match < seats(s) / 2; match++) {
                size_t I, J;
                if (opponents(s, round, match, &I, &J)) work(s, tile_of(s, I, J), context);
            }
        }
    }
}

/*
# First sweep: distances, and the sums of the rows

A row's smallest distance may fall as tiles come in. What was summed relative to
the old minimum $m$ is then worth $e^{-\tau (m - m')}$ of itself.
*/
KERNEL static void distances(tile k, const real *norm)
{
    const real *nj = norm + k.j0;
    for (size_t i = 0; i < k.rows; i++) {
        real *row = k.at + i * k.cols, ni = norm[k.i0 + i];
        for (size_t j = 0; j < k.cols; j++) row[j] = real_max(ni + nj[j] - 2 * row[j], 0);
        if (k.diagonal) row[i] = EXCLUDED;
    }
}

static void fill_distances(const batch *s, tile k)
{
    gemm_block(k.rows, k.cols, s->d, 1, mat_row(s->x, k.i0), s->d, PLAIN,
               mat_row(s->x, k.j0), s->d, TRANSPOSED, 0, k.at, k.cols);
    distances(k, s->norm);
}

static inline void lower_minimum(batch *s, size_t i, real smallest)
{
    real m = real_min(s->m[i], smallest), worth = real_exp(-s->tau * (s->m[i] - m));
    s->A[i] *= worth;
    s->B[i] *= worth;
    s->m[i] = m;
}

KERNEL static void lower_minima(batch *s, tile k)
{
    real column[SIDE_MOST];
    for (size_t j = 0; j < k.cols; j++) column[j] = EXCLUDED;
    for (size_t i = 0; i < k.rows; i++) {
        const real *d = k.at + i * k.cols;
        real lane[LANES], smallest = EXCLUDED;
        for (size_t l = 0; l < LANES; l++) lane[l] = EXCLUDED;
        size_t j = 0;
        for (; j + LANES <= k.cols; j += LANES)
            for (size_t l = 0; l < LANES; l++) lane[l] = real_min(lane[l], d[j + l]);
        for (; j < k.cols; j++) smallest = real_min(smallest, d[j]);
        for (size_t l = 0; l < LANES; l++) smallest = real_min(smallest, lane[l]);
        lower_minimum(s, k.i0 + i, smallest);
        for (j = 0; j < k.cols; j++) column[j] = real_min(column[j], d[j]);
    }
    for (size_t j = 0; j < k.cols && !k.diagonal; j++) lower_minimum(s, k.j0 + j, column[j]);
}

KERNEL static void row_sums(batch *s, tile k)
{
    const int *yj = s->y + k.j0;
    real w[SIDE_MOST], same[SIDE_MOST];
    for (size_t i = 0; i < k.rows; i++) {
        const real *d = k.at + i * k.cols, m = s->m[k.i0 + i];
        int yi = s->y[k.i0 + i];
        for (size_t j = 0; j < k.cols; j++) {
            w[j] = real_exp(-s->tau * (d[j] - m));
            same[j] = yj[j] == yi ? w[j] : 0;
        }
        s->A[k.i0 + i] += lane_sum(same, k.cols);
        s->B[k.i0 + i] += lane_sum(w, k.cols);
    }
}

KERNEL static void column_sums(batch *s, tile k)
{
    const int *yj = s->y + k.j0;
    const real *m = s->m + k.j0;
    real A[SIDE_MOST] = { 0 }, B[SIDE_MOST] = { 0 };
    for (size_t i = 0; i < k.rows; i++) {
        const real *d = k.at + i * k.cols;
        int yi = s->y[k.i0 + i];
        for (size_t j = 0; j < k.cols; j++) {
            real w = real_exp(-s->tau * (d[j] - m[j]));
            A[j] += yj[j] == yi ? w : 0;
            B[j] += w;
        }
    }
    for (size_t j = 0; j < k.cols; j++) {
        s->A[k.j0 + j] += A[j];
        s->B[k.j0 + j] += B[j];
    }
}

static void collect(batch *s, tile k, void *context)
{
    (void)context;
    fill_distances(s, k);
    lower_minima(s, k);
    row_sums(s, k);
    if (!k.diagonal) column_sums(s, k);
}

/*
# Second sweep: the matrix S, tile by tile

`pull` overwrites a tile of distances with its S, adds the sums of its rows
(and of its columns, which are rows of the other block), and returns
$\sum S_{ij} d_{ij}$.
*/
typedef struct flow {
    mat dx;                        /* b x d; .at is NULL if not wanted */
    real *sum;                     /* sum of row i of S */
    double *tile_sum;              /* sum of S d, one a tile */
} flow;

KERNEL static double pull(const batch *s, tile k, real *sum)
{
    const int *yj = s->y + k.j0;
    const real *mj = s->m + k.j0, *pj = s->p + k.j0, *cj = s->c + k.j0;
    real product[SIDE_MOST], column[SIDE_MOST] = { 0 };
    double total = 0;
    for (size_t i = 0; i < k.rows; i++) {
        real *row = k.at + i * k.cols;
        real mi = s->m[k.i0 + i], pi = s->p[k.i0 + i], ci = s->c[k.i0 + i];
        int yi = s->y[k.i0 + i];
        for (size_t j = 0; j < k.cols; j++) {
            real d = row[j], same = yj[j] == yi ? 1 : 0;
            real S = ci * real_exp(-s->tau * (d - mi)) * (same - pi)
                   + cj[j] * real_exp(-s->tau * (d - mj[j])) * (same - pj[j]);
            row[j] = S;
            product[j] = S * d;
            column[j] += S;
        }
        sum[k.i0 + i] += lane_sum(row, k.cols);
        total += (double)lane_sum(product, k.cols);
    }
    for (size_t j = 0; j < k.cols && !k.diagonal; j++) sum[k.j0 + j] += column[j];
    return total;
}

static void push(batch *s, tile k, void *context)
{
    flow *f = context;
    if (!s->keep) fill_distances(s, k);
    size_t I = k.i0 / s->side, J = k.j0 / s->side;
    f->tile_sum[J * (J + 1) / 2 + I] = pull(s, k, f->sum) * (k.diagonal ? 1 : 2);
    if (!f->dx.at) return;

    const real *xi = mat_row(s->x, k.i0), *xj = mat_row(s->x, k.j0);
    gemm_block(k.rows, s->d, k.cols, -1, k.at, k.cols, PLAIN, xj, s->d, PLAIN,
               k.diagonal ? 0 : 1, mat_row(f->dx, k.i0), s->d);
    if (!k.diagonal)
        gemm_block(k.cols, s->d, k.rows, -1, k.at, k.cols, TRANSPOSED, xi, s->d, PLAIN,
                   1, mat_row(f->dx, k.j0), s->d);
}

KERNEL static void add_own(mat dx, mat x, const real *sum, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        real *dxi = mat_row(dx, i);
        const real *xi = mat_row(x, i);
        for (size_t j = 0; j < x.cols; j++) dxi[j] += sum[i] * xi[j];
    }
}

/*
# The operation

The forward pass prepares the batch, plays the first tournament and adds up the
loss in `double`. The backward pass plays the second.
*/
KERNEL static void column_means(real *mean, mat x, size_t first, size_t last)
{
    for (size_t j = first; j < last; j++) mean[j] = 0;
    for (size_t i = 0; i < x.rows; i++)
        for (size_t j = first; j < last; j++) mean[j] += mat_row(x, i)[j];
    for (size_t j = first; j < last; j++) mean[j] /= (real)x.rows;
}

KERNEL static void centre(mat to, real *norm, mat x, const real *mean,
                          size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        const real *from = mat_row(x, i);
        real *row = mat_row(to, i);
        for (size_t j = 0; j < x.cols; j++) row[j] = from[j] - mean[j];
        norm[i] = lane_dot(row, row, x.cols);
    }
}

static void centre_batch(batch *s, mat x, arena *a)
{
    real *mean = arena_take(a, x.cols, sizeof *mean);
    size_t pieces = pieces_for(mat_size(x));
    #pragma omp parallel if (pieces > 1)
    {
        #pragma omp for schedule(static)
        for (size_t i = 0; i < pieces; i++) {
            piece r = piece_of(x.cols, LANES, pieces, i);
            column_means(mean, x, r.first, r.last);
        }
        #pragma omp for schedule(static)
        for (size_t i = 0; i < pieces; i++) {
            piece r = piece_of(x.rows, 1, pieces, i);
            centre(s->x, s->norm, x, mean, r.first, r.last);
        }
    }
}

static batch *batch_new(arena *a, mat x, const int *labels, double tau)
{
    size_t b = x.rows, quarter = (b + 4 * LANES - 1) / (4 * LANES) * LANES;
    batch *s = arena_take(a, 1, sizeof *s);
    *s = (batch){ .b = b, .d = x.cols, .y = labels, .tau = (real)tau, .x = arena_mat(a, b, x.cols) };
    s->side = quarter > SIDE_MOST ? SIDE_MOST : quarter < SIDE_LEAST ? SIDE_LEAST : quarter;
    s->blocks = (b + s->side - 1) / s->side;
    size_t tile_bytes = s->side * s->side * sizeof(real);
    s->keep = pair_count(s) * tile_bytes <= KEEP_BYTES;
    s->tiles = arena_take(a, s->keep ? pair_count(s) : (size_t)threads_count(), tile_bytes);

    real **vectors[] = { &s->norm, &s->m, &s->A, &s->B, &s->p, &s->c };
    for (size_t v = 0; v < sizeof vectors / sizeof *vectors; v++)
        *vectors[v] = arena_take(a, b, sizeof(real));
    for (size_t i = 0; i < b; i++) {
        s->m[i] = EXCLUDED;
        s->A[i] = s->B[i] = 0;
    }

    centre_batch(s, x, a);
    return s;
}

static void snnl_backward(tape *t, node *y)
{
    batch *s = y->saved;
    arena *a = tape_arena(t);
    node *x = y->in[0], *tau = y->in[1];
    double arriving = (double)y->grad.at[0];
    flow f = { .dx = node_grad(t, x), .sum = arena_take(a, s->b, sizeof(real)),
               .tile_sum = arena_take(a, pair_count(s), sizeof(double)) };
    for (size_t i = 0; i < s->b; i++) {
        f.sum[i] = 0;
        s->c[i] = (real)(2 * arriving * (double)s->tau / ((double)s->b * (double)s->B[i]
                         * (SNNL_EPSILON + (double)s->p[i])));
    }
    tournament(s, push, &f);

    if (f.dx.at) {
        size_t pieces = pieces_for(mat_size(f.dx));
        #pragma omp parallel for schedule(static) if (pieces > 1)
        for (size_t i = 0; i < pieces; i++) {
            piece r = piece_of(s->b, 1, pieces, i);
            add_own(f.dx, s->x, f.sum, r.first, r.last);
        }
    }
    mat dtau = node_grad(t, tau);
    if (dtau.at) {
        double total = 0;
        for (size_t k = 0; k < pair_count(s); k++) total += f.tile_sum[k];
        dtau.at[0] = (real)(total / (4 * (double)s->tau));
    }
}

static node *snnl_euclidean(tape *t, node *x, const int *labels, node *tau)
{
    double inverse = node_scalar(tau);
    REQUIRE(x->value.rows >= 2, "a batch of %zu points has no neighbours", x->value.rows);
    REQUIRE(inverse > 0 && isfinite(inverse), "inverse temperature %g, not above 0", inverse);
    node *y = tape_operation(t, "snnl", 1, 1, x, tau, NULL, snnl_backward);
    batch *s = y->saved = batch_new(tape_arena(t), x->value, labels, inverse);
    tournament(s, collect, NULL);

    double loss = 0;
    for (size_t i = 0; i < s->b; i++) {
        s->p[i] = s->A[i] / s->B[i];
        loss -= log(SNNL_EPSILON + (double)s->p[i]);
    }
    y->value.at[0] = (real)(loss / (double)s->b);
    return y;
}

node *snnl(tape *t, node *x, const int *labels, node *tau, distance d)
{
    if (d == SQUARED_EUCLIDEAN) return snnl_euclidean(t, x, labels, tau);
    return snnl_euclidean(t, normalize_rows(t, x), labels, scale(t, tau, 0.5));
}

/*
# The temperature

The step looks at the loss as a function of $\tau$ alone, on a tape of its own.
*/
void snnl_temperature_init(snnl_temperature *s, double first, double rate)
{
    REQUIRE(first > 0, "first temperature %g, not above 0", first);
    *s = (snnl_temperature){ .first = first, .rate = rate, .value = (real)(1 / first),
                             .scratch = tape_new() };
    s->inverse = (parameter){ .name = "inverse temperature" };
    s->inverse.value = mat_view(&s->value, 1, 1);
    s->inverse.grad = mat_view(&s->grad, 1, 1);
}

void snnl_temperature_free(snnl_temperature *s)
{
    tape_free(s->scratch);
    s->scratch = NULL;
}

double snnl_temperature_now(const snnl_temperature *s)
{
    return 1 / (double)s->value;
}

static void temperature_step(snnl_temperature *s, mat x, const int *labels, distance d)
{
    const double least = 1e-3;
    tape *t = s->scratch;
    tape_backward(t, snnl(t, tape_input(t, x), labels, tape_parameter(t, &s->inverse), d));
    tape_reset(t);
    double stretch = (double)s->value * s->first - s->rate * (double)s->grad / s->first;
    s->value = (real)((stretch > least ? stretch : least) / s->first);
}

node *snnl_learning_temperature(tape *t, node *x, const int *labels, snnl_temperature *s,
                                distance d)
{
    if (s->rate > 0) temperature_step(s, x->value, labels, d);
    return snnl(t, x, labels, tape_input(t, s->inverse.value), d);
}
