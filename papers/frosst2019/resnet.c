/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "resnet.h"

static struct { size_t width, epochs, batch, pad; double first_rate, last_rate, momentum; } set;

const run_setting resnet_settings[] = {
    { "width", &set.width, NULL, { 2, 4, 16, 16 }, "channels of the first stage", "ours" },
    { "epochs", &set.epochs, NULL, { 2, 4, 10, 106 }, "passes over the data", "footnote 4" },
    { "batch", &set.batch, NULL, { 16, 128, 128, 128 }, "examples a step", "ours" },
    { "rate", NULL, &set.first_rate, { .1, .1, .1, .4 }, "of gradient descent, at the start", "footnote 4" },
    { "last-rate", NULL, &set.last_rate, { .01, .001, .001, .004 }, "at the end; it falls exponentially", "ours" },
    { "momentum", NULL, &set.momentum, { .9, .9, .9, .9 }, "of gradient descent", "ours" },
    { "pad", &set.pad, NULL, { 4, 4, 4, 4 }, "augmentation: shifts by up to so many pixels, and mirrors; 0: neither", "ours" },
    { 0 }
};

static const size_t blocks[RESNET_STAGES] = { 1, 2, 2, 2 };

static outputs resnet_apply(tape *t, void *model, node *x, batch_norm_mode mode)
{
    residual_nodes h = residual_network_apply(t, model, x, mode);
    outputs out = { .scores = h.scores, .layers = h.layers };
    for (size_t i = 0; i < h.layers; i++) out.layer[i] = h.layer[i];
    return out;
}

static void resnet_start(void *model, gsl_rng *rng)
{
    residual_network_start(model, rng);
}

static void resnet_keep(void *model, checkpoint *c)
{
    batch_norm *norm;
    for (size_t i = 0; (norm = residual_network_norm(model, i)); i++)
        checkpoint_keep_mat(c, "running means", norm->running);
}

void resnet_init(residual_network *n, network *net, image in, size_t classes, size_t width, arena *memory)
{
    residual_shape shape = { .in = in, .stages = RESNET_STAGES, .classes = classes, .last_norm = true };
    for (size_t s = 0; s < RESNET_STAGES; s++) {
        shape.blocks[s] = blocks[s];
        shape.widths[s] = width << s;
    }
    residual_network_init(n, &shape, memory);
    REQUIRE(2 * n->blocks + 1 == RESNET_LAYERS, "%zu blocks", n->blocks);
    *net = (network){ n, resnet_apply, resnet_start, resnet_keep, RESNET_LAYERS, n->count, n->parameters };
}

size_t resnet_width(void)
{
    return set.width;
}

recipe resnet_recipe(size_t n)
{
    return (recipe){ .rule = &sgd, .settings = { .momentum = set.momentum },
                     .first_rate = set.first_rate, .last_rate = set.last_rate, .batch = set.batch,
                     .steps = set.epochs * (n / set.batch), .augmentation = { .pad = set.pad, .flip = set.pad > 0 } };
}
