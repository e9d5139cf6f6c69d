/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "nn/sparse.h"

/*
# Sparse times dense

Forward the rows of y are shared out among threads. In $\partial L / \partial w = S^\top \partial L / \partial y$ an entry of S may
meet any row of w, so there the columns are.
*/
KERNEL static void multiply(mat y, csr s, mat w, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        real *to = mat_row(y, i);
        for (size_t c = 0; c < y.cols; c++) to[c] = 0;
        for (size_t e = s.start[i]; e < s.start[i + 1]; e++) {
            const real *from = mat_row(w, s.index[e]);
            real v = s.value ? s.value[e] : 1;
            for (size_t c = 0; c < y.cols; c++) to[c] += v * from[c];
        }
    }
}

KERNEL static void multiply_back(mat dw, csr s, mat dy, size_t first, size_t last)
{
    for (size_t k = 0; k < dw.rows; k++)
        for (size_t c = first; c < last; c++) mat_row(dw, k)[c] = 0;
    for (size_t i = 0; i < s.rows; i++)
        for (size_t e = s.start[i]; e < s.start[i + 1]; e++) {
            real *to = mat_row(dw, s.index[e]), v = s.value ? s.value[e] : 1;
            const real *from = mat_row(dy, i);
            for (size_t c = first; c < last; c++) to[c] += v * from[c];
        }
}

static void sparse_dense_backward(tape *t, node *y)
{
    mat dw = node_grad(t, y->in[0]);
    const csr *s = y->saved;
    size_t pieces = pieces_for(csr_entries(*s) * dw.cols);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(dw.cols, LANES, pieces, i);
        if (p.first < p.last) multiply_back(dw, *s, y->grad, p.first, p.last);
    }
}

node *sparse_dense(tape *t, csr s, node *w)
{
    REQUIRE(s.cols == w->value.rows, "%zu x %zu times %zu x %zu", s.rows, s.cols, w->value.rows, w->value.cols);
    node *y = tape_operation(t, "sparse_dense", s.rows, w->value.cols, w, NULL, NULL, sparse_dense_backward);
    csr *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = s;
    size_t pieces = pieces_for(csr_entries(s) * y->value.cols);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(s.rows, 1, pieces, i);
        multiply(y->value, s, w->value, p.first, p.last);
    }
    return y;
}

/*
# Softmax aggregation

Of the probabilities only what all neighbours of a node share is kept, the largest $\tau m$ and the sum of the exponentials
below it: either is n x d, however many edges there are.
*/
typedef struct aggregation { csr graph; mat top, sum; } aggregation;

KERNEL static void aggregate(mat y, const aggregation *s, mat m, real tau, size_t first, size_t last)
{
    const size_t *start = s->graph.start, d = y.cols;
    for (size_t i = first; i < last; i++) {
        real *to = mat_row(y, i), *top = mat_row(s->top, i), *sum = mat_row(s->sum, i);
        for (size_t c = 0; c < d; c++) {
            to[c] = sum[c] = 0;
            top[c] = -REAL_MAX;
        }
        for (size_t e = start[i]; e < start[i + 1]; e++) {
            const real *from = mat_row(m, s->graph.index[e]);
            for (size_t c = 0; c < d; c++) top[c] = real_max(top[c], tau * from[c]);
        }
        for (size_t e = start[i]; e < start[i + 1]; e++) {
            const real *from = mat_row(m, s->graph.index[e]);
            for (size_t c = 0; c < d; c++) {
                real weight = real_exp(tau * from[c] - top[c]);
                sum[c] += weight;
                to[c] += weight * from[c];
            }
        }
        for (size_t c = 0; c < d && start[i] < start[i + 1]; c++) to[c] /= sum[c];
    }
}

/*
# Its gradient

With $g = \partial L / \partial y$,

$$ \frac{\partial L}{\partial m_{jc}} = \sum_{i \in N(j)} g_{ic}\, p_{ijc} \big( 1 + \tau (m_{jc} - y_{ic}) \big), \qquad
   \frac{\partial L}{\partial \tau} = \sum_{jc} \sum_{i \in N(j)} g_{ic}\, p_{ijc}\, m_{jc} (m_{jc} - y_{ic}). $$

The graph is symmetric, so those who hear j are the neighbours of j, and a thread that has the row of j needs no other's. $\tau$ gets a
sum a channel of each piece of work.
*/
KERNEL static void aggregate_back(mat dm, real *dtau, const aggregation *s, mat m, mat y, mat dy, real tau, size_t first, size_t last)
{
    const size_t *start = s->graph.start, d = y.cols;
    for (size_t c = 0; c < d; c++) dtau[c] = 0;
    for (size_t j = first; j < last; j++) {
        const real *own = mat_row(m, j);
        real *to = mat_row(dm, j);
        for (size_t c = 0; c < d; c++) to[c] = 0;
        for (size_t e = start[j]; e < start[j + 1]; e++) {
            size_t i = s->graph.index[e];
            const real *g = mat_row(dy, i), *mean = mat_row(y, i), *top = mat_row(s->top, i), *sum = mat_row(s->sum, i);
            for (size_t c = 0; c < d; c++) {
                real share = g[c] * real_exp(tau * own[c] - top[c]) / sum[c], beyond = own[c] - mean[c];
                to[c] += share * (1 + tau * beyond);
                dtau[c] += share * own[c] * beyond;
            }
        }
    }
}

static void softmax_aggregate_backward(tape *t, node *y)
{
    const aggregation *s = y->saved;
    mat m = y->in[0]->value, dm = node_grad(t, y->in[0]), dtau = node_grad(t, y->in[1]);
    size_t pieces = pieces_for(csr_entries(s->graph) * m.cols);
    mat parts = arena_mat(tape_arena(t), pieces, m.cols);
    if (!dm.at) dm = arena_mat(tape_arena(t), m.rows, m.cols);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(m.rows, 1, pieces, i);
        aggregate_back(dm, mat_row(parts, i), s, m, y->value, y->grad, y->in[1]->value.at[0], p.first, p.last);
    }
    if (!dtau.at) return;
    double total = 0;
    for (size_t i = 0; i < mat_size(parts); i++) total += (double)parts.at[i];
    dtau.at[0] = (real)total;
}

node *softmax_aggregate(tape *t, node *m, node *tau, csr graph)
{
    mat v = m->value;
    REQUIRE(graph.rows == v.rows && graph.cols == v.rows, "a graph of %zu nodes, messages of %zu", graph.rows, v.rows);
    node *y = tape_operation(t, "softmax_aggregate", v.rows, v.cols, m, tau, NULL, softmax_aggregate_backward);
    aggregation *s = y->saved = arena_take(tape_arena(t), 1, sizeof *s);
    *s = (aggregation){ graph, arena_mat(tape_arena(t), v.rows, v.cols), arena_mat(tape_arena(t), v.rows, v.cols) };
    size_t pieces = pieces_for(csr_entries(graph) * v.cols);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(v.rows, 1, pieces, i);
        aggregate(y->value, s, v, tau->value.at[0], p.first, p.last);
    }
    return y;
}
