/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "digits.h"
#include "run/keep.h"
#include "training.h"

static void keep(trainer *m)
{
    checkpoint *c = run_checkpoint(m->r);
    firevnet_keep(m->net, c);
    keep_optimizer(c, "optimizer", m->o);
    keep_parameters(c, m->density.parameters, 4);
    keep_optimizer(c, "optimizer of the prior", m->prior_o);
    nuisance_keep(&m->adversary, c);
    checkpoint_keep(c, "at", &m->at, sizeof m->at);
    keep_batches(c, &m->data);
    checkpoint_keep_rng(c, "noise stream", m->noise);
}

void trainer_init(trainer *m, run *r, firevnet *net, recipe how, size_t trainings, size_t n, arena *memory)
{
    if (how.batch > n)
        die(STATUS_USAGE, "--batch %zu of %zu examples: expected no more than there are", how.batch, n);
    size_t classes = net->shape.classes, rest = net->d - classes;
    *m = (trainer){ .r = r, .t = tape_new(), .net = net, .how = how, .trainings = trainings,
                    .order = rng_new(run_seed(r), "order"), .noise = rng_new(run_seed(r), "noise") };
    m->o = optimizer_new(how.rule, net->parameters, net->count, how.settings);
    prior_init(&m->density, rest, classes, memory);
    m->prior_o = optimizer_new(&adamax, m->density.parameters, 4, ADAM_DEFAULTS);
    nuisance_init(&m->adversary, rest, how.adversary_units, classes, &adamax, ADAM_DEFAULTS, memory);
    batches_init(&m->data, n, how.batch, DROP_LAST, m->order, memory);
    keep(m);
}

void trainer_free(trainer *m)
{
    nuisance_free(&m->adversary);
    optimizer_free(m->o);
    optimizer_free(m->prior_o);
    tape_free(m->t);
    gsl_rng_free(m->order);
    gsl_rng_free(m->noise);
}

/*
# The next batch, and what the network sees of it
*/
static mat next_batch(trainer *m, examples from, int *y)
{
    size_t count;
    const size_t *index = batches_next(&m->data, &count);
    mat x = arena_mat(tape_arena(m->t), count, from.x.cols);
    batches_gather(x, y, from.x, from.y, index);
    augment(x, m->net->shape.in, m->how.augmentation, m->noise, tape_arena(m->t));
    if (m->how.spread) digits_spread(x, m->noise);
    return x;
}

static void begin(trainer *m, examples from)
{
    enum { FIRST = 500 };          /* images that actnorm starts from */
    gsl_rng *init = rng_new(run_seed(m->r), "init");
    optimizer_reset(m->o);
    optimizer_reset(m->prior_o);
    prior_start(&m->density);
    nuisance_start(&m->adversary, init);
    rng_restart(m->order, run_seed(m->r), "order");
    rng_restart(m->noise, run_seed(m->r), "noise");
    mat first = arena_mat(tape_arena(m->t), from.x.rows < FIRST ? from.x.rows : FIRST, from.x.cols);
    mat_copy(first, mat_rows(from.x, 0, first.rows));
    if (m->how.spread) digits_spread(first, m->noise);
    firevnet_start(m->net, init, first);
    gsl_rng_free(init);
    tape_reset(m->t);
    batches_restart(&m->data);
    m->at.begun = 1;
}

static const int *shuffle(trainer *m, const int *y)
{
    size_t n = m->how.batch, *order = arena_take(tape_arena(m->t), n, sizeof *order);
    int *shuffled = arena_take(tape_arena(m->t), n, sizeof *shuffled);
    rng_permutation(m->noise, order, n);
    for (size_t i = 0; i < n; i++) shuffled[i] = y[order[i]];
    return shuffled;
}

