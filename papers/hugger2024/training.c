/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "nn/schedule.h"
#include "run/keep.h"
#include "training.h"

/*
# Groups
*/
static void make_groups(trainer *m)
{
    for (size_t layer = 0; layer <= m->net.depth; layer++)
        for (int decays = 0; decays < 2; decays++) {
            group *g = &m->group[m->groups];
            *g = (group){ .layer = layer };
            for (size_t i = 0; i < m->net.count; i++)
                if (m->net.layer_of[i] == layer && classifier_decays(&m->net, i) == decays)
                    g->of[g->count++] = m->net.parameters[i];
            if (g->count == 0) continue;
            optimizer_settings settings = ADAM_DEFAULTS;
            settings.decay = decays ? m->how.decay : 0;
            g->o = optimizer_new(&adamw, g->of, g->count, settings);
            m->groups++;
        }
}

/*
# How frequent the classes are

Among the labels that are trained on, as in the authors' code; where a soft loss has soft targets of the examples' own, in the
mean of these.
*/
static void mean_row(mat mean, mat of)
{
    mat_fill(mean, 0);
    for (size_t i = 0; i < of.rows; i++) mat_add(mean, mat_rows(of, i, 1));
    for (size_t k = 0; k < mean.cols; k++) mean.at[k] /= (real)of.rows;
}

static void find_eta(trainer *m, loss_kind kind, examples from)
{
    size_t n = from.x.rows;
    if (m->targets.at && loss_is_soft(kind)) mean_row(m->log_eta, m->targets);
    else label_frequencies(m->log_eta, from.y, NULL, n);
    log_frequencies(m->log_eta, m->log_eta, n);
}

static void keep(trainer *m)
{
    checkpoint *c = run_checkpoint(m->r);
    classifier_keep(&m->net, c);
    for (size_t i = 0; i < m->groups; i++) keep_optimizer(c, "optimizer", m->group[i].o);
    checkpoint_keep(c, "at", &m->at, sizeof m->at);
    keep_batches(c, &m->data);
    checkpoint_keep_rng(c, "noise stream", m->noise);
    checkpoint_keep_rng(c, "label stream", m->labels);
}

static void require_batch(size_t batch, size_t n)
{
    if (batch > n || batch < 2)
        die(STATUS_USAGE, "--batch %zu of %zu examples: expected 2 or more, and no more than there are", batch, n);
}

void trainer_init(trainer *m, run *r, const classifier_shape *shape, const recipe *how, size_t trainings, examples from,
                  arena *memory)
{
    require_batch(how->batch, from.x.rows);
    memset(m, 0, sizeof *m);
    m->r = r;
    m->t = tape_new();
    m->how = *how;
    m->trainings = trainings;
    m->order = rng_new(run_seed(r), "order");
    m->noise = rng_new(run_seed(r), "noise");
    m->labels = rng_new(run_seed(r), "drawn labels");
    classifier_init(&m->net, shape, memory);
    make_groups(m);
    m->log_eta = arena_mat(memory, 1, shape->classes);
    batches_init(&m->data, from.x.rows, how->batch, DROP_LAST, m->order, memory);
    keep(m);
}

void trainer_choose(trainer *m, const recipe *how)
{
    require_batch(how->batch, m->data.n);
    REQUIRE(how->decay == m->how.decay, "decay %g, and %g before", how->decay, m->how.decay);
    m->how = *how;
    m->data.size = how->batch;
}

void trainer_free(trainer *m)
{
    tape_free(m->t);
    for (size_t i = 0; i < m->groups; i++) optimizer_free(m->group[i].o);
    gsl_rng_free(m->order);
    gsl_rng_free(m->noise);
    gsl_rng_free(m->labels);
}

static void begin(trainer *m)
{
    gsl_rng *init = rng_new(run_seed(m->r), "init");
    classifier_start(&m->net, init);
    gsl_rng_free(init);
    for (size_t i = 0; i < m->groups; i++) optimizer_reset(m->group[i].o);
    rng_restart(m->order, run_seed(m->r), "order");
    rng_restart(m->noise, run_seed(m->r), "noise");
    rng_restart(m->labels, run_seed(m->r), "drawn labels");
    batches_restart(&m->data);
    m->at.begun = 1;
}

/*
# A step
*/
static double rate_of(const trainer *m, size_t step, size_t steps, size_t warmup)
{
    if (step < warmup) return m->how.rate * schedule_warmup(warmup, step);
    return schedule_cosine(m->how.rate, m->how.last_rate, step - warmup, steps - warmup);
}

static void step(trainer *m, loss_kind kind, examples from, size_t steps, size_t warmup)
{
    tape *t = m->t;
    size_t count;
    const size_t *index = batches_next(&m->data, &count);
    examples batch = examples_gather(from, index, count, tape_arena(t));
    mat targets = arena_mat(tape_arena(t), count, m->net.shape.classes);
    augment(batch.x, m->net.shape.in, m->how.augmentation, m->noise, tape_arena(t));
    if (loss_is_soft(kind)) {
        if (m->targets.at) mat_gather(targets, m->targets, index);
        else soft_targets(targets, batch.y, m->how.smoothing);
        mix(batch.x, targets, m->net.shape.in, m->how.mixed, m->noise);
    }
    node *z = classifier_apply(t, &m->net, tape_input(t, batch.x), TRAINING, m->noise);
    node *loss = loss_of(kind, t, z, batch.y, targets, &(contrast){ m->log_eta.at, 1 }, m->labels);
    run_loss(t, loss);
    tape_backward(t, loss);
    double rate = rate_of(m, m->at.step, steps, warmup);
    for (size_t i = 0; i < m->groups; i++)
        optimizer_step(m->group[i].o, rate * pow(m->how.layer_decay, (double)(m->net.depth - m->group[i].layer)));
    tape_reset(t);
}

void train(trainer *m, loss_kind kind, examples from)
{
    size_t per_epoch = batches_per_epoch(&m->data), steps = m->how.epochs * per_epoch, warmup = m->how.warmup * per_epoch;
    if (warmup >= steps) die(STATUS_USAGE, "--warmup %zu of %zu epochs: expected fewer", m->how.warmup, m->how.epochs);
    size_t shown = m->how.epochs * from.x.rows;
    find_eta(m, kind, from);
    if (!m->at.begun) begin(m);
    while (m->at.step < steps) {
        step(m, kind, from, steps, warmup);
        m->at.step++;
        run_tick(m->r, m->at.training * shown + m->at.step * shown / steps, m->trainings * shown, loss_name[kind]);
    }
}

void trainer_next(trainer *m)
{
    size_t next = m->at.training + 1;
    memset(&m->at, 0, sizeof m->at);
    m->at.training = next;
}
