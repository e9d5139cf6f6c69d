/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cifar.h"
#include "run/load.h"
#include "run/trained.h"

static struct {
    size_t test, patch, width, depth, heads, filters, hidden;
    double last_rate, decay, layer_decay, smoothing, mixup, cutmix, mixed, drop_path;
} set;

const run_setting cifar_settings[] = {
    { "test", &set.test, NULL, { 200, 2000, 10000, 10000 }, "test images, at most", "4.1" },
    { "hidden", &set.hidden, NULL, { 32, 128, 256, 4096 }, "units of the head's two hidden layers", "A.4" },
    { 0 }
};

const run_setting transformer_settings[] = {
    { "patch", &set.patch, NULL, { 8, 8, 8, 4 }, "pixels a side of a patch", "ours" },
    { "width", &set.width, NULL, { 24, 48, 96, 768 }, "numbers a token", "ViT-B" },
    { "depth", &set.depth, NULL, { 2, 3, 3, 12 }, "blocks", "ViT-B" },
    { "heads", &set.heads, NULL, { 3, 3, 3, 12 }, "heads of attention", "ViT-B" },
    { "drop-path", NULL, &set.drop_path, { .1, .1, .1, .1 }, "paths that the last block leaves out", "the authors' code" },
    { 0 }
};

const run_setting convolution_settings[] = {
    { "filters", &set.filters, NULL, { 4, 16, 16, 32 }, "of the first of three convolutions", "ours" },
    { 0 }
};

const run_setting recipe_settings[] = {
    { "last-rate", NULL, &set.last_rate, { 1e-6, 1e-6, 1e-6, 1e-6 }, "learning rate at the end", "the authors' code" },
    { "decay", NULL, &set.decay, { .05, .05, .05, .05 }, "weight decay", "Table 3" },
    { "layer-decay", NULL, &set.layer_decay, { 1, 1, 1, 1 },
      "rate of a layer over that of the next; Table 3 has .65, for a network that was trained before", "ours" },
    { "smoothing", NULL, &set.smoothing, { .1, .1, .1, .1 }, "epsilon of label smoothing", "Table 3" },
    { "mixup", NULL, &set.mixup, { .8, .8, .8, .8 }, "alpha of MixUp", "Table 3" },
    { "cutmix", NULL, &set.cutmix, { 1, 1, 1, 1 }, "alpha of CutMix", "Table 3" },
    { "mixed", NULL, &set.mixed, { .8, .8, .8, .8 }, "share of batches that are mixed", "the authors' code" },
    { 0 }
};

/* As the authors' code: less the mean of each channel, over its standard deviation. */
static void normalise(mat x)
{
    static const real mean[] = { .5071f, .4867f, .4408f }, sd[] = { .2675f, .2565f, .2761f };
    for (size_t i = 0; i < mat_size(x); i++) x.at[i] = (x.at[i] - mean[i % 3]) / sd[i % 3];
}

static examples part(run *r, examples from, const char *stream, size_t count, arena *memory)
{
    examples e = run_part(r, from, stream, count, memory);
    normalise(e.x);
    return e;
}

cifar cifar_load(run *r, size_t train, arena *memory)
{
    dataset all = run_load(r, "cifar-100", NULL, memory);
    run_reduced(r);
    return (cifar){ part(r, all.train, "train part", train, memory), part(r, all.test, "test part", set.test, memory),
                    all.shape, all.classes };
}

classifier_shape cifar_network(const cifar *c, body_kind body)
{
    return (classifier_shape){
        .body = body, .in = c->shape, .classes = c->classes, .filters = set.filters, .hidden = set.hidden,
        .transformer = { c->shape, set.patch, set.width, set.depth, set.heads, 4, set.drop_path } };
}

recipe cifar_recipe(void)
{
    return (recipe){ .last_rate = set.last_rate, .decay = set.decay, .layer_decay = set.layer_decay, .smoothing = set.smoothing,
                     .mixed = { set.mixup, set.cutmix, set.mixed }, .augmentation = { .pad = 4, .flip = true } };
}

/*
# Networks that others look into
*/
static void keep(void *net, checkpoint *c)
{
    classifier_keep(net, c);
}

void cifar_save(trainer *m, loss_kind kind)
{
    trained_save(m->r, loss_word[kind], &m->net, keep);
}

mat cifar_scores(run *r, const cifar *c, const char *experiment, body_kind body, loss_kind kind, arena *memory)
{
    classifier *net = arena_take(memory, 1, sizeof *net);
    classifier_shape shape = cifar_network(c, body);
    classifier_init(net, &shape, memory);
    trained_load(r, experiment, run_seed(r), loss_word[kind], net, keep);
    mat scores = arena_mat(memory, c->test.x.rows, c->classes);
    tape *t = tape_new();
    classifier_scores(net, t, scores, c->test.x);
    tape_free(t);
    return scores;
}
