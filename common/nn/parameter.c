/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "nn/parameter.h"

parameter parameter_new(arena *memory, const char *layer, const char *part, size_t rows, size_t cols)
{
    size_t length = strlen(layer) + strlen(part) + 2;
    char *name = arena_take(memory, length, 1);
    snprintf(name, length, "%s.%s", layer, part);
    parameter p = { .name = name, .value = arena_mat(memory, rows, cols),
                    .grad = arena_mat(memory, rows, cols) };
    mat_fill(p.value, 0);
    mat_fill(p.grad, 0);
    return p;
}

const char *block_layer_name(arena *memory, size_t block, const char *layer)
{
    enum { ROOM = 32 };
    char *name = arena_take(memory, ROOM, 1);
    snprintf(name, ROOM, "block %zu %s", block + 1, layer);
    return name;
}

void init_he(gsl_rng *rng, mat w)
{
    rng_normal(rng, w, sqrt(2 / (double)w.rows));
}

void init_xavier(gsl_rng *rng, mat w)
{
    double bound = sqrt(6 / (double)(w.rows + w.cols));
    rng_uniform(rng, w, -bound, bound);
}

void init_fan_in(gsl_rng *rng, mat b, size_t fan_in)
{
    double bound = 1 / sqrt((double)fan_in);
    rng_uniform(rng, b, -bound, bound);
}
