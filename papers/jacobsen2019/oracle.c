/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_randist.h>

#include "answers.h"
#include "base/error.h"
#include "base/rng.h"
#include "nn/losses.h"
#include "nn/pooling.h"
#include "oracle.h"
#include "run/keep.h"

static struct { size_t filters, units, epochs, batch; double rate, noise; } set;

const run_setting oracle_shape_settings[] = {
    { "oracle-filters", &set.filters, NULL, { 4, 16, 16, 16 }, "of the oracle's first convolution; the second has twice as many", "ours" },
    { "oracle-units", &set.units, NULL, { 8, 128, 128, 128 }, "of its hidden layer", "ours" },
    { 0 }
};

const run_setting oracle_settings[] = {
    { "oracle-epochs", &set.epochs, NULL, { 1, 4, 4, 10 }, "passes of the oracle over the data", "ours" },
    { "oracle-batch", &set.batch, NULL, { 50, 64, 64, 64 }, "images a step of it", "ours" },
    { "oracle-rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-3, 1e-3 }, "of its Adam", "ours" },
    { "oracle-noise", NULL, &set.noise, { .3, .3, .3, .3 }, "largest standard deviation of what its images are damaged by", "ours" },
    { 0 }
};

void oracle_init(oracle *eye, run *r, image in, size_t classes, size_t count, arena *memory)
{
    *eye = (oracle){ .in = in, .t = tape_new() };
    image at = in;
    for (size_t i = 0; i < 2; i++) {
        eye->conv[i] = convolution_layer_new(memory, "oracle", (convolution){ at, set.filters << i, 5, 1, 2 }, WITH_BIAS, RELU);
        at = pool_out(convolution_out(eye->conv[i].shape), 2, 2);
        eye->parameters[2 * i] = &eye->conv[i].w;
        eye->parameters[2 * i + 1] = &eye->conv[i].b;
    }
    for (size_t i = 0; i < 2; i++) {
        eye->dense[i] = dense_layer_new(memory, "oracle", i ? set.units : image_size(at), i ? classes : set.units, i ? LINEAR : RELU);
        eye->parameters[4 + 2 * i] = &eye->dense[i].w;
        eye->parameters[5 + 2 * i] = &eye->dense[i].b;
    }
    if (count == 0) return;
    if (set.batch > count) die(STATUS_USAGE, "--oracle-batch %zu of %zu images: expected no more than there are", set.batch, count);
    eye->o = optimizer_new(&adam, eye->parameters, ORACLE_PARAMETERS, ADAM_DEFAULTS);
    eye->order = rng_new(run_seed(r), "oracle order");
    eye->noise = rng_new(run_seed(r), "oracle noise");
    batches_init(&eye->data, count, set.batch, DROP_LAST, eye->order, memory);
    checkpoint *c = run_checkpoint(r);
    oracle_keep(eye, c);
    keep_optimizer(c, "optimizer of the oracle", eye->o);
    keep_batches(c, &eye->data);
    checkpoint_keep_rng(c, "oracle noise", eye->noise);
    checkpoint_keep(c, "oracle step", &eye->step, sizeof eye->step);
}

void oracle_free(oracle *eye)
{
    tape_free(eye->t);
    optimizer_free(eye->o);
    if (!eye->order) return;
    gsl_rng_free(eye->order);
    gsl_rng_free(eye->noise);
}

void oracle_keep(void *oracle_, checkpoint *c)
{
    oracle *eye = oracle_;
    keep_parameters(c, eye->parameters, ORACLE_PARAMETERS);
}

static node *apply(tape *t, oracle *eye, node *x)
{
    for (size_t i = 0; i < 2; i++)
        x = max_pool(t, convolution_layer_apply(t, &eye->conv[i], x), convolution_out(eye->conv[i].shape), 2, 2);
    return dense_layer_apply(t, &eye->dense[1], dense_layer_apply(t, &eye->dense[0], x));
}

/* Shifted, then with noise, then cut off at 0 and 1, as all that it will be shown. */
static void damage(oracle *eye, mat x)
{
    augment(x, eye->in, (augmentation){ .pad = 3 }, eye->noise, tape_arena(eye->t));
    for (size_t i = 0; i < x.rows; i++) {
        double sd = set.noise * gsl_rng_uniform(eye->noise);
        for (size_t j = 0; j < x.cols; j++) {
            real v = mat_row(x, i)[j] + (real)gsl_ran_gaussian_ziggurat(eye->noise, sd);
            mat_row(x, i)[j] = v < 0 ? 0 : v > 1 ? 1 : v;
        }
    }
}

static void begin(oracle *eye, run *r)
{
    gsl_rng *init = rng_new(run_seed(r), "oracle");
    for (size_t i = 0; i < ORACLE_PARAMETERS; i += 2) {
        init_he(init, eye->parameters[i]->value);
        mat_fill(eye->parameters[i + 1]->value, 0);
    }
    gsl_rng_free(init);
}

void oracle_learn(oracle *eye, run *r, examples from)
{
    size_t steps = set.epochs * batches_per_epoch(&eye->data);
    if (eye->step == 0) begin(eye, r);
    while (eye->step < steps) {
        examples batch = examples_next(from, &eye->data, tape_arena(eye->t));
        damage(eye, batch.x);
        node *loss = cross_entropy(eye->t, apply(eye->t, eye, tape_input(eye->t, batch.x)), batch.y);
        run_loss(eye->t, loss);
        tape_backward(eye->t, loss);
        optimizer_step(eye->o, set.rate);
        tape_reset(eye->t);
        run_tick(r, ++eye->step, steps, "oracle");
    }
}

void oracle_look(oracle *eye, int *seen, mat x)
{
    enum { ROWS = 100 };
    for (size_t i = 0; i < x.rows; i += ROWS, tape_reset(eye->t))
        answers_of(seen + i, apply(eye->t, eye, tape_input(eye->t, mat_block(x, i, ROWS)))->value);
}