/*
# A step

First the adversary learns from the nuisances as they are, so often; then the network against it.
*/
static void step(trainer *m, const objective *o, examples from)
{
    tape *t = m->t;
    int *y = arena_take(tape_arena(t), m->how.batch, sizeof *y);
    mat x = next_batch(m, from, y);
    double rate = m->how.rate * pow(m->how.factor, floor((double)m->at.step / (double)m->how.steps / m->how.every));
    firevnet_nodes z = firevnet_apply(t, m->net, tape_input(t, x), TRAINING, o->likelihood > 0);
    for (size_t i = 0; o->rule != NO_ADVERSARY && i < m->how.adversary_steps; i++)
        nuisance_learn(&m->adversary, z.nuisance->value, y, m->how.rate);
    const int *shuffled = o->rule == SHUFFLED ? shuffle(m, y) : y;
    node *loss = objective_loss(t, o, z, y, shuffled, &m->adversary, &m->density, &m->at.nats);
    m->at.diverged = !isfinite(node_scalar(loss)) || fabs(node_scalar(loss)) > 1e6;
    if (!m->at.diverged) {
        tape_backward(t, loss);
        optimizer_step(m->o, rate);
        if (o->likelihood > 0) optimizer_step(m->prior_o, rate);
    }
    tape_reset(t);
}

void train(trainer *m, const objective *o, examples from)
{
    REQUIRE(from.x.rows == m->data.n, "%zu examples for a trainer of %zu", from.x.rows, m->data.n);
    if (!m->at.begun) begin(m, from);
    while (m->at.step < m->how.steps && !m->at.diverged) {
        step(m, o, from);
        m->at.step++;
        run_tick(m->r, m->at.training * m->how.steps + m->at.step, m->trainings * m->how.steps, o->name);
    }
}

void trainer_next(trainer *m)
{
    size_t next = m->at.training + 1;
    memset(&m->at, 0, sizeof m->at);
    m->at.training = next;
}

/*
# As settings

The adversary's weight decides whether anything is learned at all. With 1 its term is larger than the other two, and what it asks
changes with every step of the adversary: 600 steps on 5000 images leave a cross-entropy of 1.77 on others, and -0.62 nats a
dimension, and 3000 steps do no better (1.77 and -0.60). With .05, the weight of the authors' code, it is .42 and -1.14 after 600,
near what is reached without an adversary (.28 and -1.25).
That both fall is why we take it; what becomes of the nuisances is not asked here, but measured by `table2-mnist`.
*/
static struct { size_t epochs, batch, pad, adversary_steps, adversary_units; double rate, decay, likelihood, adversary; } set;

const run_setting training_settings[] = {
    { "epochs", &set.epochs, NULL, { 1, 4, 10, 100 }, "passes over the data", "B.2" },
    { "batch", &set.batch, NULL, { 50, 64, 64, 64 }, "images a step", "B.2" },
    { "rate", NULL, &set.rate, { 1e-3, 4e-3, 2e-3, 1e-3 }, "of Adamax at the start; a fifth of it after each 30% of the steps", "B.2" },
    { "decay", NULL, &set.decay, { 1e-4, 1e-4, 1e-4, 1e-4 }, "of the weights", "B.2" },
    { "pad", &set.pad, NULL, { 3, 3, 3, 3 }, "augmentation: shifts by up to so many pixels", "B.2" },
    { "likelihood", NULL, &set.likelihood, { 1, 1, 1, 1 }, "weight in iCE, in nats per dimension", "ours" },
    { "adversary", NULL, &set.adversary, { .05, .05, .05, .05 }, "weight in iCE of what is done against the nuisance classifier",
      "the authors' code" },
    { "adversary-steps", &set.adversary_steps, NULL, { 1, 2, 2, 5 }, "of the nuisance classifier for each of the network", "the authors' code" },
    { "adversary-units", &set.adversary_units, NULL, { 8, 128, 512, 512 }, "of its hidden layers", "B.2" },
    { 0 }
};

recipe digits_recipe(size_t n)
{
    return (recipe){ .rule = &adamax, .settings = { .beta1 = .9, .beta2 = .999, .epsilon = 1e-8, .decay = set.decay },
                     .rate = set.rate, .factor = .2, .every = .3, .batch = set.batch, .steps = set.epochs * (n / set.batch),
                     .augmentation = { .pad = set.pad }, .spread = true, .adversary_steps = set.adversary_steps,
                     .adversary_units = set.adversary_units };
}

objective independence(void)
{
    return (objective){ .name = "iCE", .likelihood = set.likelihood, .adversary = set.adversary, .rule = UNIFORM,
                        .scores_too = true };
}
