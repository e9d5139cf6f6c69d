/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/threads.h"
#include "data/augment.h"

/*
# Shifting in place

Line i of the shifted image is line i - down of the old one. Going up from the
last line where the image moves down, and down from the first where it moves
up, no line is overwritten before it has been read. Within a line, or where
the image only moves sideways, `memmove` minds the overlap.
*/
static void shift_line(real *to, const real *from, size_t length, size_t gap, bool to_the_right)
{
    size_t rest = length - gap;
    if (to_the_right) {
        memmove(to + gap, from, rest * sizeof *to);
        memset(to, 0, gap * sizeof *to);
    } else {
        memmove(to, from + gap, rest * sizeof *to);
        memset(to + rest, 0, gap * sizeof *to);
    }
}

void augment_shift(real *x, image shape, ptrdiff_t down, ptrdiff_t right)
{
    ptrdiff_t height = (ptrdiff_t)shape.height, width = (ptrdiff_t)shape.width;
    size_t length = shape.width * shape.channels, gap = (size_t)labs(right) * shape.channels;
    REQUIRE(labs(down) <= height && labs(right) <= width, "%td down, %td right of %td x %td",
            down, right, height, width);
    for (ptrdiff_t k = 0; k < height; k++) {
        ptrdiff_t i = down > 0 ? height - 1 - k : k, from = i - down;
        real *line = x + (size_t)i * length;
        if (from < 0 || from >= height) memset(line, 0, length * sizeof *line);
        else shift_line(line, x + (size_t)from * length, length, gap, right > 0);
    }
}

void augment_flip(real *x, image shape)
{
    size_t c = shape.channels, length = shape.width * c;
    for (size_t i = 0; i < shape.height; i++) {
        real *left = x + i * length, *right = left + length - c;
        for (; left < right; left += c, right -= c)
            for (size_t k = 0; k < c; k++) {
                real number = left[k];
                left[k] = right[k];
                right[k] = number;
            }
    }
}

/*
# A batch

Drawing is quick and has an order, so it is done first, by one thread. Moving
is done by all of them.
*/
typedef struct move { ptrdiff_t down, right; bool flip; } move;

static ptrdiff_t draw_shift(gsl_rng *rng, size_t pad)
{
    return (ptrdiff_t)gsl_rng_uniform_int(rng, 2 * pad + 1) - (ptrdiff_t)pad;
}

static move draw(gsl_rng *rng, augmentation how)
{
    move m = { 0 };
    if (how.pad > 0) {
        m.down = draw_shift(rng, how.pad);
        m.right = draw_shift(rng, how.pad);
    }
    m.flip = how.flip && gsl_rng_uniform_int(rng, 2) == 1;
    return m;
}

void augment(mat x, image shape, augmentation how, gsl_rng *rng, arena *scratch)
{
    REQUIRE(x.cols == image_size(shape), "%zu columns for images of %zu x %zu x %zu", x.cols,
            shape.height, shape.width, shape.channels);
    REQUIRE(how.pad == 0 || (how.pad < shape.height && how.pad < shape.width),
            "a frame of %zu around %zu x %zu", how.pad, shape.height, shape.width);
    arena_mark mark = arena_save(scratch);
    move *m = arena_take(scratch, x.rows, sizeof *m);
    for (size_t i = 0; i < x.rows; i++) m[i] = draw(rng, how);
    #pragma omp parallel for schedule(static) if (pieces_for(mat_size(x)) > 1)
    for (size_t i = 0; i < x.rows; i++) {
        if (m[i].down != 0 || m[i].right != 0)
            augment_shift(mat_row(x, i), shape, m[i].down, m[i].right);
        if (m[i].flip) augment_flip(mat_row(x, i), shape);
    }
    arena_release(scratch, mark);
}
