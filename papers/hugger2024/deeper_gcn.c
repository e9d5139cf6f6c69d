/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/error.h"
#include "deeper_gcn.h"
#include "nn/dropout.h"
#include "tape/arithmetic.h"

static void note(deeper_gcn *g, parameter *p)
{
    REQUIRE(g->count < GCN_PARAMETERS, "more than %d parameters", GCN_PARAMETERS);
    g->parameters[g->count++] = p;
}

static void note_norm(deeper_gcn *g, layer_norm *n)
{
    note(g, &n->gamma);
    note(g, &n->beta);
}

static void note_dense(deeper_gcn *g, dense_layer *d)
{
    note(g, &d->w);
    note(g, &d->b);
}

static void init_layer(deeper_gcn *g, size_t i, arena *memory)
{
    gcn_layer *l = &g->layer[i];
    size_t width = g->shape.width;
    char name[32];
    snprintf(name, sizeof name, "layer %zu", i + 1);
    l->up = dense_layer_new(memory, name, width, 2 * width, LINEAR);
    l->inside = layer_norm_new(memory, name, 2 * width);
    l->down = dense_layer_new(memory, name, 2 * width, width, LINEAR);
    l->tau = parameter_new(memory, name, "tau", 1, 1);
    note_dense(g, &l->up);
    note_norm(g, &l->inside);
    note_dense(g, &l->down);
    note(g, &l->tau);
    if (i == 0) return;
    l->before = layer_norm_new(memory, name, width);
    note_norm(g, &l->before);
}

void deeper_gcn_init(deeper_gcn *g, gcn_shape shape, arena *memory)
{
    REQUIRE(shape.layers > 0 && shape.layers <= GCN_LAYERS, "%zu layers, expected 1 to %d", shape.layers, GCN_LAYERS);
    *g = (deeper_gcn){ .shape = shape, .encoder = parameter_new(memory, "encoder", "w", shape.words, shape.width) };
    note(g, &g->encoder);
    for (size_t i = 0; i < shape.layers; i++) init_layer(g, i, memory);
    g->last = layer_norm_new(memory, "last", shape.width);
    g->scores = dense_layer_new(memory, "scores", shape.width, shape.classes, LINEAR);
    note_norm(g, &g->last);
    note_dense(g, &g->scores);
}

static void start_dense(dense_layer *d, gsl_rng *rng)
{
    init_fan_in(rng, d->w.value, d->w.value.rows);
    init_fan_in(rng, d->b.value, d->w.value.rows);
}

void deeper_gcn_start(deeper_gcn *g, gsl_rng *rng)
{
    init_fan_in(rng, g->encoder.value, g->shape.words);
    for (size_t i = 0; i < g->shape.layers; i++) {
        gcn_layer *l = &g->layer[i];
        start_dense(&l->up, rng);
        start_dense(&l->down, rng);
        layer_norm_start(&l->inside);
        if (i > 0) layer_norm_start(&l->before);
        mat_fill(l->tau.value, 1);
    }
    layer_norm_start(&g->last);
    start_dense(&g->scores, rng);
}

/*
# A pass
*/
static node *hear(tape *t, gcn_layer *l, node *h, csr graph)
{
    node *said = softmax_aggregate(t, activate(t, h, RELU), tape_parameter(t, &l->tau), graph);
    node *inside = layer_norm_apply(t, &l->inside, dense_layer_apply(t, &l->up, add(t, h, said)));
    return dense_layer_apply(t, &l->down, activate(t, inside, RELU));
}

static node *prepared(tape *t, const deeper_gcn *g, layer_norm *norm, node *h, gsl_rng *rng)
{
    h = activate(t, layer_norm_apply(t, norm, h), RELU);
    return rng ? dropout(t, h, g->shape.dropout, rng) : h;
}

node *deeper_gcn_apply(tape *t, deeper_gcn *g, csr words, csr graph, gsl_rng *rng)
{
    node *h = hear(t, &g->layer[0], sparse_dense(t, words, tape_parameter(t, &g->encoder)), graph);
    for (size_t i = 1; i < g->shape.layers; i++)
        h = add(t, h, hear(t, &g->layer[i], prepared(t, g, &g->layer[i].before, h, rng), graph));
    return dense_layer_apply(t, &g->scores, prepared(t, g, &g->last, h, rng));
}
