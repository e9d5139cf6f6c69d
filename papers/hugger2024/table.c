/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learn/calibration.h"
#include "reliability.h"
#include "table.h"

static struct { size_t train, batch, epochs, warmup; double rate, soft_target_rate; } set;

const run_setting table_settings[] = {
    { "train", &set.train, NULL, { 300, 4000, 20000, 50000 }, "training images, at most", "4.1" },
    { "batch", &set.batch, NULL, { 64, 128, 256, 1024 }, "images a batch", "Table 3" },
    { "epochs", &set.epochs, NULL, { 2, 6, 12, 100 }, "passes over the images", "Table 3" },
    { "warmup", &set.warmup, NULL, { 1, 1, 2, 5 }, "epochs in which the rate rises", "Table 3" },
    { "rate", NULL, &set.rate, { .001, .001, .001, .0012 }, "learning rate", "A.4, times batch / 256" },
    { "soft-target-rate", NULL, &set.soft_target_rate, { 1, 1, 1, 1.83 }, "rate of soft target InfoNCE over that of the others",
      "A.4: .00055 / .0003" },
    { 0 }
};

/*
# What a loss has led to
*/
typedef struct found { double accuracy, top5; } found;

/* The first loss is NLL, which the others are compared with. */
static void record(trainer *m, loss_kind kind, examples test, found *nll, arena *memory)
{
    arena_mark mark = arena_save(memory);
    run *r = m->r;
    const char *name = loss_name[kind];
    mat scores = arena_mat(memory, test.x.rows, m->net.shape.classes);
    classifier_scores(&m->net, m->t, scores, test.x);
    found own = { top_accuracy(scores, test.y, 1), top_accuracy(scores, test.y, 5) };
    if (kind == NLL) *nll = own;
    run_row(r, name, RUN_NO_X, "accuracy", own.accuracy);
    run_row(r, name, RUN_NO_X, "top5", own.top5);
    run_row(r, name, RUN_NO_X, "gain", own.accuracy - nll->accuracy);
    run_row(r, name, RUN_NO_X, "gain5", own.top5 - nll->top5);
    calibration known = calibration_of(scores, test.y);
    reliability_rows(r, name, &known);
    arena_release(memory, mark);
}

/*
# Five trainings
*/
static recipe recipe_of(loss_kind kind)
{
    recipe how = cifar_recipe();
    how.batch = set.batch;
    how.epochs = set.epochs;
    how.warmup = set.warmup;
    how.rate = kind == SOFT_TARGET ? set.rate * set.soft_target_rate : set.rate;
    return how;
}

void table_rows(run *r, body_kind body, arena *memory)
{
    cifar c = cifar_load(r, set.train, memory);
    classifier_shape shape = cifar_network(&c, body);
    recipe how = recipe_of(NLL);
    trainer m;
    found nll = { 0 };
    trainer_init(&m, r, &shape, &how, LOSSES, c.train, memory);
    checkpoint_keep(run_checkpoint(r), "NLL", &nll, sizeof nll);
    run_resume(r);
    for (; m.at.training < LOSSES; trainer_next(&m)) {
        loss_kind kind = (loss_kind)m.at.training;
        how = recipe_of(kind);
        trainer_choose(&m, &how);
        train(&m, kind, c.train);
        cifar_save(&m, kind);
        record(&m, kind, c.test, &nll, memory);
        run_tell(r, loss_name[kind]);
    }
    trainer_free(&m);
}
