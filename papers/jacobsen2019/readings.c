/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# What the paper leaves open: independence cross-entropy

Definition 7 has no minimum, its weights are not printed, and the authors' published code does something else
(`papers/jacobsen2019/objective.h`). Here each reading trains the same network on part of MNIST's training set, and is measured on
another part: what is good leaves the scores right and the nuisances ignorant.

    readings --seed 11

*Reads* MNIST, its training images only. *Writes* for each reading whether the training came to its end, the errors of
the scores and of a classifier of the nuisances on held-out images (`papers/jacobsen2019/measuring.h`), and what the
objective is made of, on held-out images: the cross-entropy of the scores, and the negative log-likelihood. A reading
under which these do not fall is none.

# Which one Table 2 would take

The rule is older than the results: of the readings whose held-out error is within half a point of cross-entropy's, the
one with the largest held-out error of the nuisance classifier. That is what the paper claims of its objective, that it
costs nothing and leaves the nuisances ignorant. Cross-entropy alone is within half a point of itself: where the rule
takes it, it takes no reading with another term. The images are not those that Table 2 tests with, nor is the seed one of
its seeds.

[figure]
*/
#include <math.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "digits.h"              /* gives: digits_framed, digit_net_init, digits_recipe */
#include "measuring.h"           /* gives: measure */
#include "nn/losses.h"           /* gives: cross_entropy */
#include "run/load.h"            /* gives: run_load, run_order */
#include "training.h"            /* gives: train */

static struct { size_t examples, held_out; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 200, 5000, 10000, 50000 }, "of the training set to learn from", "ours" },
    { "held-out", &set.held_out, NULL, { 100, 2000, 5000, 10000 }, "others of it", "ours" },
    { 0 }
};

/* The authors' code counts its likelihood in bits: 1 / ln 2 of ours. */
static const objective readings[] = {
    { .name = "cross-entropy" },
    { .name = "cross-entropy + likelihood", .likelihood = 1, .scores_too = true },
    { .name = "uniform 0.05", .likelihood = 1, .adversary = .05, .rule = UNIFORM, .scores_too = true },
    { .name = "uniform 1", .likelihood = 1, .adversary = 1, .rule = UNIFORM, .scores_too = true },
    { .name = "literal 0.05, prior of all", .likelihood = 1, .adversary = .05, .rule = LITERAL, .scores_too = true },
    { .name = "literal, as printed", .likelihood = 1, .adversary = 1, .rule = LITERAL },
    { .name = "shuffled 0.05, prior of all", .likelihood = 1 / M_LN2, .adversary = .05, .rule = SHUFFLED, .scores_too = true },
};
enum { READINGS = sizeof readings / sizeof *readings };

static void part(run *r, examples *train_set, examples *held_out, const dataset *data, arena *memory)
{
    size_t n = data->train.x.rows;
    if (set.examples + set.held_out > n)
        die(STATUS_USAGE, "--examples %zu and --held-out %zu of %zu: expected no more than there are", set.examples,
            set.held_out, n);
    const size_t *order = run_order(r, "parts", n, memory);
    *train_set = examples_gather(data->train, order, set.examples, memory);
    *held_out = examples_gather(data->train, order + set.examples, set.held_out, memory);
}

static double cross_entropy_of(measuring *w)
{
    double mean = node_scalar(cross_entropy(w->scratch, tape_input(w->scratch, w->scores[1]), w->other.y));
    tape_reset(w->scratch);
    return mean;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "readings",
        .purpose = "Readings of independence cross-entropy, on held-out training images of MNIST.",
        .settings = { settings, digit_net_settings, digit_training_settings, measuring_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "mnist", NULL, memory);
    image shape = data.shape, same = data.shape;
    examples train_set, held_out;
    part(r, &train_set, &held_out, &data, memory);
    train_set = digits_framed(train_set, &shape, memory);
    held_out = digits_framed(held_out, &same, memory);
    static firevnet net;
    digit_net_init(&net, shape, data.classes, memory);
    trainer m;
    recipe how = digits_recipe(train_set.x.rows);
    trainer_init(&m, r, &net, how, READINGS, train_set.x.rows, memory);
    measuring w;
    measuring_init(&w, r, &net, how, train_set, held_out, memory);
    w.other_name = "held_out";
    run_resume(r);
    for (; m.at.training < READINGS; trainer_next(&m), measuring_next(&w)) {
        const objective *o = &readings[m.at.training];
        train(&m, o, train_set);
        bool finished = !m.at.diverged && measure(&w, r, o->name);
        if (finished) {
            run_row(r, o->name, RUN_NO_X, "held_out_cross_entropy", cross_entropy_of(&w));
            if (o->likelihood > 0) run_row(r, o->name, RUN_NO_X, "nats_per_dimension", trainer_nats(&m, o, held_out.x));
        }
        run_row(r, o->name, RUN_NO_X, "finished", finished);
        run_row(r, o->name, RUN_NO_X, "steps", (double)m.at.step);
    }
    measuring_free(&w);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
