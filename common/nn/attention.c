/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "nn/attention.h"

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

KERNEL static void softmax_rows(mat P)
{
    for (size_t i = 0; i < P.rows; i++) {
        real *p = mat_row(P, i), m = p[0];
        for (size_t j = 1; j < P.cols; j++) m = real_max(m, p[j]);
        for (size_t j = 0; j < P.cols; j++) p[j] = real_exp(p[j] - m);
        real inverse = 1 / lane_sum(p, P.cols);
        for (size_t j = 0; j < P.cols; j++) p[j] *= inverse;
    }
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
    softmax_rows(P);
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
    mat scratch = arena_mat(tape_arena(t), pairs * s->tokens, s->tokens);
    #pragma omp parallel for schedule(static) if (pairs > 1)
    for (size_t i = 0; i < pairs; i++)
        attend_backward(dqkv, y->grad, qkv, s, i / s->count, i % s->count, mat_rows(scratch, i * s->tokens, s->tokens));
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

/*
# Patches

A line of a patch is `patch` x channels numbers that lie together in the image too. Forward copies them out, backward
copies them back.
*/
typedef struct squares { image shape; size_t patch; } squares;

static void cut_or_paste(mat tokens, mat x, const squares *s, bool paste)
{
    size_t across = s->shape.width / s->patch, down = s->shape.height / s->patch, run = s->patch * s->shape.channels;
    for (size_t i = 0; i < x.rows; i++)
        for (size_t line = 0; line < s->shape.height; line++)
            for (size_t column = 0; column < across; column++) {
                real *token = mat_row(tokens, i * down * across + line / s->patch * across + column) + line % s->patch * run;
                real *pixels = mat_row(x, i) + (line * across + column) * run;
                if (paste) memcpy(pixels, token, run * sizeof(real));
                else memcpy(token, pixels, run * sizeof(real));
            }
}

static void patches_backward(tape *t, node *y)
{
    cut_or_paste(y->grad, node_grad(t, y->in[0]), y->saved, true);
}

node *patches(tape *t, node *x, image shape, size_t patch)
{
    REQUIRE(patch > 0 && shape.height % patch == 0 && shape.width % patch == 0 && x->value.cols == image_size(shape),
            "patches of %zu pixels in images of %zu x %zu", patch, shape.height, shape.width);
    size_t tokens = (shape.height / patch) * (shape.width / patch);
    node *y = tape_operation(t, "patches", x->value.rows * tokens, patch * patch * shape.channels, x, NULL, NULL,
                             patches_backward);
    squares *s = y->saved = arena_take(tape_arena(t), 1, sizeof *s);
    *s = (squares){ shape, patch };
    cut_or_paste(y->value, x->value, s, false);
    return y;
}

/*
# Positions
*/
static void add_positions_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]), dp = node_grad(t, y->in[1]);
    if (dx.at) mat_copy(dx, y->grad);
    if (!dp.at) return;
    mat_fill(dp, 0);
    for (size_t first = 0; first < y->grad.rows; first += dp.rows) mat_add(dp, mat_rows(y->grad, first, dp.rows));
}

node *add_positions(tape *t, node *x, node *position)
{
    mat p = position->value, v = x->value;
    REQUIRE(p.cols == v.cols && v.rows % p.rows == 0, "positions %zu x %zu for %zu x %zu", p.rows, p.cols, v.rows, v.cols);
    node *y = tape_operation(t, "add_positions", v.rows, v.cols, x, position, NULL, add_positions_backward);
    mat_copy(y->value, v);
    for (size_t first = 0; first < v.rows; first += p.rows) mat_add(mat_rows(y->value, first, p.rows), p);
    return y;
}

/*
# Their mean
*/
static void token_mean_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]);
    size_t tokens = *(size_t *)y->saved;
    for (size_t i = 0; i < dx.rows; i++)
        for (size_t j = 0; j < dx.cols; j++) mat_row(dx, i)[j] = mat_row(y->grad, i / tokens)[j] / (real)tokens;
}

node *token_mean(tape *t, node *x, size_t tokens)
{
    mat v = x->value;
    REQUIRE(tokens > 0 && v.rows % tokens == 0, "%zu rows are not examples of %zu tokens", v.rows, tokens);
    node *y = tape_operation(t, "token_mean", v.rows / tokens, v.cols, x, NULL, NULL, token_mean_backward);
    size_t *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = tokens;
    mat_fill(y->value, 0);
    for (size_t i = 0; i < v.rows; i++)
        for (size_t j = 0; j < v.cols; j++) mat_row(y->value, i / tokens)[j] += mat_row(v, i)[j] / (real)tokens;
    return y;
}
