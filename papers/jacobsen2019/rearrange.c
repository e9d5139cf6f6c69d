/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/blas.h"
#include "base/error.h"
#include "rearrange.h"

/*
# Squeezing

The two upper pixels of a square lie side by side in memory, and so do the two lower ones: each pair is
copied as a whole. Channel $(2u + v) c + k$ of y is channel k of the pixel in line u and column v of the square.
*/
image squeezed(image in)
{
    REQUIRE(in.height % 2 == 0 && in.width % 2 == 0, "%zu x %zu pixels cannot be squeezed", in.height, in.width);
    return (image){ in.height / 2, in.width / 2, 4 * in.channels };
}

typedef enum { FORTH, BACK } direction;

static void move_squares(mat to, mat from, image in, direction d)
{
    size_t pair = 2 * in.channels, line = in.width * in.channels;
    for (size_t n = 0; n < to.rows; n++)
        for (size_t i = 0; i < in.height; i++)
            for (size_t j = 0; j < in.width / 2; j++) {
                size_t large = i * line + j * pair;
                size_t small = (i / 2) * 2 * line + j * 2 * pair + (i % 2) * pair;
                memcpy(mat_row(to, n) + (d == FORTH ? small : large), mat_row(from, n) + (d == FORTH ? large : small),
                       pair * sizeof(real));
            }
}

static void squeeze_backward(tape *t, node *y)
{
    move_squares(node_grad(t, y->in[0]), y->grad, *(image *)y->saved, BACK);
}

static image *keep_image(tape *t, image in)
{
    image *kept = arena_take(tape_arena(t), 1, sizeof *kept);
    *kept = in;
    return kept;
}

node *squeeze(tape *t, node *x, image in)
{
    REQUIRE(image_size(squeezed(in)) == x->value.cols, "rows of %zu numbers, expected %zu", x->value.cols, image_size(in));
    node *y = tape_operation(t, "squeeze", x->value.rows, x->value.cols, x, NULL, NULL, squeeze_backward);
    y->saved = keep_image(t, in);
    move_squares(y->value, x->value, in, FORTH);
    return y;
}

void unsqueeze(mat x, mat y, image in)
{
    move_squares(x, y, in, BACK);
}

/*
# Some of the channels
*/
typedef struct part { size_t channels, first, count; } part;

static void copy_part(mat small, mat large, part p, direction d)
{
    mat s = image_pixels(small, p.count), l = image_pixels(large, p.channels);
    for (size_t i = 0; i < s.rows; i++) {
        real *inside = mat_row(l, i) + p.first;
        if (d == FORTH) memcpy(mat_row(s, i), inside, p.count * sizeof(real));
        else memcpy(inside, mat_row(s, i), p.count * sizeof(real));
    }
}

static void take_channels_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]);
    mat_fill(dx, 0);
    copy_part(y->grad, dx, *(part *)y->saved, BACK);
}

node *take_channels(tape *t, node *x, size_t channels, size_t first, size_t count)
{
    REQUIRE(x->value.cols % channels == 0 && first + count <= channels, "channels %zu + %zu of %zu in %zu numbers",
            first, count, channels, x->value.cols);
    node *y = tape_operation(t, "take_channels", x->value.rows, x->value.cols / channels * count, x, NULL, NULL,
                             take_channels_backward);
    part *p = y->saved = arena_take(tape_arena(t), 1, sizeof *p);
    *p = (part){ channels, first, count };
    copy_part(y->value, x->value, *p, FORTH);
    return y;
}

void put_channels(mat x, size_t channels, size_t first, size_t count, mat y)
{
    copy_part(y, x, (part){ channels, first, count }, BACK);
}

/*
# The cosine transform

With C the h x h matrix of $a_u \cos(\pi (2i + 1) u / 2h)$ in row u and column i, a map X becomes
$C_h X C_w^\top$. For an image with its channels last, $C_h$ multiplies a matrix of h rows of w c numbers, and
$C_w$ then each of these rows as a matrix of w rows of c. Since C is orthogonal, the way back is the same
with C transposed.
*/
static mat cosines(size_t n, arena *a)
{
    mat c = arena_mat(a, n, n);
    for (size_t u = 0; u < n; u++)
        for (size_t i = 0; i < n; i++)
            mat_row(c, u)[i] = (real)(sqrt((u ? 2.0 : 1.0) / (double)n)
                                      * cos(M_PI * (double)((2 * i + 1) * u) / (2.0 * (double)n)));
    return c;
}

static void transform(mat y, mat x, image in, orientation way, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    mat high = cosines(in.height, scratch), wide = cosines(in.width, scratch);
    mat half = arena_mat(scratch, 1, x.cols);
    size_t line = in.width * in.channels;
    for (size_t n = 0; n < x.rows; n++) {
        gemm_block(in.height, line, in.height, 1, high.at, in.height, way, mat_row(x, n), line, PLAIN, 0, half.at, line);
        for (size_t i = 0; i < in.height; i++)
            gemm_block(in.width, in.channels, in.width, 1, wide.at, in.width, way, half.at + i * line, in.channels,
                       PLAIN, 0, mat_row(y, n) + i * line, in.channels);
    }
    arena_release(scratch, mark);
}

static void cosine_transform_backward(tape *t, node *y)
{
    transform(node_grad(t, y->in[0]), y->grad, *(image *)y->saved, TRANSPOSED, tape_arena(t));
}

node *cosine_transform(tape *t, node *x, image in)
{
    REQUIRE(x->value.cols == image_size(in), "rows of %zu numbers, expected %zu", x->value.cols, image_size(in));
    node *y = tape_operation(t, "cosine_transform", x->value.rows, x->value.cols, x, NULL, NULL,
                             cosine_transform_backward);
    y->saved = keep_image(t, in);
    transform(y->value, x->value, in, PLAIN, tape_arena(t));
    return y;
}

void cosine_transform_back(mat x, mat y, image in, arena *scratch)
{
    transform(x, y, in, TRANSPOSED, scratch);
}
