/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The soft nearest neighbour loss as an operation

*Letters:* b points of d features, $x_i$; labels $y_i$; $\tau = 1/T$;
$D_{ij}$ the distances, $m_i$ the smallest of row i;
$w_{ij} = e^{-\tau (D_{ij} - m_i)}$ the weights of row i, relative to that of its
nearest neighbour; $A_i$, $B_i$ their sums over the same class and over everyone.

The header says what the loss is. This file says how to compute it and its
gradient exactly in memory that does not grow as $b^2$ beyond 8 MB, and in such an
order that the number of threads cannot change a bit.
*/
#include <math.h>

#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/pair_tiles.h"
#include "learn/snnl.h"
#include "tape/arithmetic.h"

/*
# Two sweeps over the pairs

The batch is visited tile by tile (`learn/pair_tiles.h`). Twice, because the gradient
of a pair contains the finished sums of its two rows: the first sweep collects the
sums, the second multiplies. The second computes the distances again, unless the tiles
were kept: then a quarter of the flops is saved, and another temperature costs no
distances at all.
*/
typedef struct batch {
    pair_tiles pairs;
    bool known;                    /* the tiles hold the distances already */
    distance kind;
    real tau;
    const int *y;                  /* b labels */
    real *m, *A, *B;               /* of each row; see the first sweep */
    real *p;                       /* A / B */
} batch;

/*
# First sweep: sums of rows, without underflow

With $T$ small, $e^{-D_{ij}/T}$ is 0 for every j, and $A_i / B_i$ is 0/0. The
ratio does not change when we subtract from row i its smallest distance
$m_i = \min_{j \ne i} D_{ij}$; then the largest weight of a row is 1, and
$B_i \ge 1$. The diagonal is excluded by putting a distance there that no weight
survives.

A row's smallest distance may fall as tiles come in. What was summed relative to
the old minimum $m$ is then worth $e^{-\tau (m - m')}$ of itself.
*/
static inline void lower_minimum(batch *s, size_t i, real smallest)
{
    real m = real_min(s->m[i], smallest), worth = real_exp(-s->tau * (s->m[i] - m));
    s->A[i] *= worth;
    s->B[i] *= worth;
    s->m[i] = m;
}

KERNEL static void lower_minima(batch *s, tile k)
{
    real column[TILE_SIDE];
    for (size_t j = 0; j < k.cols; j++) column[j] = PAIR_EXCLUDED;
    for (size_t i = 0; i < k.rows; i++) {
        const real *D = k.at + i * k.cols;
        real lane[LANES], smallest = PAIR_EXCLUDED;
        for (size_t l = 0; l < LANES; l++) lane[l] = PAIR_EXCLUDED;
        size_t j = 0;
        for (; j + LANES <= k.cols; j += LANES)
            for (size_t l = 0; l < LANES; l++) lane[l] = real_min(lane[l], D[j + l]);
        for (; j < k.cols; j++) smallest = real_min(smallest, D[j]);
        for (size_t l = 0; l < LANES; l++) smallest = real_min(smallest, lane[l]);
        lower_minimum(s, k.i0 + i, smallest);
        for (j = 0; j < k.cols; j++) column[j] = real_min(column[j], D[j]);
    }
    for (size_t j = 0; j < k.cols && !k.diagonal; j++) lower_minimum(s, k.j0 + j, column[j]);
}

