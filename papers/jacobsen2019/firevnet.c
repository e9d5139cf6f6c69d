/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "firevnet.h"
#include "rearrange.h"
#include "recompute.h"
#include "run/keep.h"
#include "tape/arithmetic.h"

/*
# Its shape
*/
/* What a stage is given, before it squeezes that. */
static image arriving(const firevnet_shape *shape, size_t s)
{
    image in = s ? firevnet_stage(shape, s - 1) : shape->in;
    if (s && shape->sets_aside) in.channels /= 2;
    return in;
}

static size_t squeezes_before(const firevnet_shape *shape, size_t s)
{
    return s ? shape->squeezes > 0 : shape->squeezes;
}

image firevnet_stage(const firevnet_shape *shape, size_t s)
{
    image in = arriving(shape, s);
    for (size_t i = 0; i < squeezes_before(shape, s); i++) in = squeezed(in);
    return in;
}

static void add_block(firevnet *net, size_t s, size_t b, arena *memory)
{
    const firevnet_shape *shape = &net->shape;
    size_t k = s * shape->blocks + b, last = shape->stages * shape->blocks - 1;
    char *name = arena_take(memory, 48, 1);
    snprintf(name, 48, "stage %zu block %zu", s + 1, b + 1);
    net->block[k] = block_new(memory, name, net->stage[s], shape->mixes, s >= shape->affine_from ? AFFINE : ADDITIVE,
                              (last - k) % 2 == 0 ? FIRST_HALF : SECOND_HALF, shape->units[s]);
    net->count += block_parameters(&net->block[k], net->parameters + net->count);
}

void firevnet_init(firevnet *net, const firevnet_shape *shape, arena *memory)
{
    *net = (firevnet){ .shape = *shape, .d = image_size(shape->in) };
    REQUIRE(shape->stages >= 1 && shape->stages <= FIREVNET_STAGES && shape->stages * shape->blocks <= FIREVNET_BLOCKS,
            "%zu stages of %zu blocks", shape->stages, shape->blocks);
    for (size_t s = 0; s < shape->stages; s++) {
        net->stage[s] = firevnet_stage(shape, s);
        for (size_t b = 0; b < shape->blocks; b++) add_block(net, s, b, memory);
    }
    image last = net->stage[shape->stages - 1];
    REQUIRE(shape->classes <= last.channels, "%zu classes in %zu channels", shape->classes, last.channels);
    if (!shape->cosine) net->scores = (last.height / 2 * last.width + last.width / 2) * last.channels;
}

void firevnet_start(firevnet *net, gsl_rng *rng, mat x)
{
    size_t blocks = net->shape.stages * net->shape.blocks;
    for (size_t k = 0; k < blocks; k++) block_start(&net->block[k], rng);
    tape *t = tape_new();
    net->starting = true;
    firevnet_apply(t, net, tape_input(t, x), INFERENCE, false);
    net->starting = false;
    tape_free(t);
}

void firevnet_keep(void *of, checkpoint *c)
{
    firevnet *net = of;
    keep_parameters(c, net->parameters, net->count);
    for (size_t k = 0; k < net->shape.stages * net->shape.blocks; k++) block_keep(&net->block[k], c);
}

void firevnet_void(firevnet *net)
{
    for (size_t i = 0; i < net->count; i++) mat_fill(net->parameters[i]->value, (real)NAN);
}

bool firevnet_is_void(const firevnet *net)
{
    return isnan((double)net->parameters[0]->value.at[0]);
}

/*
# Forward

$z_n$ is the last map without the scores, then what was set aside, the latest first.
*/
static node *stage_apply(tape *t, firevnet *net, size_t s, node *x, batch_norm_mode mode, node **logdet)
{
    block *of = &net->block[s * net->shape.blocks];
    if (net->again && mode == TRAINING) return blocks_apply(t, net->again, of, net->shape.blocks, x, logdet);
    for (size_t b = 0; b < net->shape.blocks; b++) {
        if (net->starting && of[b].mixes) actnorm_start(&of[b].norm, x->value);
        x = block_apply(t, &of[b], x, mode, logdet);
    }
    return x;
}

firevnet_nodes firevnet_apply(tape *t, firevnet *net, node *x, batch_norm_mode mode, bool logdet)
{
    const firevnet_shape *shape = &net->shape;
    firevnet_nodes z = { 0 };
    node *aside[FIREVNET_STAGES] = { NULL }, **det = logdet ? &z.logdet : NULL;
    for (size_t s = 0; s < shape->stages; s++) {
        image in = arriving(shape, s);
        for (size_t i = 0; i < squeezes_before(shape, s); i++, in = squeezed(in)) x = squeeze(t, x, in);
        x = stage_apply(t, net, s, x, mode, det);
        if (!shape->sets_aside || s + 1 == shape->stages) continue;
        size_t channels = net->stage[s].channels, kept = arriving(shape, s + 1).channels;
        aside[s] = take_channels(t, x, channels, kept, channels - kept);
        x = take_channels(t, x, channels, 0, kept);
    }
    if (shape->cosine) x = cosine_transform(t, x, net->stage[shape->stages - 1]);
    size_t end = net->scores + shape->classes, cols = x->value.cols;
    z.semantic = take_cols(t, x, net->scores, shape->classes);
    z.nuisance = take_cols(t, x, end, cols - end);
    if (net->scores > 0) z.nuisance = concat_cols(t, take_cols(t, x, 0, net->scores), z.nuisance);
    for (size_t s = shape->stages; s-- > 0;)
        if (aside[s]) z.nuisance = concat_cols(t, z.nuisance, aside[s]);
    return z;
}

