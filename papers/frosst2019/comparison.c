/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/rng.h"
#include "cnn.h"
#include "comparison.h"
#include "run/load.h"

/*
# A look
*/
static void look(trainer *m, const objective *o, size_t every, examples train_part, examples test)
{
    double step = (double)m->at.step;
    skill on_test = network_skill(&m->net, m->t, test), on_train = network_skill(&m->net, m->t, train_part);
    run_row(m->r, o->name, step, "test_accuracy", on_test.accuracy);
    run_row(m->r, o->name, step, "test_cross_entropy", on_test.cross_entropy);
    run_row(m->r, o->name, step, "train_accuracy", on_train.accuracy);
    run_row(m->r, o->name, step, "train_cross_entropy", on_train.cross_entropy);
    run_row(m->r, o->name, step, "batch_cross_entropy", m->at.cross_entropy / (double)every);
    if (o->alpha != 0) run_row(m->r, o->name, step, "neighbours", m->at.neighbours / (double)every);
    m->at.cross_entropy = m->at.neighbours = 0;
    if (m->at.least_step == 0 || on_test.cross_entropy < m->at.least) {
        m->at.least = on_test.cross_entropy;
        m->at.least_step = m->at.step;
    }
    if (m->at.step < m->how.steps) return;
    run_row(m->r, o->name, RUN_NO_X, "accuracy", on_test.accuracy);
    run_row(m->r, o->name, RUN_NO_X, "cross_entropy", on_test.cross_entropy);
    run_row(m->r, o->name, RUN_NO_X, "gap", on_test.cross_entropy - on_train.cross_entropy);
    run_row(m->r, o->name, RUN_NO_X, "overfits_at", (double)m->at.least_step);
}

static void record_temperatures(const trainer *m, const objective *o)
{
    for (size_t i = 0; i < m->net.layers && o->alpha != 0; i++)
        run_row(m->r, o->name, (double)(i + 1), "temperature_of_layer", snnl_temperature_now(&m->T.of[i]));
}

/*
# The comparison
*/
void compare(run *r, const dataset *set, network net, recipe how, distance d, size_t looks, arena *memory)
{
    const objective objectives[] = { baseline, entangled(d) };
    gsl_rng *pick = rng_new(run_seed(r), "train part");
    size_t n = set->train.x.rows, tests = set->test.x.rows, few = n < tests ? n : tests;
    size_t every = how.steps / looks;
    examples part = examples_subset(set->train, few, pick, memory);
    gsl_rng_free(pick);
    how.steps = every * looks;
    trainer m;
    trainer_init(&m, r, net, set->shape, how, 2, n, memory);
    run_resume(r);
    for (; m.at.training < 2; trainer_next(&m)) {
        const objective *o = &objectives[m.at.training];
        for (; m.at.looks < looks; m.at.looks++) {
            train(&m, o, set->train, (m.at.looks + 1) * every);
            look(&m, o, every, part, set->test);
        }
        record_temperatures(&m, o);
    }
    trainer_free(&m);
}

static struct { size_t batch, looks, tested; double rate; } set;

const run_setting comparison_settings[] = {
    { "batch", &set.batch, NULL, { 32, 256, 256, 256 }, "examples a step", "footnote 3" },
    { "rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-4, 1e-4 }, "of Adam", "footnote 3" },
    { "looks", &set.looks, NULL, { 4, 10, 28, 28 }, "at both models, evenly over the steps", "ours" },
    { "tested", &set.tested, NULL, { 500, 100000, 100000, 100000 }, "test examples, at most", "ours" },
    { 0 }
};

void compare_cnn(run *r, const char *name, const char *stand_in, size_t steps)
{
    arena *memory = arena_new();
    dataset data = run_load(r, name, stand_in, memory);
    if (set.tested < data.test.x.rows) data.test.x = mat_rows(data.test.x, 0, set.tested);
    cnn c;
    network net;
    cnn_init(&c, &net, data.shape, data.classes, 2, memory);
    compare(r, &data, net, (recipe){ &adam, ADAM_DEFAULTS, set.rate, set.rate, set.batch, steps, .moves = { 0 } },
            SQUARED_EUCLIDEAN, set.looks, memory);
    arena_free(memory);
}
