/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "classifiers.h"
#include "base/error.h"
#include "base/rng.h"
#include "nn/schedule.h"
#include "run/keep.h"
#include "training.h"

/*
# The recipe
*/
static struct { size_t width, epochs, batch, pad; double rate, momentum, decay, adam_rate; } set;

const run_setting network_settings[] = {
    { "width", &set.width, NULL, { 2, 8, 16, 64 }, "channels of the first stage", "4.1; its [25]" },
    { 0 }
};

size_t network_width(void)
{
    return set.width;
}

const run_setting training_settings[] = {
    { "epochs", &set.epochs, NULL, { 2, 6, 10, 200 }, "passes over the data", "4.1" },
    { "batch", &set.batch, NULL, { 20, 100, 100, 100 }, "examples a step, and vertices of the graph", "4.1" },
    { "pad", &set.pad, NULL, { 1, 2, 2, 4 }, "augmentation: shifts by up to so many pixels", "ours" },
    { 0 }
};

const run_setting descent_settings[] = {
    { "rate", NULL, &set.rate, { .1, .1, .1, .1 }, "of gradient descent, at the start", "4.1" },
    { "momentum", NULL, &set.momentum, { .9, .9, .9, .9 }, "Nesterov's", "4.1" },
    { "decay", NULL, &set.decay, { 1e-4, 1e-4, 1e-4, 1e-4 }, "of the weights", "4.1" },
    { 0 }
};

const run_setting adam_settings[] = {
    { "rate", NULL, &set.adam_rate, { 1e-3, 1e-3, 1e-3, 1e-3 }, "of Adam, at the start", "4.1" },
    { 0 }
};

static recipe common(size_t n, bool mirrored)
{
    if (set.batch > n || set.batch < 2)
        die(STATUS_USAGE, "--batch %zu of %zu examples: expected 2 or more, and no more than there are", set.batch, n);
    return (recipe){ .batch = set.batch, .steps = set.epochs * (n / set.batch), .moves = { set.pad, mirrored } };
}

recipe descent(size_t n, bool mirrored)
{
    recipe how = common(n, mirrored);
    how.rule = &nesterov;
    how.settings = (optimizer_settings){ .momentum = set.momentum, .decay = set.decay };
    how.rate = set.rate;
    return how;
}

recipe by_adam(size_t n, bool mirrored)
{
    recipe how = common(n, mirrored);
    how.rule = &adam;
    how.settings = ADAM_DEFAULTS;
    how.rate = set.adam_rate;
    return how;
}

/*
# The trainer
*/
void trainer_init(trainer *m, run *r, const prepared *of, recipe how, size_t trainings, arena *memory)
{
    *m = (trainer){ .r = r, .t = tape_new(), .of = of, .how = how, .trainings = trainings,
                    .order = rng_new(run_seed(r), "order"), .moves = rng_new(run_seed(r), "moves") };
    embedder_init(&m->net, of->s.to, set.width, of->classes, memory);
    m->o = optimizer_new(how.rule, m->net.parameters, m->net.count, how.settings);
    batches_init(&m->data, of->train.x.rows, how.batch, DROP_LAST, m->order, memory);
    checkpoint *c = run_checkpoint(r);
    embedder_keep(&m->net, c);
    keep_optimizer(c, "optimizer", m->o);
    checkpoint_keep(c, "at", &m->at, sizeof m->at);
    keep_batches(c, &m->data);
    checkpoint_keep_rng(c, "stream of moves", m->moves);
}

void trainer_free(trainer *m)
{
    tape_free(m->t);
    optimizer_free(m->o);
    gsl_rng_free(m->order);
    gsl_rng_free(m->moves);
}

void trainer_next(trainer *m)
{
    size_t next = m->at.training + 1;
    memset(&m->at, 0, sizeof m->at);
    m->at.training = next;
}

/*
# A training
*/
static void begin(trainer *m)
{
    gsl_rng *init = rng_new(run_seed(m->r), "init");
    embedder_start(&m->net, init);
    gsl_rng_free(init);
    optimizer_reset(m->o);
    rng_restart(m->order, run_seed(m->r), "order");
    rng_restart(m->moves, run_seed(m->r), "moves");
    batches_restart(&m->data);
    m->at.begun = 1;
}

double recipe_rate(const recipe *how, size_t step)
{
    const size_t milestones[] = { how->steps / 2, how->steps * 3 / 4 };
    return schedule_milestones(how->rate, .1, milestones, 2, step);
}

/* A loss that is not finite ends the program, or if it is `spared` only this training. */
static bool step(trainer *m, const objective *o, bool spared)
{
    tape *t = m->t;
    examples batch = examples_next(m->of->train, &m->data, tape_arena(t));
    if (!o->still) augment(batch.x, m->of->s.to, m->how.moves, m->moves, tape_arena(t));

    outputs of = embedder_apply(t, &m->net, o, tape_input(t, batch.x), TRAINING);
    node *loss = objective_loss(t, o, &of, batch.y);
    bool finite = isfinite(node_scalar(loss));
    if (!spared) run_loss(t, loss);
    if (finite) {
        tape_backward(t, loss);
        optimizer_step(m->o, recipe_rate(&m->how, m->at.step));
    }
    tape_reset(t);
    return finite;
}

static bool go_on(trainer *m, const objective *o, size_t until, bool spared)
{
    if (!m->at.begun) begin(m);
    while (m->at.step < until) {
        if (!step(m, o, spared)) return false;
        m->at.step++;
        run_tick(m->r, m->at.training * m->how.steps + m->at.step, m->trainings * m->how.steps, o->name);
    }
    return true;
}

void train(trainer *m, const objective *o, size_t until)
{
    go_on(m, o, until, false);
}

bool train_while_finite(trainer *m, const objective *o, size_t until)
{
    return go_on(m, o, until, true);
}

/*
# What came of it
*/
double trainer_error(trainer *m, const objective *o)
{
    const prepared *of = m->of;
    arena *scratch = arena_new();
    mat x = embedder_places(&m->net, o, of->test.x, m->t, scratch);
    double error = NAN;
    if (o->ends == SCORES && mat_is_finite(x)) error = error_of_scores(x, of->test.y);
    if (o->ends != SCORES) {
        examples places = { embedder_places(&m->net, o, of->train.x, m->t, scratch), of->train.y };
        if (mat_is_finite(x) && mat_is_finite(places.x)) error = error_of_neighbours(x, of->test.y, places, scratch).ten;
    }
    arena_free(scratch);
    return error;
}
