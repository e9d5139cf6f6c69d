/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"
#include "base/error.h"
#include "base/rng.h"
#include "contest.h"
#include "nn/losses.h"
#include "nn/residual.h"
#include "run/keep.h"
#include "training.h"

static struct { size_t blocks, width, epochs, batch, pad; double rate, momentum, decay; } set;

const run_setting contest_settings[] = {
    { "blocks", &set.blocks, NULL, { 1, 2, 4, 4 }, "couplings of a stage", "B.3" },
    { "width", &set.width, NULL, { 4, 16, 14, 64 }, "filters in the first stage; twice as many in each next", "ours" },
    { "epochs", &set.epochs, NULL, { 1, 4, 4, 128 }, "passes over the data", "B.3" },
    { "batch", &set.batch, NULL, { 50, 64, 64, 480 }, "images a step", "B.3" },
    { "rate", NULL, &set.rate, { .05, .05, .05, .1 }, "of gradient descent, at the start", "B.3; smaller for smaller batches: ours" },
    { "momentum", NULL, &set.momentum, { .9, .9, .9, .9 }, "of it", "B.3" },
    { "decay", NULL, &set.decay, { 1e-4, 1e-4, 1e-4, 1e-4 }, "of the weights", "B.3" },
    { "pad", &set.pad, NULL, { 4, 4, 4, 4 }, "augmentation: shifts by up to so many pixels, and mirrors", "ours" },
    { 0 }
};

static const objective firevnet_objective = { .name = "fiRevNet" };

/*
# Two networks of one size
*/
static size_t weights(parameter *const *p, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += mat_size(p[i]->value);
    return sum;
}

static void invertible(firevnet *net, const dataset *data, contest_depth depth, arena *memory)
{
    firevnet_shape shape = { .in = data->shape, .classes = data->classes, .stages = depth.stages, .blocks = set.blocks,
                             .squeezes = depth.squeezes, .affine_from = depth.stages - 1, .cosine = true };
    for (size_t s = 0; s < depth.stages; s++) shape.units[s] = set.width << s;
    firevnet_init(net, &shape, memory);
}

/* The narrowest residual network, of two blocks a stage, that has as many weights. */
static void residual(residual_network *net, const dataset *data, size_t stages, size_t least, arena *memory)
{
    for (size_t width = 2;; width++) {
        arena_mark mark = arena_save(memory);
        residual_shape shape = { .in = data->shape, .stages = stages, .classes = data->classes, .last_norm = true };
        for (size_t s = 0; s < stages; s++) {
            shape.blocks[s] = 2;
            shape.widths[s] = width << s;
        }
        residual_network_init(net, &shape, memory);
        if (weights(net->parameters, net->count) >= least) return;
        arena_release(memory, mark);
    }
}

static recipe how(size_t n)
{
    return (recipe){ .rule = &sgd, .settings = { .momentum = set.momentum, .decay = set.decay }, .rate = set.rate, .factor = .1,
                     .every = .25, .batch = set.batch, .steps = set.epochs * (n / set.batch),
                     .augmentation = { .pad = set.pad, .flip = true } };
}

/*
# Training the residual network

As `training.c` trains the other: the same streams, hence the same batches.
*/
typedef struct rival {
    residual_network net;
    optimizer *o;
    batches data;
    gsl_rng *order, *noise;
    tape *t;
    size_t step;
} rival;

