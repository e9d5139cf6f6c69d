/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "answers.h"
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
    for (size_t i = 0; i < z.rows; i += ROWS, tape_reset(n->t))
        answers_of(found + i, nuisance_scores(n->t, n, tape_input(n->t, mat_block(z, i, ROWS)))->value);
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
