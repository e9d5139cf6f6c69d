/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rng.h"
#include "perceptron.h"

static size_t narrow, wide;

const run_setting perceptron_settings[] = {
    { "narrow", &narrow, NULL, { 16, 256, 256, 256 }, "units of either hidden layer that is far from the pixels", "ours" },
    { "wide", &wide, NULL, { 24, 512, 512, 512 }, "units of either that is next to them", "ours" },
    { 0 }
};

enum { HIDDEN = PERCEPTRON_LAYERS - 1 };

static node *perceptron_apply(tape *t, void *model, node *x, batch_norm_mode mode)
{
    perceptron *p = model;
    for (size_t i = 0; i < PERCEPTRON_LAYERS; i++) {
        x = dense_layer_apply(t, &p->layer[i], x);
        if (p->normalised && i < HIDDEN) x = batch_norm_apply(t, &p->norm[i], x, mode);
    }
    return x;
}

static void perceptron_start(void *model, gsl_rng *rng)
{
    perceptron *p = model;
    for (size_t i = 0; i < PERCEPTRON_LAYERS; i++) {
        rng_normal(rng, p->layer[i].w.value, .02);
        mat_fill(p->layer[i].b.value, 0);
    }
    for (size_t i = 0; p->normalised && i < HIDDEN; i++) batch_norm_start(&p->norm[i]);
}

static void perceptron_keep(void *model, checkpoint *c)
{
    perceptron *p = model;
    for (size_t i = 0; p->normalised && i < HIDDEN; i++) checkpoint_keep_mat(c, "running", p->norm[i].running);
}

/*
# Their layers

A layer's activation follows its normalisation, where there is one. `size` is that of the input, and of what
each layer makes of it.
*/
static player player_of(perceptron *p, const char *const *name, const size_t *size, activation hidden, activation last,
                        bool normalised, arena *memory)
{
    size_t k = 0;
    p->normalised = normalised;
    for (size_t i = 0; i < PERCEPTRON_LAYERS; i++) {
        bool follows = normalised && i < HIDDEN;
        p->layer[i] = dense_layer_new(memory, name[i], size[i], size[i + 1],
                                      follows ? LINEAR : i < HIDDEN ? hidden : last);
        p->parameters[k++] = &p->layer[i].w;
        p->parameters[k++] = &p->layer[i].b;
        if (!follows) continue;
        p->norm[i] = batch_norm_new(memory, name[i], size[i + 1], hidden);
        p->parameters[k++] = &p->norm[i].gamma;
        p->parameters[k++] = &p->norm[i].beta;
    }
    return (player){ p, perceptron_apply, perceptron_start, perceptron_keep, k, p->parameters };
}

player perceptron_generator(perceptron *p, size_t noise, size_t size, arena *memory)
{
    static const char *const name[] = { "generator 1", "generator 2", "generator 3" };
    return player_of(p, name, (const size_t[]){ noise, narrow, wide, size }, RELU, SIGMOID, true, memory);
}

player perceptron_discriminator(perceptron *p, size_t size, size_t outputs, arena *memory)
{
    static const char *const name[] = { "discriminator 1", "discriminator 2", "discriminator 3" };
    return player_of(p, name, (const size_t[]){ size, wide, narrow, outputs }, LEAKY_RELU, LINEAR, false, memory);
}
