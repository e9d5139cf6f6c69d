/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/error.h"
#include "classifier.h"
#include "nn/pooling.h"
#include "run/keep.h"

static void note(classifier *c, parameter *p, size_t layer)
{
    REQUIRE(c->count < CLASSIFIER_PARAMETERS, "more than %d parameters", CLASSIFIER_PARAMETERS);
    c->layer_of[c->count] = layer;
    c->parameters[c->count++] = p;
}

static void note_norm(classifier *c, batch_norm *n, size_t layer)
{
    note(c, &n->gamma, layer);
    note(c, &n->beta, layer);
}

/*
# Bodies

Each returns how many features it has.
*/
static size_t init_convolutions(classifier *c, arena *memory)
{
    image in = c->shape.in;
    for (size_t i = 0; i < BODY_CONVOLUTIONS; i++) {
        char name[32];
        size_t filters = c->shape.filters << i;
        snprintf(name, sizeof name, "convolution %zu", i + 1);
        c->convolution[i] = convolution_layer_new(memory, name, (convolution){ in, filters, 3, 1, 1 }, WITHOUT_BIAS, LINEAR);
        c->body_norm[i] = batch_norm_new(memory, name, filters, RELU);
        note(c, &c->convolution[i].w, i);
        note_norm(c, &c->body_norm[i], i);
        in.channels = filters;
        if (i < BODY_CONVOLUTIONS - 1) in = pool_out(in, 2, 2);
    }
    c->depth = BODY_CONVOLUTIONS;
    return in.channels;
}

static size_t init_transformer(classifier *c, arena *memory)
{
    vision_transformer *v = &c->transformer;
    vision_transformer_init(v, c->shape.transformer, memory);
    for (size_t i = 0; i < v->count; i++) note(c, v->parameters[i], v->layer_of[i]);
    c->depth = v->shape.depth + 1;             /* the last norm goes with the head, as in masked autoencoders */
    return v->shape.width;
}

/*
# The head
*/
static void init_head(classifier *c, size_t features, arena *memory)
{
    c->layers = c->shape.hidden > 0 ? HEAD_LAYERS : 1;
    for (size_t i = 0; i < c->layers; i++) {
        bool last = i == c->layers - 1;
        size_t in = i == 0 ? features : c->shape.hidden, out = last ? c->shape.classes : c->shape.hidden;
        char name[32];
        snprintf(name, sizeof name, "head %zu", i + 1);
        c->head[i] = parameter_new(memory, name, "w", in, out);
        note(c, &c->head[i], c->depth);
        if (c->layers == 1) break;
        c->head_norm[i] = batch_norm_new(memory, name, out, last ? LINEAR : RELU);
        if (!last) note_norm(c, &c->head_norm[i], c->depth);
    }
    if (c->layers > 1) return;
    c->bias = parameter_new(memory, "head", "b", 1, c->shape.classes);
    note(c, &c->bias, c->depth);
}

void classifier_init(classifier *c, const classifier_shape *shape, arena *memory)
{
    *c = (classifier){ .shape = *shape };
    size_t features = shape->body == TRANSFORMER ? init_transformer(c, memory)
                    : shape->body == CONVOLUTIONS ? init_convolutions(c, memory) : image_size(shape->in);
    init_head(c, features, memory);
}

void classifier_start(classifier *c, gsl_rng *rng)
{
    if (c->shape.body == TRANSFORMER) vision_transformer_start(&c->transformer, rng);
    for (size_t i = 0; i < BODY_CONVOLUTIONS && c->shape.body == CONVOLUTIONS; i++) {
        init_he(rng, c->convolution[i].w.value);
        batch_norm_start(&c->body_norm[i]);
    }
    for (size_t i = 0; i < c->layers; i++) {
        init_xavier(rng, c->head[i].value);
        if (c->layers > 1) batch_norm_start(&c->head_norm[i]);
    }
    if (c->layers == 1) mat_fill(c->bias.value, 0);
}

void classifier_keep(classifier *c, checkpoint *k)
{
    keep_parameters(k, c->parameters, c->count);
    for (size_t i = 0; i < BODY_CONVOLUTIONS && c->shape.body == CONVOLUTIONS; i++)
        checkpoint_keep_mat(k, "running means", c->body_norm[i].running);
    for (size_t i = 0; i < c->layers && c->layers > 1; i++)
        checkpoint_keep_mat(k, "running means of the head", c->head_norm[i].running);
}

bool classifier_decays(const classifier *c, size_t i)
{
    const parameter *p = c->parameters[i];
    return p->value.rows > 1 && p != &c->transformer.position;
}

/*
# A pass
*/
static node *convolved(tape *t, classifier *c, node *x, batch_norm_mode mode)
{
    image in = c->shape.in;
    for (size_t i = 0; i < BODY_CONVOLUTIONS; i++) {
        x = batch_norm_apply(t, &c->body_norm[i], convolution_layer_apply(t, &c->convolution[i], x), mode);
        in.channels = c->shape.filters << i;
        if (i == BODY_CONVOLUTIONS - 1) break;
        x = max_pool(t, x, in, 2, 2);
        in = pool_out(in, 2, 2);
    }
    return global_average_pool(t, x, in);
}

/* The last normalisation's scale and shift are constants: 1 and 0. */
static node *plainly_normalised(tape *t, node *x, batch_norm *norm, batch_norm_mode mode)
{
    return batch_normalise(t, x, tape_input(t, norm->gamma.value), tape_input(t, norm->beta.value), norm, mode);
}

node *classifier_apply(tape *t, classifier *c, node *x, batch_norm_mode mode, gsl_rng *rng)
{
    if (c->shape.body == TRANSFORMER) x = vision_transformer_apply(t, &c->transformer, x, mode == TRAINING ? rng : NULL);
    if (c->shape.body == CONVOLUTIONS) x = convolved(t, c, x, mode);
    if (c->layers == 1) return dense(t, x, tape_parameter(t, &c->head[0]), tape_parameter(t, &c->bias), LINEAR);
    for (size_t i = 0; i + 1 < c->layers; i++)
        x = batch_norm_apply(t, &c->head_norm[i], dense(t, x, tape_parameter(t, &c->head[i]), NULL, LINEAR), mode);
    return plainly_normalised(t, dense(t, x, tape_parameter(t, &c->head[c->layers - 1]), NULL, LINEAR), &c->head_norm[c->layers - 1], mode);
}

/* In parts, of a size that does not change what comes out. */
void classifier_scores(classifier *c, tape *t, mat scores, mat x)
{
    enum { PART = 256 };
    for (size_t first = 0; first < x.rows; first += PART) {
        node *z = classifier_apply(t, c, tape_input(t, mat_block(x, first, PART)), INFERENCE, NULL);
        mat_copy(mat_block(scores, first, PART), z->value);
        tape_reset(t);
    }
}
