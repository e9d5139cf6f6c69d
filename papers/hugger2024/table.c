/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/rng.h"
#include "learn/calibration.h"
#include "run/load.h"
#include "table.h"

static struct {
    size_t train, test, batch, epochs, warmup, patch, width, depth, heads, filters, hidden;
    double rate, last_rate, decay, layer_decay, smoothing, mixup, cutmix, mixed, drop_path;
} set;

const run_setting table_settings[] = {
    { "train", &set.train, NULL, { 300, 4000, 50000, 50000 }, "training images, at most", "4.1" },
    { "test", &set.test, NULL, { 200, 2000, 10000, 10000 }, "test images, at most", "4.1" },
    { "batch", &set.batch, NULL, { 64, 128, 256, 1024 }, "images a batch", "Table 3" },
    { "epochs", &set.epochs, NULL, { 2, 6, 20, 100 }, "passes over the images", "Table 3" },
    { "warmup", &set.warmup, NULL, { 1, 1, 2, 5 }, "epochs in which the rate rises", "Table 3" },
    { "rate", NULL, &set.rate, { .001, .001, .001, .0012 }, "learning rate", "A.4, times batch / 256" },
    { "last-rate", NULL, &set.last_rate, { 1e-6, 1e-6, 1e-6, 1e-6 }, "learning rate at the end", "the authors' code" },
    { "decay", NULL, &set.decay, { .05, .05, .05, .05 }, "weight decay", "Table 3" },
    { "layer-decay", NULL, &set.layer_decay, { 1, 1, 1, .65 }, "rate of a layer over that of the next; 1 from scratch",
      "Table 3" },
    { "smoothing", NULL, &set.smoothing, { .1, .1, .1, .1 }, "epsilon of label smoothing", "Table 3" },
    { "mixup", NULL, &set.mixup, { .8, .8, .8, .8 }, "alpha of MixUp", "Table 3" },
    { "cutmix", NULL, &set.cutmix, { 1, 1, 1, 1 }, "alpha of CutMix", "Table 3" },
    { "mixed", NULL, &set.mixed, { .8, .8, .8, .8 }, "share of batches that are mixed", "the authors' code" },
    { "patch", &set.patch, NULL, { 8, 8, 4, 4 }, "pixels a side of a patch", "ours" },
    { "width", &set.width, NULL, { 24, 48, 96, 768 }, "numbers a token", "ViT-B" },
    { "depth", &set.depth, NULL, { 2, 3, 6, 12 }, "blocks", "ViT-B" },
    { "heads", &set.heads, NULL, { 3, 3, 3, 12 }, "heads of attention", "ViT-B" },
    { "drop-path", NULL, &set.drop_path, { .1, .1, .1, .1 }, "paths that the last block leaves out", "the authors' code" },
    { "filters", &set.filters, NULL, { 4, 16, 32, 32 }, "of the first of three convolutions", "ours" },
    { "hidden", &set.hidden, NULL, { 32, 128, 256, 4096 }, "units of the head's two hidden layers", "A.4" },
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

/*
# What a loss has led to
*/
typedef struct standard { double accuracy, top5; } standard;       /* NLL's, which the others are compared with */

static void look(trainer *m, loss_kind kind, examples test, standard *nll, arena *memory)
{
    arena_mark mark = arena_save(memory);
    run *r = m->r;
    const char *name = loss_name[kind];
    mat scores = arena_mat(memory, test.x.rows, m->net.shape.classes);
    trainer_scores(m, scores, test.x);
    calibration c = calibration_of(scores, test.y);
    standard own = { top_accuracy(scores, test.y, 1), top_accuracy(scores, test.y, 5) };
    if (kind == NLL) *nll = own;
    run_row(r, name, RUN_NO_X, "accuracy", own.accuracy);
    run_row(r, name, RUN_NO_X, "top5", own.top5);
    run_row(r, name, RUN_NO_X, "gain", own.accuracy - nll->accuracy);
    run_row(r, name, RUN_NO_X, "gain5", own.top5 - nll->top5);
    run_row(r, name, RUN_NO_X, "ECE", c.ece);
    for (size_t b = 0; b < CALIBRATION_BINS; b++) {
        double middle = ((double)b + .5) / CALIBRATION_BINS;
        if (c.count[b] == 0) continue;
        run_row(r, name, middle, "bin_accuracy", c.accuracy[b]);
        run_row(r, name, middle, "bin_confidence", c.confidence[b]);
        run_row(r, name, middle, "bin_share", (double)c.count[b] / (double)c.n);
    }
    arena_release(memory, mark);
}

/*
# Five trainings
*/
void table_rows(run *r, body_kind body, arena *memory)
{
    dataset cifar = run_load(r, "cifar-100", NULL, memory);
    run_reduced(r);
    examples train_set = part(r, cifar.train, "train part", set.train, memory);
    examples test = part(r, cifar.test, "test part", set.test, memory);
    classifier_shape shape = {
        .body = body, .in = cifar.shape, .classes = cifar.classes, .filters = set.filters, .hidden = set.hidden,
        .transformer = { cifar.shape, set.patch, set.width, set.depth, set.heads, 4, set.drop_path } };
    recipe how = { .batch = set.batch, .epochs = set.epochs, .warmup = set.warmup, .rate = set.rate, .last_rate = set.last_rate,
                   .decay = set.decay, .layer_decay = set.layer_decay, .smoothing = set.smoothing,
                   .mixed = { set.mixup, set.cutmix, set.mixed }, .augmentation = { .pad = 4, .flip = true } };
    trainer m;
    standard nll = { 0 };
    trainer_init(&m, r, &shape, &how, LOSSES, train_set, cifar.shape, memory);
    checkpoint_keep(run_checkpoint(r), "NLL", &nll, sizeof nll);
    run_resume(r);
    for (; m.at.training < LOSSES; trainer_next(&m)) {
        loss_kind kind = (loss_kind)m.at.training;
        train(&m, kind, train_set);
        look(&m, kind, test, &nll, memory);
        run_tell(r, loss_name[kind]);
    }
    trainer_free(&m);
}
