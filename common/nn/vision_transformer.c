/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/rng.h"
#include "nn/attention.h"
#include "nn/dropout.h"
#include "nn/gelu.h"
#include "nn/tokens.h"
#include "nn/vision_transformer.h"
#include "tape/arithmetic.h"

static void note(vision_transformer *v, parameter *p, size_t layer)
{
    v->layer_of[v->count] = layer;
    v->parameters[v->count++] = p;
}

static void note_dense(vision_transformer *v, dense_layer *d, size_t layer)
{
    note(v, &d->w, layer);
    note(v, &d->b, layer);
}

static void note_norm(vision_transformer *v, layer_norm *n, size_t layer)
{
    note(v, &n->gamma, layer);
    note(v, &n->beta, layer);
}

static void init_block(vision_transformer *v, size_t i, arena *memory)
{
    transformer_block *b = &v->block[i];
    size_t d = v->shape.width, wide = v->shape.ratio * d;
    b->norm1 = layer_norm_new(memory, block_layer_name(memory, i, "norm 1"), d);
    b->qkv = dense_layer_new(memory, block_layer_name(memory, i, "qkv"), d, 3 * d, LINEAR);
    b->out = dense_layer_new(memory, block_layer_name(memory, i, "out"), d, d, LINEAR);
    b->norm2 = layer_norm_new(memory, block_layer_name(memory, i, "norm 2"), d);
    b->up = dense_layer_new(memory, block_layer_name(memory, i, "up"), d, wide, LINEAR);
    b->down = dense_layer_new(memory, block_layer_name(memory, i, "down"), wide, d, LINEAR);
    note_norm(v, &b->norm1, i + 1);
    note_dense(v, &b->qkv, i + 1);
    note_dense(v, &b->out, i + 1);
    note_norm(v, &b->norm2, i + 1);
    note_dense(v, &b->up, i + 1);
    note_dense(v, &b->down, i + 1);
}

void vision_transformer_init(vision_transformer *v, transformer_shape shape, arena *memory)
{
    REQUIRE(shape.depth > 0 && shape.depth <= TRANSFORMER_BLOCKS, "%zu blocks, expected 1 to %d", shape.depth, TRANSFORMER_BLOCKS);
    REQUIRE(shape.patch > 0, "patches of no pixels");
    *v = (vision_transformer){ .shape = shape, .tokens = (shape.in.height / shape.patch) * (shape.in.width / shape.patch) };
    v->embedding = dense_layer_new(memory, "embedding", shape.patch * shape.patch * shape.in.channels, shape.width, LINEAR);
    v->position = parameter_new(memory, "embedding", "position", v->tokens, shape.width);
    note_dense(v, &v->embedding, 0);
    note(v, &v->position, 0);
    for (size_t i = 0; i < shape.depth; i++) init_block(v, i, memory);
    v->norm = layer_norm_new(memory, "features", shape.width);
    note_norm(v, &v->norm, shape.depth + 1);
}

static void start_dense(dense_layer *d, gsl_rng *rng)
{
    init_xavier(rng, d->w.value);
    mat_fill(d->b.value, 0);
}

void vision_transformer_start(vision_transformer *v, gsl_rng *rng)
{
    start_dense(&v->embedding, rng);
    rng_normal(rng, v->position.value, .02);
    for (size_t i = 0; i < v->shape.depth; i++) {
        transformer_block *b = &v->block[i];
        dense_layer *const layers[] = { &b->qkv, &b->out, &b->up, &b->down };
        for (size_t k = 0; k < 4; k++) start_dense(layers[k], rng);
        layer_norm_start(&b->norm1);
        layer_norm_start(&b->norm2);
    }
    layer_norm_start(&v->norm);
}

/*
# A pass
*/
static node *branch(tape *t, const vision_transformer *v, size_t i, node *x, gsl_rng *rng)
{
    double rate = v->shape.depth > 1 ? v->shape.drop_path * (double)i / (double)(v->shape.depth - 1) : 0;
    return rng && rate > 0 ? drop_path(t, x, v->tokens, rate, rng) : x;
}

node *vision_transformer_apply(tape *t, vision_transformer *v, node *images, gsl_rng *rng)
{
    node *x = dense_layer_apply(t, &v->embedding, patches(t, images, v->shape.in, v->shape.patch));
    x = add_positions(t, x, tape_parameter(t, &v->position));
    for (size_t i = 0; i < v->shape.depth; i++) {
        transformer_block *b = &v->block[i];
        node *qkv = dense_layer_apply(t, &b->qkv, layer_norm_apply(t, &b->norm1, x));
        node *mixed = dense_layer_apply(t, &b->out, attention(t, qkv, v->tokens, v->shape.heads));
        x = add(t, x, branch(t, v, i, mixed, rng));
        node *wide = gelu(t, dense_layer_apply(t, &b->up, layer_norm_apply(t, &b->norm2, x)));
        x = add(t, x, branch(t, v, i, dense_layer_apply(t, &b->down, wide), rng));
    }
    return layer_norm_apply(t, &v->norm, token_mean(t, x, v->tokens));
}
