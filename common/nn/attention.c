/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/blas.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "nn/attention.h"
#include "nn/losses.h"

/*
# Attention

*Letters:* T tokens, d columns, h = d / heads of them a head; P the T x T probabilities of one head of one example.

Examples and heads have nothing to do with each other, so each pair is a piece of work of three small matrix products,
done by one thread.
*/
typedef struct heads { size_t tokens, count, h; mat P; } heads;       /* P: (n heads T) x T */

static mat probabilities(const heads *s, size_t example, size_t head)
{
    return mat_rows(s->P, (example * s->count + head) * s->tokens, s->tokens);
}

/* Where queries (part 0), keys (1) and values (2) of a head begin; a row is 3d numbers long. */
static real *part_of(mat qkv, const heads *s, size_t example, size_t head, size_t part)
{
    return mat_row(qkv, example * s->tokens) + part * qkv.cols / 3 + head * s->h;
}

static void attend(mat y, mat qkv, const heads *s, size_t example, size_t head)
{
    size_t T = s->tokens;
    mat P = probabilities(s, example, head);
    gemm_block(T, T, s->h, 1 / sqrt((double)s->h), part_of(qkv, s, example, head, 0), qkv.cols, PLAIN,
               part_of(qkv, s, example, head, 1), qkv.cols, TRANSPOSED, 0, P.at, T);
    for (size_t i = 0; i < T; i++) softmax_row(mat_row(P, i), mat_row(P, i), T);
    gemm_block(T, s->h, T, 1, P.at, T, PLAIN, part_of(qkv, s, example, head, 2), qkv.cols, PLAIN, 0,
               mat_row(y, example * T) + head * s->h, y.cols);
}

/*
# Its gradient

With $A = Q K^\top / \sqrt h$, $P = \mathrm{softmax}\, A$, $y = P V$ and $\delta = \partial L / \partial y$:

$$ \frac{\partial L}{\partial V} = P^\top \delta, \qquad \frac{\partial L}{\partial P} = \delta V^\top =: G, \qquad
   \frac{\partial L}{\partial A_{ij}} = P_{ij} \Big( G_{ij} - \sum_k P_{ik} G_{ik} \Big), $$

and from there the gradients of Q and K are $\partial L / \partial A$ and its transpose, times K and Q, over $\sqrt h$.
*/
KERNEL static void softmax_gradient(mat G, mat P)
{
    for (size_t i = 0; i < P.rows; i++) {
        const real *p = mat_row(P, i);
        real *g = mat_row(G, i), mean = lane_dot(p, g, P.cols);
        for (size_t j = 0; j < P.cols; j++) g[j] = p[j] * (g[j] - mean);
    }
}

static void attend_backward(mat dqkv, mat dy, mat qkv, const heads *s, size_t example, size_t head, mat G)
{
    size_t T = s->tokens, h = s->h, stride = qkv.cols;
    double c = 1 / sqrt((double)h);
    mat P = probabilities(s, example, head);
    const real *delta = mat_row(dy, example * T) + head * h;
    const real *V = part_of(qkv, s, example, head, 2);
    gemm_block(T, h, T, 1, P.at, T, TRANSPOSED, delta, dy.cols, PLAIN, 0, part_of(dqkv, s, example, head, 2), stride);
    gemm_block(T, T, h, 1, delta, dy.cols, PLAIN, V, stride, TRANSPOSED, 0, G.at, T);
    softmax_gradient(G, P);
    gemm_block(T, h, T, c, G.at, T, PLAIN, part_of(qkv, s, example, head, 1), stride, PLAIN, 0,
               part_of(dqkv, s, example, head, 0), stride);
    gemm_block(T, h, T, c, G.at, T, TRANSPOSED, part_of(qkv, s, example, head, 0), stride, PLAIN, 0,
               part_of(dqkv, s, example, head, 1), stride);
}

static void attention_backward(tape *t, node *y)
{
    const heads *s = y->saved;
    mat qkv = y->in[0]->value, dqkv = node_grad(t, y->in[0]);
    size_t pairs = y->value.rows / s->tokens * s->count;
    arena_mark mark = arena_save(tape_arena(t));
    mat scratch = arena_mat(tape_arena(t), (size_t)threads_count() * s->tokens, s->tokens);
    #pragma omp parallel for schedule(static) if (pairs > 1)
    for (size_t i = 0; i < pairs; i++)
        attend_backward(dqkv, y->grad, qkv, s, i / s->count, i % s->count,
                        mat_rows(scratch, threads_index() * s->tokens, s->tokens));
    arena_release(tape_arena(t), mark);
}

node *attention(tape *t, node *qkv, size_t tokens, size_t count)
{
    mat v = qkv->value;
    REQUIRE(tokens > 0 && v.rows % tokens == 0 && count > 0 && v.cols % (3 * count) == 0,
            "%zu x %zu for examples of %zu tokens and %zu heads", v.rows, v.cols, tokens, count);
    node *y = tape_operation(t, "attention", v.rows, v.cols / 3, qkv, NULL, NULL, attention_backward);
    heads *s = y->saved = arena_take(tape_arena(t), 1, sizeof *s);
    size_t pairs = v.rows / tokens * count;
    *s = (heads){ tokens, count, v.cols / 3 / count, arena_mat(tape_arena(t), pairs * tokens, tokens) };
    #pragma omp parallel for schedule(static) if (pairs > 1)
    for (size_t i = 0; i < pairs; i++) attend(y->value, v, s, i / count, i % count);
    return y;
}
