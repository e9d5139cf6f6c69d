/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rng.h"
#include "dcgan.h"

static size_t width;

const run_setting dcgan_settings[] = {
    { "width", &width, NULL, { 2, 16, 32, 64 }, "channels next to the pixels, and twice and four times that further away", "ours" },
    { 0 }
};

/* A step between a large image and one of half its height and width. */
static convolution step_of(image large, size_t filters)
{
    return (convolution){ large, filters, .kernel = 4, .stride = 2, .padding = 1 };
}

static image half(image large, size_t channels)
{
    return (image){ large.height / 2, large.width / 2, channels };
}

/* Normal weights, biases at 0: a bias is a single row. */
static void start_weights(parameter *const *p, size_t count, gsl_rng *rng)
{
    for (size_t i = 0; i < count; i++) {
        if (p[i]->value.rows > 1) rng_normal(rng, p[i]->value, .02);
        else mat_fill(p[i]->value, 0);
    }
}

/*
# The generator
*/
static node *generator_apply(tape *t, void *model, node *z, batch_norm_mode mode)
{
    dcgan_generator *g = model;
    node *h = dense_layer_apply(t, &g->seed, z);
    for (size_t i = 0; i < DCGAN_STEPS; i++)
        h = transposed_layer_apply(t, &g->up[i], batch_norm_apply(t, &g->norm[i], h, mode));
    return h;
}

static void generator_start(void *model, gsl_rng *rng)
{
    dcgan_generator *g = model;
    start_weights(g->parameters, sizeof g->parameters / sizeof *g->parameters, rng);
    for (size_t i = 0; i < DCGAN_STEPS; i++) batch_norm_start(&g->norm[i]);
}

static void generator_keep(void *model, checkpoint *c)
{
    dcgan_generator *g = model;
    for (size_t i = 0; i < DCGAN_STEPS; i++) checkpoint_keep_mat(c, "running", g->norm[i].running);
}

player dcgan_generator_init(dcgan_generator *g, size_t noise, image shape, arena *memory)
{
    static const char *const name[] = { "up 1", "up 2", "up 3" };
    size_t k = 0;
    image at = { shape.height >> DCGAN_STEPS, shape.width >> DCGAN_STEPS, width << (DCGAN_STEPS - 1) };
    g->seed = dense_layer_new(memory, "seed", noise, image_size(at), LINEAR);
    g->parameters[k++] = &g->seed.w;
    g->parameters[k++] = &g->seed.b;
    for (size_t i = 0; i < DCGAN_STEPS; i++) {
        bool last = i + 1 == DCGAN_STEPS;
        image next = { 2 * at.height, 2 * at.width, last ? shape.channels : at.channels / 2 };
        g->norm[i] = batch_norm_new(memory, name[i], at.channels, RELU);
        g->up[i] = transposed_layer_new(memory, name[i], step_of(next, at.channels), WITH_BIAS, last ? SIGMOID : LINEAR);
        g->parameters[k++] = &g->norm[i].gamma;
        g->parameters[k++] = &g->norm[i].beta;
        g->parameters[k++] = &g->up[i].w;
        g->parameters[k++] = &g->up[i].b;
        at = next;
    }
    return (player){ g, generator_apply, generator_start, generator_keep, k, g->parameters };
}

/*
# The discriminator
*/
static node *discriminator_apply(tape *t, void *model, node *x, batch_norm_mode mode)
{
    dcgan_discriminator *d = model;
    for (size_t i = 0; i < DCGAN_STEPS; i++) {
        x = convolution_layer_apply(t, &d->down[i], x);
        if (i > 0) x = batch_norm_apply(t, &d->norm[i - 1], x, mode);
    }
    return dense_layer_apply(t, &d->score, x);
}

static void discriminator_start(void *model, gsl_rng *rng)
{
    dcgan_discriminator *d = model;
    start_weights(d->parameters, sizeof d->parameters / sizeof *d->parameters, rng);
    for (size_t i = 0; i + 1 < DCGAN_STEPS; i++) batch_norm_start(&d->norm[i]);
}

static void discriminator_keep(void *model, checkpoint *c)
{
    dcgan_discriminator *d = model;
    for (size_t i = 0; i + 1 < DCGAN_STEPS; i++) checkpoint_keep_mat(c, "running", d->norm[i].running);
}

player dcgan_discriminator_init(dcgan_discriminator *d, image shape, arena *memory)
{
    static const char *const name[] = { "down 1", "down 2", "down 3" };
    size_t k = 0;
    image at = shape;
    for (size_t i = 0; i < DCGAN_STEPS; i++) {
        d->down[i] = convolution_layer_new(memory, name[i], step_of(at, width << i), WITH_BIAS,
                                           i == 0 ? LEAKY_RELU : LINEAR);
        d->parameters[k++] = &d->down[i].w;
        d->parameters[k++] = &d->down[i].b;
        at = half(at, width << i);
        if (i == 0) continue;
        d->norm[i - 1] = batch_norm_new(memory, name[i], at.channels, LEAKY_RELU);
        d->parameters[k++] = &d->norm[i - 1].gamma;
        d->parameters[k++] = &d->norm[i - 1].beta;
    }
    d->score = dense_layer_new(memory, "score", image_size(at), 1, LINEAR);
    d->parameters[k++] = &d->score.w;
    d->parameters[k++] = &d->score.b;
    return (player){ d, discriminator_apply, discriminator_start, discriminator_keep, k, d->parameters };
}
