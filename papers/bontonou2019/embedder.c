/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "embedder.h"
#include "run/keep.h"
#include "tape/arithmetic.h"

enum { STAGES = 4, BLOCKS = 2, PLANE_SIDES = 2 };

void embedder_init(embedder *e, image in, size_t width, size_t classes, arena *memory)
{
    residual_shape shape = { .in = in, .stages = STAGES, .classes = MOST_OUTPUTS };
    for (size_t s = 0; s < STAGES; s++) {
        shape.blocks[s] = BLOCKS;
        shape.widths[s] = width << s;
    }
    *e = (embedder){ .plane = batch_norm_new(memory, "plane", PLANE_SIDES, LINEAR),
                     .behind = dense_layer_new(memory, "behind", PLANE_SIDES, classes, LINEAR) };
    residual_network_init(&e->net, &shape, memory);
    e->count = e->net.count + 2;
    e->parameters = arena_take(memory, e->count, sizeof *e->parameters);
    for (size_t i = 0; i < e->net.count; i++) e->parameters[i] = e->net.parameters[i];
    e->parameters[e->net.count] = &e->behind.w;
    e->parameters[e->net.count + 1] = &e->behind.b;
}

/* Weights have as many rows as inputs; what has one row is a bias, or belongs to a normalisation. */
void embedder_start(embedder *e, gsl_rng *rng)
{
    residual_network_start(&e->net, rng);
    batch_norm_start(&e->plane);
    for (size_t i = 0; i < e->count; i++) {
        mat w = e->parameters[i]->value;
        if (w.rows > 1) init_fan_in(rng, w, w.rows);
    }
    init_fan_in(rng, e->net.scores.b.value, e->net.scores.w.value.rows);
    init_fan_in(rng, e->behind.b.value, PLANE_SIDES);
}

void embedder_keep(void *of, checkpoint *c)
{
    embedder *e = of;
    batch_norm *norm;
    keep_parameters(c, e->parameters, e->count);
    for (size_t i = 0; (norm = residual_network_norm(&e->net, i)); i++)
        checkpoint_keep_mat(c, "running means", norm->running);
    checkpoint_keep_mat(c, "means of the plane", e->plane.running);
}

/* Mean 0 and variance 1: both parameters of the normalisation are constants. */
static node *on_plane(tape *t, embedder *e, node *x, batch_norm_mode mode)
{
    return batch_normalise(t, x, tape_input(t, e->plane.gamma.value), tape_input(t, e->plane.beta.value), &e->plane, mode);
}

outputs embedder_apply(tape *t, embedder *e, const objective *o, node *x, batch_norm_mode mode)
{
    REQUIRE(o->d <= MOST_OUTPUTS, "%zu outputs", o->d);
    e->net.shape.last_relu = o->last_relu;
    node *out = take_cols(t, residual_network_apply(t, &e->net, x, mode).scores, 0, o->d);
    node *w = tape_parameter(t, &e->behind.w), *b = tape_parameter(t, &e->behind.b);
    if (o->ends == SCORES) return (outputs){ .place = out, .scores = out };
    if (o->ends == SPHERE) return (outputs){ .place = normalise_rows(t, out) };
    node *place = on_plane(t, e, out, mode);
    return (outputs){ .place = place, .scores = o->ends == BOTTLENECK ? dense(t, place, w, b, LINEAR) : NULL };
}

mat embedder_places(embedder *e, const objective *o, mat x, tape *t, arena *memory)
{
    enum { BLOCK = 100 };
    mat all = arena_mat(memory, x.rows, o->d);
    for (size_t first = 0; first < x.rows; first += BLOCK) {
        node *part = tape_input(t, mat_block(x, first, BLOCK));
        mat_copy(mat_block(all, first, BLOCK), embedder_apply(t, e, o, part, INFERENCE).place->value);
        tape_reset(t);
    }
    return all;
}