static void rival_init(rival *v, run *r, const dataset *data, size_t stages, size_t least, arena *memory)
{
    *v = (rival){ .order = rng_new(run_seed(r), "order"), .noise = rng_new(run_seed(r), "noise"), .t = tape_new() };
    residual(&v->net, data, stages, least, memory);
    v->o = optimizer_new(&sgd, v->net.parameters, v->net.count,
                         (optimizer_settings){ .momentum = set.momentum, .decay = set.decay });
    batches_init(&v->data, data->train.x.rows, set.batch, DROP_LAST, v->order, memory);
    gsl_rng *init = rng_new(run_seed(r), "init");
    residual_network_start(&v->net, init);
    gsl_rng_free(init);
    checkpoint *c = run_checkpoint(r);
    keep_parameters(c, v->net.parameters, v->net.count);
    batch_norm *norm;
    for (size_t i = 0; (norm = residual_network_norm(&v->net, i)); i++) checkpoint_keep_mat(c, "running means", norm->running);
    keep_optimizer(c, "optimizer", v->o);
    keep_batches(c, &v->data);
    checkpoint_keep_rng(c, "noise stream", v->noise);
    checkpoint_keep(c, "rival's step", &v->step, sizeof v->step);
}

static void rival_learn(rival *v, run *r, examples from, image shape)
{
    recipe h = how(from.x.rows);
    for (tape *t = v->t; v->step < h.steps; tape_reset(t)) {
        examples batch = examples_next(from, &v->data, tape_arena(t));
        augment(batch.x, shape, h.augmentation, v->noise, tape_arena(t));
        residual_nodes z = residual_network_apply(t, &v->net, tape_input(t, batch.x), TRAINING);
        node *loss = cross_entropy(t, z.scores, batch.y);
        run_loss(t, loss);
        tape_backward(t, loss);
        optimizer_step(v->o, recipe_rate(&h, v->step));
        run_tick(r, ++v->step + h.steps, 2 * h.steps, "ResNet");
    }
}

static void rival_free(rival *v)
{
    optimizer_free(v->o);
    tape_free(v->t);
    gsl_rng_free(v->order);
    gsl_rng_free(v->noise);
}

/*
# How often they err
*/
static double error_of(firevnet *net, rival *v, tape *t, examples of)
{
    enum { ROWS = 100 };
    double wrong = 0;
    for (size_t i = 0; i < of.x.rows; i += ROWS, tape_reset(t)) {
        node *x = tape_input(t, mat_block(of.x, i, ROWS));
        mat scores = net ? firevnet_apply(t, net, x, INFERENCE, false).semantic->value
                         : residual_network_apply(t, &v->net, x, INFERENCE).scores->value;
        wrong += percent_wrong(scores, of.y + i) * (double)scores.rows / (double)of.x.rows;
    }
    return wrong;
}

static void rows(run *r, const char *series, firevnet *net, rival *v, tape *t, const dataset *data, size_t size)
{
    run_row(r, series, RUN_NO_X, "top1_error", error_of(net, v, t, data->test));
    run_row(r, series, RUN_NO_X, "train_error", error_of(net, v, t, data->train));
    run_row(r, series, RUN_NO_X, "weights", (double)size);
}

/*
# Both
*/
static void centre(mat x)
{
    for (size_t e = 0; e < mat_size(x); e++) x.at[e] -= (real).5;
}

void contest(run *r, dataset *data, contest_depth depth, arena *memory)
{
    centre(data->train.x);
    centre(data->test.x);
    static firevnet net;
    invertible(&net, data, depth, memory);
    tape *again = tape_new();
    if (depth.nothing_stored) net.again = again;
    trainer m;
    trainer_init(&m, r, &net, how(data->train.x.rows), 2, data->train.x.rows, memory);
    static rival v;
    rival_init(&v, r, data, depth.stages, weights(net.parameters, net.count), memory);
    run_resume(r);
    train(&m, &firevnet_objective, data->train);
    if (m.at.diverged) die(STATUS_FAILED, "the loss is no number, or beyond a million, after %zu steps", m.at.step);
    rival_learn(&v, r, data->train, data->shape);
    rows(r, "fiRevNet", &net, NULL, m.t, data, weights(net.parameters, net.count));
    rows(r, "ResNet", NULL, &v, m.t, data, weights(v.net.parameters, v.net.count));
    rival_free(&v);
    trainer_free(&m);
    tape_free(again);
}
