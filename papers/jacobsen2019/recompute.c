/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "logdet.h"
#include "recompute.h"
#include "tape/arithmetic.h"

/*
# A gradient that comes in as a matrix

Backward on a tape begins at a number. With the gradient $\delta$ of the output y, that number is $\sum \delta \odot y$: its
gradient with respect to y is $\delta$, and so with respect to all that y was made of it is what the chain rule wants.
*/
static void inner_product_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]), delta = *(mat *)y->saved;
    for (size_t e = 0; dx.at && e < mat_size(dx); e++) dx.at[e] = y->grad.at[0] * delta.at[e];
}

static node *inner_product(tape *t, node *x, mat delta)
{
    node *y = tape_operation(t, "inner_product", 1, 1, x, NULL, NULL, inner_product_backward);
    mat *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = delta;
    y->value.at[0] = 0;            /* nobody reads it */
    return y;
}

/*
# One layer back

`x` is a variable on `again`, `y` what a layer has made of it. Turns `delta` from the gradient of y into that of x, and
leaves those of the layer's parameters with them.
*/
static void pull(tape *again, mat delta, node *x, node *y, node *logdet, double dlogdet)
{
    node *sum = inner_product(again, y, delta);
    if (logdet) sum = add(again, sum, scale(again, logdet, dlogdet));
    tape_backward(again, sum);
    mat_copy(delta, x->grad);
    tape_reset(again);
}

static void block_back(tape *again, block *b, mat x, mat delta, bool determinant, double dlogdet)
{
    node *logdet = NULL, **det = determinant ? &logdet : NULL, *in = tape_variable(again, x);
    node *out = coupling_retrace(again, &b->couple, in, det);
    pull(again, delta, in, out, logdet, dlogdet);
    if (!b->mixes) return;
    mixing_invert(&b->mix, x, tape_arena(again));
    actnorm_invert(&b->norm, x);
    logdet = NULL;
    in = tape_variable(again, x);
    out = mixing_apply(again, &b->mix, actnorm_apply(again, &b->norm, in, det), b->in, det);
    pull(again, delta, in, out, logdet, dlogdet);
}

/*
# All of them

For the tape the blocks are one operation, whose parameters are leaves that get their gradients from elsewhere.
The log-determinant is a second result: its node comes after, so its gradient is there first.
*/
typedef struct chain {
    tape *again;
    block *blocks;
    size_t count, leaves;
    node **leaf;
    bool determinant;
    double dlogdet;
} chain;

static void blocks_backward(tape *t, node *y)
{
    chain *c = y->saved;
    for (size_t i = 0; i < c->leaves; i++) node_grad(t, c->leaf[i]);
    tape_freeze(c->again, !c->leaf[0]->wanted);
    for (size_t k = c->count; k-- > 0;) block_back(c->again, &c->blocks[k], y->value, y->grad, c->determinant, c->dlogdet);
    tape_freeze(c->again, false);
    mat dx = node_grad(t, y->in[0]);
    if (dx.at) mat_copy(dx, y->grad);
}

static void determinant_backward(tape *t, node *y)
{
    chain *c = y->saved;
    c->dlogdet = (double)y->grad.at[0];
    if (!y->in[0]->grad.at) mat_fill(node_grad(t, y->in[0]), 0);
}

static void add_determinant(tape *t, node *y, double value, node **logdet)
{
    node *part = tape_operation(t, "blocks' determinant", 1, 1, y, NULL, NULL, determinant_backward);
    part->saved = y->saved;
    part->value.at[0] = (real)value;
    logdet_add(t, logdet, part);
}

static chain *chain_of(tape *t, tape *again, block *blocks, size_t count)
{
    chain *c = arena_take(tape_arena(t), 1, sizeof *c);
    *c = (chain){ .again = again, .blocks = blocks, .count = count };
    c->leaf = arena_take(tape_arena(t), count * BLOCK_PARAMETERS, sizeof *c->leaf);
    for (size_t k = 0; k < count; k++) {
        parameter *of[BLOCK_PARAMETERS];
        size_t n = block_parameters(&blocks[k], of);
        for (size_t i = 0; i < n; i++) c->leaf[c->leaves++] = tape_parameter(t, of[i]);
    }
    return c;
}

node *blocks_apply(tape *t, tape *again, block *blocks, size_t count, node *x, node **logdet)
{
    chain *c = chain_of(t, again, blocks, count);
    node *y = tape_operation(t, "blocks", x->value.rows, x->value.cols, x, c->leaf[0], NULL, blocks_backward);
    y->saved = c;
    mat_copy(y->value, x->value);
    double sum = 0;
    for (size_t k = 0; k < count; k++, tape_reset(again)) {
        node *det = NULL;
        node *made = block_apply(again, &blocks[k], tape_input(again, y->value), TRAINING, logdet ? &det : NULL);
        mat_copy(y->value, made->value);
        if (!det) continue;
        c->determinant = true;
        sum += node_scalar(det);
    }
    if (logdet && c->determinant) add_determinant(t, y, sum, logdet);
    return y;
}
