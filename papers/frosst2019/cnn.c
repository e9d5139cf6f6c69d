/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cnn.h"
#include "nn/pooling.h"
#include "run/trained.h"

static struct { size_t filters[2], units[2], batch; double rate; } set;

const run_setting cnn_settings[] = {
    { "filters-1", &set.filters[0], NULL, { 2, 6, 16, 16 }, "filters of the first convolution", "ours" },
    { "filters-2", &set.filters[1], NULL, { 3, 16, 32, 32 }, "filters of the second", "ours" },
    { "units-1", &set.units[0], NULL, { 12, 120, 128, 128 }, "units of the first dense layer", "ours" },
    { "units-2", &set.units[1], NULL, { 8, 84, 64, 64 }, "units of the second", "ours" },
    { 0 }
};

const run_setting cnn_training_settings[] = {
    { "batch", &set.batch, NULL, { 32, 256, 256, 256 }, "examples a step", "footnote 3" },
    { "rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-4, 1e-4 }, "of Adam", "footnote 3" },
    { 0 }
};

recipe cnn_recipe(size_t steps)
{
    return (recipe){ .rule = &adam, .settings = ADAM_DEFAULTS, .first_rate = set.rate, .last_rate = set.rate,
                     .batch = set.batch, .steps = steps };
}

static image pooled(const convolution_layer *l)
{
    return pool_out(convolution_out(l->shape), 2, 2);
}

static outputs cnn_apply(tape *t, void *model, node *x, batch_norm_mode mode)
{
    (void)mode;
    cnn *c = model;
    outputs h = { .layers = 0 };
    for (size_t i = 0; i < c->convolutions; i++) {
        x = convolution_layer_apply(t, &c->conv[i], x);
        x = h.layer[h.layers++] = max_pool(t, x, convolution_out(c->conv[i].shape), 2, 2);
    }
    for (size_t i = 0; i < 2; i++) x = h.layer[h.layers++] = dense_layer_apply(t, &c->dense[i], x);
    h.scores = dense_layer_apply(t, &c->dense[2], x);
    return h;
}

/* Weights stand at even places, biases behind them. */
static void cnn_start(void *model, gsl_rng *rng)
{
    cnn *c = model;
    for (size_t i = 0; i < 2 * (c->convolutions + 3); i += 2) {
        init_he(rng, c->parameters[i]->value);
        mat_fill(c->parameters[i + 1]->value, 0);
    }
}

void cnn_init(cnn *c, network *net, image in, size_t classes, size_t convolutions, arena *memory)
{
    static const char *const name[] = { "conv 1", "conv 2" };
    c->convolutions = convolutions;
    size_t k = 0;
    for (size_t i = 0; i < convolutions; i++, in = pooled(&c->conv[i - 1])) {
        const convolution shape = { in, set.filters[i], 5, 1, i == 0 ? 2 : 0 };
        c->conv[i] = convolution_layer_new(memory, name[i], shape, WITH_BIAS, RELU);
        c->parameters[k++] = &c->conv[i].w;
        c->parameters[k++] = &c->conv[i].b;
    }
    c->dense[0] = dense_layer_new(memory, "dense 1", image_size(in), set.units[0], RELU);
    c->dense[1] = dense_layer_new(memory, "dense 2", set.units[0], set.units[1], RELU);
    c->dense[2] = dense_layer_new(memory, "scores", set.units[1], classes, LINEAR);
    for (size_t i = 0; i < 3; i++) {
        c->parameters[k++] = &c->dense[i].w;
        c->parameters[k++] = &c->dense[i].b;
    }
    *net = (network){ c, cnn_apply, cnn_start, NULL, convolutions + 2, k, c->parameters };
}

network *cnn_trained(run *r, const dataset *data, const char *experiment, unsigned long seed, const char *model,
                     arena *memory)
{
    cnn *c = arena_take(memory, 1, sizeof *c);
    network *net = arena_take(memory, 1, sizeof *net);
    cnn_init(c, net, data->shape, data->classes, 2, memory);
    trained_load(r, experiment, seed, model, net, network_keep);
    return net;
}
