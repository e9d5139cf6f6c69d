/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "reading.h"
#include "run/load.h"

const reading readings[READINGS] = {
    { false, { .name = "baseline" } },
    { false, { .name = "alpha -0.001", .alpha = -.001 } },
    { false, { .name = "alpha -0.01", .alpha = -.01 } },
    { false, { .name = "alpha -0.03", .alpha = -.03 } },
    { false, { .name = "alpha -0.1", .alpha = -.1 } },
    { false, { .name = "alpha -0.3", .alpha = -.3 } },
    { false, { .name = "alpha -1", .alpha = -1 } },
    { false, { .name = "alpha -10", .alpha = -10 } },
    { false, { .name = "alpha +0.1", .alpha = .1 } },
    { false, { .name = "T starts at 1", .alpha = -.1, .temperature = 1 } },
    { false, { .name = "T starts at 10,000", .alpha = -.1, .temperature = 1e4 } },
    { false, { .name = "T stays at 100", .alpha = -.1, .rule = FIXED } },
    { false, { .name = "T is the best", .alpha = -.1, .rule = BEST } },
    { false, { .name = "normalised", .alpha = -.1, .distance = COSINE } },
    { false, { .name = "normalised, alpha -1", .alpha = -1, .distance = COSINE } },
    { false, { .name = "convolutions only", .alpha = -.1, .layers = 2 } },
    { true, { .name = "MNIST baseline" } },
    { true, { .name = "MNIST alpha -0.01", .alpha = -.01 } },
    { true, { .name = "MNIST alpha -0.1", .alpha = -.1 } },
    { true, { .name = "MNIST alpha -0.3", .alpha = -.3 } },
    { true, { .name = "MNIST alpha -1", .alpha = -1 } },
    { true, { .name = "MNIST triplet -0.01", .alpha = -.01, .triplet = true } },
    { true, { .name = "MNIST triplet -0.1", .alpha = -.1, .triplet = true } },
    { true, { .name = "MNIST triplet -1", .alpha = -1, .triplet = true } },
    { false, { .name = "T stays, alpha -1", .alpha = -1, .rule = FIXED } },
    { false, { .name = "T stays, alpha -10", .alpha = -10, .rule = FIXED } },
    { true, { .name = "MNIST T stays", .alpha = -.1, .rule = FIXED } },
    { true, { .name = "MNIST T stays, alpha -1", .alpha = -1, .rule = FIXED } },
};

split split_of(const run *r, examples all, size_t held_out, arena *memory)
{
    const size_t *order = run_order(r, "held out", all.x.rows, memory);
    return (split){ examples_gather(all, order + held_out, all.x.rows - held_out, memory),
                    examples_gather(all, order, held_out, memory) };
}

void reading_file_name(char *name, size_t size, const reading *of)
{
    snprintf(name, size, "%s", of->o.name);
    for (char *c = name; *c; c++)
        if (*c == ' ' || *c == ',') *c = '-';
}
