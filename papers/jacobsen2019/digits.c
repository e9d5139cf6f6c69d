/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "digits.h"

examples digits_framed(examples of, image *shape, arena *memory)
{
    image in = *shape, out = { in.height + 2 * DIGITS_FRAME, in.width + 2 * DIGITS_FRAME, in.channels };
    size_t line = in.width * in.channels;
    examples to = { arena_mat(memory, of.x.rows, image_size(out)), of.y };
    mat_fill(to.x, 0);
    for (size_t n = 0; n < of.x.rows; n++)
        for (size_t i = 0; i < in.height; i++)
            memcpy(mat_row(to.x, n) + ((i + DIGITS_FRAME) * out.width + DIGITS_FRAME) * out.channels,
                   mat_row(of.x, n) + i * line, line * sizeof(real));
    *shape = out;
    return to;
}

void digits_spread(mat x, gsl_rng *rng)
{
    for (size_t e = 0; e < mat_size(x); e++) {
        real u = rng ? (real)gsl_rng_uniform(rng) : (real).5;
        x.at[e] = (x.at[e] * 255 + u) / 256 - (real).5;
    }
}

void digits_show(mat x)
{
    for (size_t e = 0; e < mat_size(x); e++) {
        real g = x.at[e] + (real).5;
        x.at[e] = g < 0 ? 0 : g > 1 ? 1 : g;
    }
}

static struct { size_t stages, blocks, filters; } size;

const run_setting digit_net_settings[] = {
    { "stages", &size.stages, NULL, { 2, 3, 3, 3 }, "between which images are halved", "B.2" },
    { "blocks", &size.blocks, NULL, { 1, 2, 4, 16 }, "couplings of a stage", "B.2" },
    { "filters", &size.filters, NULL, { 4, 16, 32, 128 }, "of the convolutions in them", "B.2" },
    { 0 }
};

void digit_net_init(firevnet *net, image in, size_t classes, arena *memory)
{
    firevnet_shape shape = { .in = in, .classes = classes, .stages = size.stages, .blocks = size.blocks, .squeezes = 1,
                             .affine_from = size.stages, .mixes = true, .sets_aside = true };
    if (size.stages < 3) shape.squeezes = 2;    /* or the last map has too few channels for the scores */
    for (size_t s = 0; s < FIREVNET_STAGES; s++) shape.units[s] = size.filters;
    firevnet_init(net, &shape, memory);
}

static struct {
    size_t epochs, batch, pad, adversary_steps, adversary_units;
    double rate, decay, likelihood, adversary, adversary_rate;
} set;

const run_setting digit_training_settings[] = {
    { "epochs", &set.epochs, NULL, { 1, 4, 10, 100 }, "passes over the data", "B.2" },
    { "batch", &set.batch, NULL, { 50, 64, 64, 64 }, "images a step", "B.2" },
    { "rate", NULL, &set.rate, { 1e-3, 4e-3, 2e-3, 1e-3 },
      "of Adamax at the start; a fifth of it after each 30% of the steps", "B.2; larger where epochs are few: ours" },
    { "decay", NULL, &set.decay, { 1e-4, 1e-4, 1e-4, 1e-4 }, "of the weights", "B.2" },
    { "pad", &set.pad, NULL, { 3, 3, 3, 3 }, "augmentation: shifts by up to so many pixels", "B.2" },
    { "likelihood", NULL, &set.likelihood, { 1, 1, 1, 1 }, "weight in iCE, in nats per dimension", "ours" },
    { "adversary", NULL, &set.adversary, { .05, .05, .05, .05 }, "weight in iCE of what is done against the nuisance classifier",
      "the authors' code" },
    { "adversary-steps", &set.adversary_steps, NULL, { 1, 2, 2, 5 }, "of the nuisance classifier for each of the network",
      "the authors' code; fewer are ours" },
    { "adversary-units", &set.adversary_units, NULL, { 8, 128, 512, 512 }, "of its hidden layers", "B.2" },
    { "adversary-rate", NULL, &set.adversary_rate, { 1e-3, 1e-3, 1e-3, 1e-3 }, "of its Adamax, from the first step to the last",
      "the authors' code" },
    { 0 }
};

recipe digits_recipe(size_t n)
{
    optimizer_settings decaying = ADAM_DEFAULTS;
    decaying.decay = set.decay;
    return (recipe){ .rule = &adamax, .settings = decaying, .rate = set.rate, .factor = .2, .every = .3,
                     .batch = set.batch, .steps = set.epochs * (n / set.batch), .augmentation = { .pad = set.pad },
                     .spread = digits_spread, .adversary_steps = set.adversary_steps, .adversary_units = set.adversary_units,
                     .adversary_rate = set.adversary_rate };
}

objective independence(void)
{
    return (objective){ .name = "iCE", .likelihood = set.likelihood, .adversary = set.adversary, .rule = UNIFORM,
                        .scores_too = true };
}