/*
# Back

The same in the opposite order. Everything is taken apart and put together a block of rows at a time.
*/
enum { ROWS = 100 };

static mat take_columns(mat from, size_t first, size_t count, arena *a)
{
    mat to = arena_mat(a, from.rows, count);
    for (size_t i = 0; i < from.rows; i++) memcpy(mat_row(to, i), mat_row(from, i) + first, count * sizeof(real));
    return to;
}

static void put_columns(mat to, size_t first, mat from)
{
    for (size_t i = 0; i < to.rows; i++) memcpy(mat_row(to, i) + first, mat_row(from, i), from.cols * sizeof(real));
}

static mat last_map(firevnet *net, mat semantic, mat nuisance, arena *a)
{
    image shape = net->stage[net->shape.stages - 1];
    mat last = arena_mat(a, semantic.rows, image_size(shape));
    size_t end = net->scores + semantic.cols;
    put_columns(last, 0, take_columns(nuisance, 0, net->scores, a));
    put_columns(last, net->scores, semantic);
    put_columns(last, end, take_columns(nuisance, net->scores, last.cols - end, a));
    if (!net->shape.cosine) return last;
    mat maps = arena_mat(a, last.rows, last.cols);
    cosine_transform_back(maps, last, shape, a);
    return maps;
}

static mat unsqueezed(mat y, image in, size_t times, arena *a)
{
    if (times == 0) return y;
    mat between = times > 1 ? unsqueezed(y, squeezed(in), times - 1, a) : y, x = arena_mat(a, y.rows, y.cols);
    unsqueeze(x, between, in);
    return x;
}

static void invert_rows(firevnet *net, mat x, mat semantic, mat nuisance, tape *scratch, arena *a)
{
    const firevnet_shape *shape = &net->shape;
    mat y = last_map(net, semantic, nuisance, a);
    size_t at = y.cols - semantic.cols;        /* where the rest of z_n begins */
    for (size_t s = shape->stages; s-- > 0;) {
        for (size_t b = shape->blocks; b-- > 0;) block_invert(&net->block[s * shape->blocks + b], y, scratch, a);
        y = unsqueezed(y, arriving(shape, s), squeezes_before(shape, s), a);
        if (s == 0 || !shape->sets_aside) continue;
        image whole = net->stage[s - 1];
        mat both = arena_mat(a, y.rows, image_size(whole)), rest = take_columns(nuisance, at, y.cols, a);
        put_channels(both, whole.channels, 0, whole.channels / 2, y);
        put_channels(both, whole.channels, whole.channels / 2, whole.channels / 2, rest);
        at += rest.cols;
        y = both;
    }
    mat_copy(x, y);
}

void firevnet_invert(firevnet *net, mat x, mat semantic, mat nuisance, tape *scratch)
{
    REQUIRE(semantic.cols == net->shape.classes && semantic.cols + nuisance.cols == net->d && x.cols == net->d,
            "%zu and %zu numbers for %zu", semantic.cols, nuisance.cols, net->d);
    arena *a = arena_new();
    for (size_t i = 0; i < x.rows; i += ROWS, arena_reset(a))
        invert_rows(net, mat_block(x, i, ROWS), mat_block(semantic, i, ROWS), mat_block(nuisance, i, ROWS), scratch, a);
    arena_free(a);
}

void firevnet_encode(firevnet *net, mat semantic, mat nuisance, mat x, tape *scratch)
{
    for (size_t i = 0; i < x.rows; i += ROWS, tape_reset(scratch)) {
        firevnet_nodes z = firevnet_apply(scratch, net, tape_input(scratch, mat_block(x, i, ROWS)), INFERENCE, false);
        mat_copy(mat_block(semantic, i, ROWS), z.semantic->value);
        mat_copy(mat_block(nuisance, i, ROWS), z.nuisance->value);
    }
}

void firevnet_metamers(firevnet *net, mat met, mat a, mat b, tape *scratch)
{
    arena *memory = arena_new();
    size_t n = a.rows, classes = net->shape.classes, rest = net->d - classes;
    mat semantic = arena_mat(memory, n, classes), unused = arena_mat(memory, n, classes);
    mat nuisance = arena_mat(memory, n, rest), others = arena_mat(memory, n, rest);
    firevnet_encode(net, semantic, others, a, scratch);
    firevnet_encode(net, unused, nuisance, b, scratch);
    firevnet_invert(net, met, semantic, nuisance, scratch);
    arena_free(memory);
}
