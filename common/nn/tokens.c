/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "nn/tokens.h"

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
# The mean of an example's tokens
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
