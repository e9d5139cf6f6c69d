/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "nn/pooling.h"
#include "nn/residual.h"
#include "tape/arithmetic.h"

/*
# A block
*/
static convolution_layer convolution_new(arena *memory, const char *name, image in, size_t filters,
                                         size_t kernel, size_t stride)
{
    convolution c = { in, filters, kernel, stride, kernel / 2 };
    return convolution_layer_new(memory, name, c, WITHOUT_BIAS, LINEAR);
}

static residual_block block_new(arena *memory, size_t i, image in, size_t width, size_t stride)
{
    residual_block b = { .projects = stride > 1 || in.channels != width };
    b.norm1 = batch_norm_new(memory, block_layer_name(memory, i, "norm 1"), in.channels, RELU);
    b.conv1 = convolution_new(memory, block_layer_name(memory, i, "conv 1"), in, width, 3, stride);
    image out = convolution_out(b.conv1.shape);
    b.norm2 = batch_norm_new(memory, block_layer_name(memory, i, "norm 2"), width, RELU);
    b.conv2 = convolution_new(memory, block_layer_name(memory, i, "conv 2"), out, width, 3, 1);
    if (b.projects)
        b.shortcut = convolution_new(memory, block_layer_name(memory, i, "shortcut"), in, width, 1, stride);
    return b;
}

static node *block_apply(tape *t, residual_block *b, node *x, node **middle, batch_norm_mode mode)
{
    node *h = batch_norm_apply(t, &b->norm1, x, mode);
    node *shortcut = b->projects ? convolution_layer_apply(t, &b->shortcut, h) : x;
    *middle = convolution_layer_apply(t, &b->conv1, h);
    h = convolution_layer_apply(t, &b->conv2, batch_norm_apply(t, &b->norm2, *middle, mode));
    return add(t, shortcut, h);
}

/*
# The network
*/
static void own(residual_network *net, parameter *p)
{
    net->parameters[net->count++] = p;
}

static void own_norm(residual_network *net, batch_norm *n)
{
    own(net, &n->gamma);
    own(net, &n->beta);
}

/* Every parameter, for the optimizer and the checkpoint. */
static void collect_parameters(residual_network *net)
{
    net->count = 0;
    own(net, &net->stem.w);
    for (size_t i = 0; i < net->blocks; i++) {
        residual_block *b = &net->block[i];
        own_norm(net, &b->norm1);
        own(net, &b->conv1.w);
        own_norm(net, &b->norm2);
        own(net, &b->conv2.w);
        if (b->projects) own(net, &b->shortcut.w);
    }
    if (net->shape.last_norm) own_norm(net, &net->norm);
    own(net, &net->scores.w);
    own(net, &net->scores.b);
}

void residual_network_init(residual_network *net, const residual_shape *shape, arena *memory)
{
    REQUIRE(shape->stages > 0 && shape->stages <= RESIDUAL_STAGES, "%zu stages, expected 1 to %d", shape->stages, RESIDUAL_STAGES);
    *net = (residual_network){ .shape = *shape };
    net->stem = convolution_new(memory, "stem", shape->in, shape->widths[0], 3, 1);
    image at = convolution_out(net->stem.shape);
    for (size_t s = 0; s < shape->stages; s++)
        for (size_t i = 0; i < shape->blocks[s]; i++) {
            REQUIRE(net->blocks < RESIDUAL_BLOCKS, "more than %d blocks", RESIDUAL_BLOCKS);
            residual_block *b = &net->block[net->blocks];
            *b = block_new(memory, net->blocks, at, shape->widths[s], s > 0 && i == 0 ? 2 : 1);
            net->stage_of[net->blocks++] = s;
            at = convolution_out(b->conv2.shape);
        }
    net->last = at;
    if (shape->last_norm) net->norm = batch_norm_new(memory, "last norm", at.channels, RELU);
    net->scores = dense_layer_new(memory, "scores", at.channels, shape->classes, LINEAR);
    collect_parameters(net);
}

batch_norm *residual_network_norm(residual_network *net, size_t i)
{
    if (i / 2 < net->blocks) return i % 2 ? &net->block[i / 2].norm2 : &net->block[i / 2].norm1;
    return i == 2 * net->blocks && net->shape.last_norm ? &net->norm : NULL;
}

void residual_network_start(residual_network *net, gsl_rng *rng)
{
    init_he(rng, net->stem.w.value);
    for (size_t i = 0; i < net->blocks; i++) {
        residual_block *b = &net->block[i];
        init_he(rng, b->conv1.w.value);
        init_he(rng, b->conv2.w.value);
        if (b->projects) init_he(rng, b->shortcut.w.value);
    }
    batch_norm *norm;
    for (size_t i = 0; (norm = residual_network_norm(net, i)); i++) batch_norm_start(norm);
    init_he(rng, net->scores.w.value);
    mat_fill(net->scores.b.value, 0);
}

residual_nodes residual_network_apply(tape *t, residual_network *net, node *x, batch_norm_mode mode)
{
    residual_nodes h = { .layers = 2 * net->blocks + 1 };
    x = h.layer[0] = convolution_layer_apply(t, &net->stem, x);
    for (size_t i = 0; i < net->blocks; i++)
        x = h.layer[2 * i + 2] = block_apply(t, &net->block[i], x, &h.layer[2 * i + 1], mode);
    if (net->shape.last_norm) x = batch_norm_apply(t, &net->norm, x, mode);
    else if (net->shape.last_relu) x = activate(t, x, RELU);
    h.features = global_average_pool(t, x, net->last);
    h.scores = dense_layer_apply(t, &net->scores, h.features);
    return h;
}
