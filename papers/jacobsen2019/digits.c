/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "digits.h"

examples digits_framed(examples of, image *shape, arena *memory)
{
    image in = *shape, out = { in.height + 2 * DIGITS_FRAME, in.width + 2 * DIGITS_FRAME, in.channels };
    size_t line = in.width * in.channels;
    examples to = { arena_mat(memory, of.x.rows, image_size(out)), of.y };
    mat_fill(to.x, 0);
    for (size_t n = 0; n < of.x.rows; n++)
        for (size_t i = 0; i < in.height; i++)
            memcpy(mat_row(to.x, n) + ((i + DIGITS_FRAME) * out.width + DIGITS_FRAME) * out.channels,
                   mat_row(of.x, n) + i * line, line * sizeof(real));
    *shape = out;
    return to;
}

void digits_spread(mat x, gsl_rng *rng)
{
    for (size_t e = 0; e < mat_size(x); e++) {
        real u = rng ? (real)gsl_rng_uniform(rng) : (real).5;
        x.at[e] = (x.at[e] * 255 + u) / 256 - (real).5;
    }
}

void digits_show(mat x)
{
    for (size_t e = 0; e < mat_size(x); e++) {
        real g = x.at[e] + (real).5;
        x.at[e] = g < 0 ? 0 : g > 1 ? 1 : g;
    }
}

static struct { size_t stages, blocks, filters; } set;

const run_setting digit_net_settings[] = {
    { "stages", &set.stages, NULL, { 2, 3, 3, 3 }, "between which images are halved", "B.2" },
    { "blocks", &set.blocks, NULL, { 1, 2, 4, 16 }, "couplings of a stage", "B.2" },
    { "filters", &set.filters, NULL, { 4, 16, 32, 128 }, "of the convolutions in them", "B.2" },
    { 0 }
};

void digit_net_init(firevnet *net, image in, size_t classes, arena *memory)
{
    firevnet_shape shape = { .in = in, .classes = classes, .stages = set.stages, .blocks = set.blocks, .squeezes = 1,
                             .affine_from = set.stages, .mixes = true, .sets_aside = true };
    if (set.stages < 3) shape.squeezes = 2;    /* or the last map has too few channels for the scores */
    for (size_t s = 0; s < FIREVNET_STAGES; s++) shape.units[s] = set.filters;
    firevnet_init(net, &shape, memory);
}
