/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readings: what does the loss depend on that the paper does not say?

Whether the weights of a graph are summed or averaged, whose neighbours count, whether images are shifted and
mirrored, how the network ends: the paper leaves all of it open (`papers/bontonou2019/smoothness.h`), and
published error rates of this network near 5 % need at least the shifts. We train under each reading on a part
of the training set and test on another. **The test set is not touched.**

The first reading is what all other programs take. The others change one thing in it, or in its graph
of ten neighbours. Cross-entropy stands beside them.

    readings --seed 11

*Reads* CIFAR-10. *Writes* the accuracy of each reading on the held-out images, in percent, and what it gains
over the first. *Checked by* nobody: a reading is a question.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "training.h"            /* gives: train */

static struct { size_t examples, held_out; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 100, 2000, 10000, 45000 }, "of the training set to learn from", "ours" },
    { "held-out", &set.held_out, NULL, { 100, 1000, 5000, 5000 }, "others of it, to test on", "ours" },
    { 0 }
};

enum { C = 10 };
#define PROPOSED .ends = SPHERE, .d = C
#define TEN .alpha = 2, .k = 10
static const objective readings[] = {
    { "as elsewhere", PROPOSED, .graph = { .alpha = 2 } },
    { "sum", PROPOSED, .graph = { .alpha = 2, .take = SUM } },
    { "squared distance", PROPOSED, .graph = { .alpha = 2, .squared = true } },
    { "no augmentation", PROPOSED, .graph = { .alpha = 2 }, .still = true },
    { "final ReLU", PROPOSED, .graph = { .alpha = 2 }, .last_relu = true },
    { "k = 10", PROPOSED, .graph = { TEN } },
    { "k = 10, own neighbours", PROPOSED, .graph = { TEN, .edges = OWN } },
    { "k = 10, mean over edges", PROPOSED, .graph = { TEN, .take = MEAN_EDGE } },
    { "k = 10, sum", PROPOSED, .graph = { TEN, .take = SUM } },
    { "cross-entropy", .ends = SCORES, .d = C },
    { "cross-entropy, no augmentation", .ends = SCORES, .d = C, .still = true },
};
enum { READINGS = sizeof readings / sizeof *readings };

/* The last of the images drawn are held out: images stand in CIFAR-10 in no order. */
static prepared parted(run *r, arena *memory)
{
    prepared of = prepared_load(r, "cifar-10", set.examples + set.held_out, 1, false, memory);
    if (set.held_out >= of.train.x.rows)
        die(STATUS_USAGE, "--held-out %zu of %zu examples: expected fewer", set.held_out, of.train.x.rows);
    size_t n = of.train.x.rows - set.held_out;
    of.test = (examples){ mat_rows(of.train.x, n, set.held_out), of.train.y + n };
    of.train.x = mat_rows(of.train.x, 0, n);
    return of;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "readings",
        .purpose = "Trains the network on CIFAR-10 under every reading of what the paper leaves open.",
        .settings = { settings, preprocessing_settings, network_settings, training_settings, descent_settings } });
    arena *memory = arena_new();
    prepared of = parted(r, memory);
    double first = 0;
    trainer m;
    trainer_init(&m, r, &of, descent(of.train.x.rows, true), READINGS, memory);
    checkpoint_keep(run_checkpoint(r), "first", &first, sizeof first);
    run_resume(r);
    for (; m.at.training < READINGS; trainer_next(&m)) {
        const objective *o = &readings[m.at.training];
        train(&m, o, m.how.steps);
        double accuracy = 100 - trainer_error(&m, o);
        if (m.at.training == 0) first = accuracy;
        run_row(r, o->name, RUN_NO_X, "accuracy", accuracy);
        run_row(r, o->name, RUN_NO_X, "gain", accuracy - first);
    }
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
