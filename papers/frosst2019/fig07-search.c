/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 7: a search that may choose either sign

Is it a coincidence that $\alpha < 0$ helps? The paper lets a search decide: 64 trainings of a residual
network, each with a learning rate, an $\alpha$ of either sign and a first temperature that batched Gaussian-process
bandits choose from what came before (`learn/bandit.h`). They end at large negative $\alpha$, where entanglement
is maximised.

    fig07-search --seed 1

*Reads* CIFAR-10. *Writes* what each run tried and found. *Checked by* the claims of Figure 7 in
`papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "learn/bandit.h"        /* gives: bandit_suggest */
#include "resnet.h"              /* gives: resnet_init */
#include "run/load.h"            /* gives: run_load, run_order */

static struct { size_t runs, together, width, epochs, batch, pad, examples, held_out, tested; double fall, momentum; } set;

static const run_setting settings[] = {
    { "runs", &set.runs, NULL, { 8, 16, 64, 64 }, "trainings", "Figure 7" },
    { "together", &set.together, NULL, { 4, 8, 8, 8 }, "runs that are chosen at once", "ours" },
    { "width", &set.width, NULL, { 2, 4, 8, 16 }, "channels of the first stage", "ours" },
    { "epochs", &set.epochs, NULL, { 1, 2, 8, 106 }, "passes over the data", "footnote 4" },
    { "batch", &set.batch, NULL, { 32, 128, 128, 128 }, "examples a step", "ours" },
    { "fall", NULL, &set.fall, { 100, 100, 100, 100 }, "first rate over the last", "ours" },
    { "momentum", NULL, &set.momentum, { .9, .9, .9, .9 }, "of gradient descent", "ours" },
    { "pad", &set.pad, NULL, { 4, 4, 4, 4 }, "augmentation: shifts by up to so many pixels, and mirrors; 0: neither", "ours" },
    { "examples", &set.examples, NULL, { 128, 2560, 10000, 45000 }, "of the training set to learn from", "ours" },
    { "held-out", &set.held_out, NULL, { 100, 2000, 5000, 5000 }, "others of it, which the search looks at", "ours" },
    { "tested", &set.tested, NULL, { 100, 2000, 10000, 10000 }, "test images, which it does not", "ours" },
    { 0 }
};

/*
# What is searched

The bandits look for the top of a box of sides from 0 to 1. Rate and temperature are its sides on a
logarithmic scale. $\alpha$ goes from -10 to 10 and is most often small, so it is a cube:
$\alpha = 10 (2u - 1)^3$. The ranges are ours.
*/
enum { SIDES = 3 };
typedef struct choice { double rate, alpha, temperature; } choice;

static choice choice_of(const double *u)
{
    return (choice){ .01 * pow(50, u[0]), 10 * pow(2 * u[1] - 1, 3), .01 * pow(1e4, u[2]) };
}

/*
# The search

A run's accuracy on held-out images is what the search sees. (The paper's figure shows that on the test
set, and does not say what its search saw.) All that was tried and found is kept in the checkpoint.
*/
typedef struct search {
    double *u, *found, *tested;    /* runs x SIDES; runs; runs */
    examples train, held_out, test;
} search;

static search search_new(run *r, const dataset *data, arena *memory)
{
    search s = { arena_take(memory, set.runs * SIDES, sizeof *s.u), arena_take(memory, set.runs, sizeof *s.found),
                 arena_take(memory, set.runs, sizeof *s.tested), .test = data->test };
    for (size_t i = 0; i < set.runs * SIDES; i++) s.u[i] = 0;
    for (size_t i = 0; i < set.runs; i++) s.found[i] = s.tested[i] = 0;
    checkpoint *c = run_checkpoint(r);
    checkpoint_keep(c, "tried", s.u, set.runs * SIDES * sizeof *s.u);
    checkpoint_keep(c, "found", s.found, set.runs * sizeof *s.found);
    checkpoint_keep(c, "tested", s.tested, set.runs * sizeof *s.tested);

    size_t n = data->train.x.rows;
    const size_t *order = run_order(r, "examples", n, memory);
    if (set.examples + set.held_out > n)
        die(STATUS_USAGE, "--examples %zu and --held-out %zu of %zu: expected no more than there are", set.examples,
            set.held_out, n);
    s.train = examples_gather(data->train, order, set.examples, memory);
    s.held_out = examples_gather(data->train, order + set.examples, set.held_out, memory);
    s.test.x = mat_block(s.test.x, 0, set.tested);
    return s;
}

static void train_once(trainer *m, search *s, size_t i, arena *scratch)
{
    if (i % set.together == 0 && !m->at.begun) {
        size_t left = set.runs - i;
        gp_data seen = { .n = i, .d = SIDES, .x = s->u, .y = s->found };
        bandit_suggest(s->u + i * SIDES, left < set.together ? left : set.together, &seen, run_seed(m->r), scratch);
    }
    choice c = choice_of(s->u + i * SIDES);
    char name[32];
    snprintf(name, sizeof name, "run %zu", i + 1);
    const objective o = { .name = name, .alpha = c.alpha, .temperature = c.temperature, .distance = COSINE };
    m->how.first_rate = c.rate;
    m->how.last_rate = c.rate / set.fall;
    training_run(m, &o, s->train, m->how.steps);
    s->found[i] = network_evaluate(&m->net, m->t, s->held_out).accuracy;
    s->tested[i] = network_evaluate(&m->net, m->t, s->test).accuracy;
    run_row(m->r, name, RUN_NO_X, "rate", c.rate);
    run_row(m->r, name, RUN_NO_X, "alpha", c.alpha);
    run_row(m->r, name, RUN_NO_X, "temperature", c.temperature);
    run_row(m->r, name, RUN_NO_X, "held_out_accuracy", s->found[i]);
    run_row(m->r, name, RUN_NO_X, "test_accuracy", s->tested[i]);
}

/*
# What the figure says, in numbers

The best quarter of the runs of either sign; the $\alpha$ of the best run; and where the search went in its
last quarter.
*/
static void best_quarter(run *r, const search *s, const char *name, double sign, arena *scratch)
{
    size_t n = 0;
    double *of = arena_take(scratch, set.runs, sizeof *of), mean = 0;
    for (size_t i = 0; i < set.runs; i++)
        if (sign * choice_of(s->u + i * SIDES).alpha > 0) of[n++] = s->tested[i];
    run_row(r, name, RUN_NO_X, "runs", (double)n);
    size_t best = (n + 3) / 4;
    gsl_sort(of, 1, n);
    for (size_t i = n - best; i < n; i++) mean += of[i] / (double)best;
    if (n > 0) run_row(r, name, RUN_NO_X, "best_quarter", mean);
}

static void conclude(run *r, const search *s, arena *scratch)
{
    best_quarter(r, s, "entangled", -1, scratch);
    best_quarter(r, s, "disentangled", 1, scratch);
    size_t best = 0, late = set.runs - set.runs / 4;
    double alpha = 0;
    for (size_t i = 1; i < set.runs; i++)
        if (s->tested[i] > s->tested[best]) best = i;
    for (size_t i = late; i < set.runs; i++)
        alpha += choice_of(s->u + i * SIDES).alpha / (double)(set.runs - late);
    run_row(r, "search", RUN_NO_X, "best_accuracy", s->tested[best]);
    run_row(r, "search", RUN_NO_X, "best_alpha", choice_of(s->u + best * SIDES).alpha);
    run_row(r, "search", RUN_NO_X, "late_alpha", alpha);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig07-search",
        .purpose = "Figure 7: searches learning rate, alpha and temperature of a residual network on CIFAR-10.",
        .settings = { settings, temperature_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "cifar-10", NULL, memory);
    search s = search_new(r, &data, memory);
    static residual_network n;
    network net;
    resnet_init(&n, &net, data.shape, data.classes, set.width, memory);
    trainer m;
    trainer_init(&m, r, net, data.shape,
                 (recipe){ .rule = &sgd, .settings = { .momentum = set.momentum }, .batch = set.batch,
                           .steps = set.epochs * (set.examples / set.batch), .augmentation = { .pad = set.pad, .flip = set.pad > 0 } },
                 set.runs, set.examples, memory);
    run_resume(r);
    for (; m.at.training < set.runs; trainer_next(&m)) train_once(&m, &s, m.at.training, memory);
    conclude(r, &s, memory);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
