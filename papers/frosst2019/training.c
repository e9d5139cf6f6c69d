/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "nn/schedule.h"
#include "run/keep.h"
#include "training.h"

/*
# The trainer
*/
static void keep(trainer *m)
{
    checkpoint *c = run_checkpoint(m->r);
    network_keep(&m->net, c);
    keep_optimizer(c, "optimizer", m->o);
    checkpoint_keep(c, "at", &m->at, sizeof m->at);
    keep_batches(c, &m->data);
    checkpoint_keep_rng(c, "noise stream", m->noise);
    temperatures_keep(&m->T, c);
}

void trainer_init(trainer *m, run *r, network net, image in, recipe how, size_t trainings, size_t n,
                  arena *memory)
{
    if (how.batch > n)
        die(STATUS_USAGE, "--batch %zu of %zu examples: expected no more than there are", how.batch, n);
    *m = (trainer){ .r = r, .t = tape_new(), .scratch = tape_new(), .net = net, .in = in, .how = how, .trainings = trainings,
                    .order = rng_new(run_seed(r), "order"), .noise = rng_new(run_seed(r), "noise") };
    m->o = optimizer_new(how.rule, net.parameters, net.count, how.settings);
    batches_init(&m->data, n, how.batch, DROP_LAST, m->order, memory);
    temperatures_init(&m->T, net.layers);
    keep(m);
}

void trainer_free(trainer *m)
{
    temperatures_free(&m->T);
    tape_free(m->t);
    tape_free(m->scratch);
    optimizer_free(m->o);
    gsl_rng_free(m->order);
    gsl_rng_free(m->noise);
}

static void begin(trainer *m, const objective *o)
{
    gsl_rng *init = rng_new(run_seed(m->r), "init");
    optimizer_reset(m->o);
    rng_restart(m->order, run_seed(m->r), "order");
    rng_restart(m->noise, run_seed(m->r), "noise");
    m->net.start(m->net.model, init);
    gsl_rng_free(init);
    temperatures_start(&m->T, o);
    batches_restart(&m->data);
    m->at.begun = 1;
}

static mat attacked(trainer *m, mat x, const int *y)
{
    mat adversarial = arena_mat(tape_arena(m->t), x.rows, x.cols);
    attack_victim victim = network_victim(&m->net);
    attack_pgd(adversarial, x, y, m->how.attack, &victim, m->noise, m->scratch);
    return adversarial;
}

/*
# A step

A batch, its loss, the gradient, the optimizer.
*/
static void step(trainer *m, const objective *o, examples from)
{
    tape *t = m->t;
    examples batch = examples_next(from, &m->data, tape_arena(t));
    augment(batch.x, m->in, m->how.augmentation, m->noise, tape_arena(t));
    if (m->how.attack.steps > 0) batch.x = attacked(m, batch.x, batch.y);

    outputs h = m->net.apply(t, m->net.model, tape_input(t, batch.x), TRAINING);
    double snnl;
    node *loss = objective_loss(t, o, &h, batch.y, &m->T, m->noise, &snnl);
    m->at.snnl += snnl;
    m->at.cross_entropy += run_loss(t, loss) - o->alpha * snnl;
    tape_backward(t, loss);
    optimizer_step(m->o, schedule_exponential(m->how.first_rate, m->how.last_rate, m->at.step, m->how.steps));
    tape_reset(t);
}

void training_run(trainer *m, const objective *o, examples from, size_t until)
{
    REQUIRE(from.x.rows == m->data.n, "%zu examples for a trainer of %zu", from.x.rows, m->data.n);
    if (!m->at.begun) begin(m, o);
    while (m->at.step < until) {
        step(m, o, from);
        m->at.step++;
        run_tick(m->r, m->at.training * m->how.steps + m->at.step, m->trainings * m->how.steps, o->name);
    }
}

size_t trainer_look(const trainer *m, size_t k, size_t looks)
{
    if (looks > m->how.steps)
        die(STATUS_USAGE, "--looks %zu at %zu steps: expected no more looks than steps", looks, m->how.steps);
    return m->how.steps * k / looks;
}

void trainer_next(trainer *m)
{
    size_t next = m->at.training + 1;
    memset(&m->at, 0, sizeof m->at);
    m->at.training = next;
}
