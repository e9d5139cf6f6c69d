/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "run/keep.h"
#include "tape/arithmetic.h"
#include "training.h"

const variant baseline = { .name = "baseline" };

/*
# The trainer
*/
void trainer_init(trainer *m, run *r, size_t d, size_t most, arena *memory)
{
    *m = (trainer){ .r = r, .t = tape_new(), .most = most, .order = rng_new(run_seed(r), "order") };
    autoencoder_init(&m->ae, d, the_protocol.code, memory);
    m->adam = optimizer_new(&adam, m->ae.parameters, 2 * AE_LAYERS, ADAM_DEFAULTS);
    batches_init(&m->data, most, the_protocol.batch, KEEP_LAST, m->order, memory);
    temperatures_init(&m->learned);

    checkpoint *c = run_checkpoint(r);
    keep_parameters(c, m->ae.parameters, 2 * AE_LAYERS);
    keep_optimizer(c, "adam", m->adam);
    checkpoint_keep(c, "at", &m->at, sizeof m->at);
    keep_batches(c, &m->data);
    checkpoint_keep(c, "temperatures", m->learned.factor, sizeof m->learned.factor);
}

void trainer_free(trainer *m)
{
    tape_free(m->t);
    optimizer_free(m->adam);
    gsl_rng_free(m->order);
}

static void begin(trainer *m)
{
    gsl_rng *init = rng_new(run_seed(m->r), "init");
    optimizer_reset(m->adam);
    rng_restart(m->order, run_seed(m->r), "order");
    autoencoder_start(&m->ae, init);
    gsl_rng_free(init);
    temperatures_start(&m->learned);
    batches_restart(&m->data);
    m->at.step = 0;
    m->at.begun = 1;
    m->at.reconstruction = m->at.neighbours = 0;
}

/*
# A step

A batch, its two losses, their gradient, Adam. Without labels all are of one class.
*/
static void step(trainer *m, const variant *v, examples from)
{
    tape *t = m->t;
    size_t epoch = m->data.epoch;
    examples batch = examples_next(from, &m->data, tape_arena(t));
    size_t count = batch.x.rows;
    if (!v->labels) batch.y = memset(arena_take(tape_arena(t), count, sizeof *batch.y), 0, count * sizeof *batch.y);

    activations a = autoencoder_apply(t, &m->ae, tape_input(t, batch.x), variant_scores(v));
    node *loss = reconstruction_loss(t, &a, batch.x, v);
    m->at.reconstruction += node_scalar(loss);
    if (v->neighbours && count > 1) {          /* one alone has no neighbours */
        node *neighbours = neighbour_loss(t, &a, batch.y, v, epoch, &m->learned);
        m->at.neighbours += node_scalar(neighbours);
        loss = add(t, loss, scale(t, neighbours, the_protocol.alpha));
    }
    run_loss(t, loss);
    tape_backward(t, loss);
    optimizer_step(m->adam, the_protocol.rate);
    tape_reset(t);
}

/*
# The loop
*/
static size_t batch_of(const variant *v)
{
    return v->batch > 0 ? v->batch : the_protocol.batch;
}

size_t training_steps(const variant *v, size_t n)
{
    return the_protocol.epochs * ((n + batch_of(v) - 1) / batch_of(v));
}

static void record_epoch(trainer *m, const variant *v)
{
    double steps = (double)batches_per_epoch(&m->data), epoch = (double)m->data.epoch;
    run_row(m->r, v->name, epoch, "reconstruction", m->at.reconstruction / steps);
    if (v->neighbours) run_row(m->r, v->name, epoch, "neighbours", m->at.neighbours / steps);
    m->at.reconstruction = m->at.neighbours = 0;
}

static void look_at(trainer *m, const variant *v, examples from)
{
    REQUIRE(from.x.rows <= m->most, "%zu examples for a trainer of %zu", from.x.rows, m->most);
    m->data.n = from.x.rows;
    m->data.size = batch_of(v);
}

void train(trainer *m, const variant *v, examples from)
{
    look_at(m, v, from);
    if (!m->at.begun) begin(m);
    while (m->at.step < training_steps(v, from.x.rows)) {
        step(m, v, from);
        m->at.step++;
        m->at.done++;
        if (m->data.position == 0) record_epoch(m, v);
        run_tick(m->r, m->at.done, m->steps, v->name);
    }
}

void trainer_next(trainer *m)
{
    m->at.training++;
    m->at.begun = 0;
}

/*
# Is it the baseline?
*/
static void train_epochs(trainer *m, const variant *v, examples from, size_t epochs)
{
    look_at(m, v, from);
    begin(m);
    while (m->data.epoch < epochs) step(m, v, from);
    m->at.begun = 0;
}

void require_baseline(trainer *m, const variant *v, examples from, size_t epochs, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    mat kept[2 * AE_LAYERS];
    train_epochs(m, &baseline, from, epochs);
    for (size_t i = 0; i < 2 * AE_LAYERS; i++) {
        mat w = m->ae.parameters[i]->value;
        kept[i] = arena_mat(scratch, w.rows, w.cols);
        mat_copy(kept[i], w);
    }
    train_epochs(m, v, from, epochs);
    for (size_t i = 0; i < 2 * AE_LAYERS; i++)
        REQUIRE(memcmp(kept[i].at, m->ae.parameters[i]->value.at, mat_size(kept[i]) * sizeof(real)) == 0,
                "%s and the baseline differ in \"%s\"", v->name, m->ae.parameters[i]->name);
    arena_release(scratch, mark);
}