KERNEL static void row_sums(batch *s, tile k)
{
    const int *yj = s->y + k.j0;
    real w[TILE_SIDE], same[TILE_SIDE];
    for (size_t i = 0; i < k.rows; i++) {
        const real *D = k.at + i * k.cols, m = s->m[k.i0 + i];
        int yi = s->y[k.i0 + i];
        for (size_t j = 0; j < k.cols; j++) {
            w[j] = real_exp(-s->tau * (D[j] - m));
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
    real A[TILE_SIDE] = { 0 }, B[TILE_SIDE] = { 0 };
    for (size_t i = 0; i < k.rows; i++) {
        const real *D = k.at + i * k.cols;
        int yi = s->y[k.i0 + i];
        for (size_t j = 0; j < k.cols; j++) {
            real w = real_exp(-s->tau * (D[j] - m[j]));
            A[j] += yj[j] == yi ? w : 0;
            B[j] += w;
        }
    }
    for (size_t j = 0; j < k.cols; j++) {
        s->A[k.j0 + j] += A[j];
        s->B[k.j0 + j] += B[j];
    }
}

static void collect(const pair_tiles *pairs, tile k, void *context)
{
    batch *s = context;
    if (!s->known) pair_tiles_fill(pairs, k);
    lower_minima(s, k);
    row_sums(s, k);
    if (!k.diagonal) column_sums(s, k);
}

/*
# The gradient

Write $g_{ij} = \partial\ell / \partial D_{ij}$ for what row i alone says about a
distance. With $[\cdot]$ 1 or 0,

$$ \frac{\partial p_i}{\partial D_{ij}} = -\tau \frac{w_{ij}}{B_i}
   \left( [y_i = y_j] - p_i \right), $$

and because the loss of row i is $-\frac1b \log (\varepsilon + p_i)$,

$$ g_{ij} = \frac{\tau}{b} \cdot \frac{w_{ij} \left( [y_i = y_j] - p_i \right)}
   {B_i \, (\varepsilon + p_i)}. $$

That is above 0 for a partner: downhill it comes nearer, the more of it the
nearer it is among the partners, and by $1 - p_i$. It is below 0 for a stranger,
which is driven off by its share of all the weights. What a row draws and what
it drives add up to nothing, $\sum_j g_{ij} = 0$, as $\sum_j w_{ij} [y_i = y_j]
= A_i = p_i B_i$. Where $p_i \ll \varepsilon$ both are smaller by
$p_i / \varepsilon$ than they would be without $\varepsilon$.

The distance $D_{ij} = D_{ji}$ stands in two rows, and
$\partial D_{ij} / \partial x_i = 2 (x_i - x_j)$, so with the symmetric matrix
$S_{ij} = 2 (g_{ij} + g_{ji})$

$$ \frac{\partial\ell}{\partial x_i} = \Big( \sum_j S_{ij} \Big) x_i - \sum_j S_{ij} x_j, $$

$$ \frac{\partial\ell}{\partial\tau} = \frac1\tau \sum_{i,j} g_{ij} D_{ij}
   = \frac{1}{4\tau} \sum_{i,j} S_{ij} D_{ij}. $$

The first is one more matrix product. When all points are of one class,
$p_i = 1$ to the last bit and every $g_{ij}$ is exactly 0: a loss without labels
has no gradient at all.

# Second sweep: the matrix S, tile by tile

`pull` makes the S of a tile of distances, adds the sums of its rows
(and of its columns, which are rows of the other block), and returns
$\sum S_{ij} D_{ij}$.
*/
typedef struct flow {
    const batch *s;
    real *c;                       /* 2 tau / (b B (epsilon + p)), times the gradient that arrives */
    real *sum;                     /* sum of row i of S */
    double *tile_sum;              /* sum of S D, one a tile */
    mat dx;                        /* b x d; .at is NULL if not wanted */
} flow;

KERNEL static double pull(const flow *f, tile k, real *restrict to)
{
    const batch *s = f->s;
    const int *yj = s->y + k.j0;
    const real *mj = s->m + k.j0, *pj = s->p + k.j0, *cj = f->c + k.j0;
    real product[TILE_SIDE], column[TILE_SIDE] = { 0 };
    double total = 0;
    for (size_t i = 0; i < k.rows; i++) {
        const real *far = k.at + i * k.cols;
        real *row = to + i * k.cols;
        real mi = s->m[k.i0 + i], pi = s->p[k.i0 + i], ci = f->c[k.i0 + i];
        int yi = s->y[k.i0 + i];
        for (size_t j = 0; j < k.cols; j++) {
            real D = far[j], same = yj[j] == yi ? 1 : 0;
            real S = ci * real_exp(-s->tau * (D - mi)) * (same - pi)
                   + cj[j] * real_exp(-s->tau * (D - mj[j])) * (same - pj[j]);
            row[j] = S;
            product[j] = S * D;
            column[j] += S;
        }
        f->sum[k.i0 + i] += lane_sum(row, k.cols);
        total += (double)lane_sum(product, k.cols);
    }
    for (size_t j = 0; j < k.cols && !k.diagonal; j++) f->sum[k.j0 + j] += column[j];
    return total;
}

static void push(const pair_tiles *pairs, tile k, void *context)
{
    flow *f = context;
    size_t d = pairs->x.cols;
    real S[TILE_SIDE * TILE_SIDE];
    if (!pairs->keep) pair_tiles_fill(pairs, k);
    f->tile_sum[k.index] = pull(f, k, S) * (k.diagonal ? 1 : 2);
    if (!f->dx.at) return;

    const real *xi = mat_row(pairs->x, k.i0), *xj = mat_row(pairs->x, k.j0);
    gemm_block(k.rows, d, k.cols, -1, S, k.cols, PLAIN, xj, d, PLAIN,
               k.diagonal ? 0 : 1, mat_row(f->dx, k.i0), d);
    if (!k.diagonal)
        gemm_block(k.cols, d, k.rows, -1, S, k.cols, TRANSPOSED, xi, d, PLAIN,
                   1, mat_row(f->dx, k.j0), d);
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

The forward pass prepares the batch, sweeps once and adds up the loss in `double`. The
backward pass sweeps again.
*/
static batch *batch_new(arena *a, pair_tiles pairs, const int *labels, double tau)
{
    batch *s = arena_take(a, 1, sizeof *s);
    size_t b = pairs.x.rows;
    *s = (batch){ .pairs = pairs, .y = labels, .tau = (real)tau };
    real **vectors[] = { &s->m, &s->A, &s->B, &s->p };
    for (size_t v = 0; v < sizeof vectors / sizeof *vectors; v++) *vectors[v] = arena_take(a, b, sizeof(real));
    for (size_t i = 0; i < b; i++) {
        s->m[i] = PAIR_EXCLUDED;
        s->A[i] = s->B[i] = 0;
    }
    return s;
}

static flow flow_new(arena *a, const batch *s, double arriving)
{
    size_t b = s->pairs.x.rows;
    flow f = { .s = s, .c = arena_take(a, b, sizeof *f.c), .sum = arena_take(a, b, sizeof *f.sum),
               .tile_sum = arena_take(a, pair_tiles_count(&s->pairs), sizeof *f.tile_sum) };
    for (size_t i = 0; i < b; i++) {
        f.sum[i] = 0;
        f.c[i] = (real)(2 * arriving * (double)s->tau / ((double)b * (double)s->B[i]
                        * (SNNL_EPSILON + (double)s->p[i])));
    }
    return f;
}

static double slope_of(const batch *s, const flow *f)
{
    double total = 0;
    for (size_t k = 0; k < pair_tiles_count(&s->pairs); k++) total += f->tile_sum[k];
    return total / (4 * (double)s->tau);
}

static void snnl_backward(tape *t, node *y)
{
    const batch *s = y->saved;
    mat x = s->pairs.x;
    flow f = flow_new(tape_arena(t), s, (double)y->grad.at[0]);
    f.dx = node_grad(t, y->in[0]);
    pair_tiles_visit(&s->pairs, push, &f);

    size_t pieces = pieces_for(mat_size(x));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece r = piece_of(x.rows, 1, pieces, i);
        if (f.dx.at) add_own(f.dx, x, f.sum, r.first, r.last);
    }
    mat dtau = node_grad(t, y->in[1]);
    if (dtau.at) dtau.at[0] = (real)slope_of(s, &f);
}

/* `before` is a batch of the same points, or NULL. */
static node *snnl_euclidean(tape *t, node *x, const int *labels, node *tau, const batch *before)
{
    tape_whole(t, "the soft nearest neighbour loss");
    double inverse = node_scalar(tau), loss = 0;
    size_t b = x->value.rows;
    REQUIRE(b >= 2, "a batch of %zu points has no neighbours", b);
    REQUIRE(inverse > 0 && isfinite(inverse), "inverse temperature %g, not above 0", inverse);
    node *y = tape_operation(t, "snnl", 1, 1, x, tau, NULL, snnl_backward);
    pair_tiles pairs = before ? before->pairs : pair_tiles_new(x->value, tape_arena(t));
    batch *s = y->saved = batch_new(tape_arena(t), pairs, labels, inverse);
    s->known = before && pairs.keep;
    pair_tiles_visit(&s->pairs, collect, s);

    for (size_t i = 0; i < b; i++) {
        s->p[i] = s->A[i] / s->B[i];
        loss -= log(SNNL_EPSILON + (double)s->p[i]);
    }
    y->value.at[0] = (real)(loss / (double)b);
    return y;
}

/*
# Two distances, one computation

For rows of length one, $|u_i - u_j|^2 = 2 (1 - u_i \cdot u_j)$: the cosine distance
is half the squared Euclidean one. So we bring the rows to length one and halve $\tau$.
*/
static node *halved(tape *t, node *tau, distance kind)
{
    return kind == COSINE ? scale(t, tau, 0.5) : tau;
}

node *snnl(tape *t, node *x, const int *labels, node *tau, distance kind)
{
    node *y = snnl_euclidean(t, kind == COSINE ? normalise_rows(t, x) : x, labels, halved(t, tau, kind), NULL);
    ((batch *)y->saved)->kind = kind;
    return y;
}

static const batch *batch_of(const node *loss)
{
    REQUIRE(loss->backward == snnl_backward, "\"%s\" is no soft nearest neighbour loss", loss->name);
    return loss->saved;
}

node *snnl_again(tape *t, const node *loss, const int *labels, node *tau)
{
    const batch *before = batch_of(loss);
    node *y = snnl_euclidean(t, loss->in[0], labels, halved(t, tau, before->kind), before);
    ((batch *)y->saved)->kind = before->kind;
    return y;
}

double snnl_slope(tape *t, const node *loss)
{
    const batch *s = batch_of(loss);
    flow f = flow_new(tape_arena(t), s, 1);
    pair_tiles_visit(&s->pairs, push, &f);
    return (double)(real)slope_of(s, &f) * (s->kind == COSINE ? .5 : 1);
}

const real *snnl_probabilities(const node *loss)
{
    return batch_of(loss)->p;
}
