/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "answers.h"
#include "base/error.h"
#include "base/rng.h"
#include "nn/losses.h"
#include "nuisance.h"
#include "run/keep.h"

void nuisance_init(nuisance *n, size_t inputs, size_t units, size_t classes, const optimizer_rule *rule,
                   optimizer_settings settings, arena *memory)
{
    for (size_t i = 0; i < NUISANCE_LAYERS; i++) {
        bool last = i + 1 == NUISANCE_LAYERS;
        n->layer[i] = dense_layer_new(memory, "nuisance", i ? units : inputs, last ? classes : units, last ? LINEAR : RELU);
        n->parameters[2 * i] = &n->layer[i].w;
        n->parameters[2 * i + 1] = &n->layer[i].b;
    }
    n->o = optimizer_new(rule, n->parameters, 2 * NUISANCE_LAYERS, settings);
    n->t = tape_new();
}

void nuisance_free(nuisance *n)
{
    optimizer_free(n->o);
    tape_free(n->t);
}

void nuisance_start(nuisance *n, gsl_rng *rng)
{
    optimizer_reset(n->o);
    for (size_t i = 0; i < NUISANCE_LAYERS; i++) {
        init_he(rng, n->layer[i].w.value);
        mat_fill(n->layer[i].b.value, 0);
    }
}

void nuisance_keep(nuisance *n, checkpoint *c)
{
    keep_parameters(c, n->parameters, 2 * NUISANCE_LAYERS);
    keep_optimizer(c, "optimizer of the nuisance classifier", n->o);
}

node *nuisance_scores(tape *t, nuisance *n, node *z)
{
    for (size_t i = 0; i < NUISANCE_LAYERS; i++) z = dense_layer_apply(t, &n->layer[i], z);
    return z;
}

double nuisance_learn(nuisance *n, mat z, const int *y, double rate)
{
    node *loss = cross_entropy(n->t, nuisance_scores(n->t, n, tape_input(n->t, z)), y);
    double value = node_scalar(loss);
    if (isfinite(value)) {
        tape_backward(n->t, loss);
        optimizer_step(n->o, rate);
    }
    tape_reset(n->t);
    return value;
}

void nuisance_classify(nuisance *n, int *found, mat z)
{
    enum { ROWS = 500 };
    for (size_t i = 0; i < z.rows; i += ROWS, tape_reset(n->t)) {
        size_t rows = z.rows - i < ROWS ? z.rows - i : ROWS;
        answers_of(found + i, nuisance_scores(n->t, n, tape_input(n->t, mat_rows(z, i, rows)))->value);
    }
}

double nuisance_accuracy(nuisance *n, mat z, const int *y)
{
    arena *scratch = arena_new();
    int *found = arena_take(scratch, z.rows, sizeof *found);
    nuisance_classify(n, found, z);
    double right = agreement(found, y, z.rows);
    arena_free(scratch);
    return right;
}

/*
# After the training
*/
void posthoc_init(posthoc *p, run *r, nuisance *n, size_t count, posthoc_recipe how, arena *memory)
{
    if (how.batch > count)
        die(STATUS_USAGE, "a batch of %zu of %zu examples: expected no more than there are", how.batch, count);
    *p = (posthoc){ .n = n, .how = how, .order = rng_new(run_seed(r), "post hoc") };
    batches_init(&p->data, count, how.batch, DROP_LAST, p->order, memory);
    checkpoint *c = run_checkpoint(r);
    nuisance_keep(n, c);
    keep_batches(c, &p->data);
    checkpoint_keep(c, "post-hoc step", &p->step, sizeof p->step);
}

void posthoc_free(posthoc *p)
{
    gsl_rng_free(p->order);
}

void posthoc_next(posthoc *p)
{
    p->step = 0;
}

static void begin(posthoc *p, run *r)
{
    gsl_rng *init = rng_new(run_seed(r), "nuisance");
    nuisance_start(p->n, init);
    gsl_rng_free(init);
    rng_restart(p->order, run_seed(r), "post hoc");
    batches_restart(&p->data);
}

size_t posthoc_epoch(const posthoc *p)
{
    return p->step / batches_per_epoch(&p->data);
}

bool posthoc_learn(posthoc *p, run *r, examples from, size_t epochs)
{
    arena *scratch = arena_new();
    bool finite = true;
    if (p->step == 0) begin(p, r);
    while (finite && posthoc_epoch(p) < epochs) {
        examples batch = examples_next(from, &p->data, scratch);
        finite = isfinite(nuisance_learn(p->n, batch.x, batch.y, p->how.rate));
        p->step++;
        arena_reset(scratch);
        run_tick(r, p->step, p->how.epochs * batches_per_epoch(&p->data), "nuisance classifier");
    }
    arena_free(scratch);
    return finite;
}
