/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "sweeps.h"
#include "training.h"

static struct { size_t examples, tested; } set_to;

static const run_setting settings[] = {
    { "examples", &set_to.examples, NULL, { 100, 2000, 10000, 73257 }, "of the training set to learn from, at most", "4.1" },
    { "tested", &set_to.tested, NULL, { 100, 1000, 10000, 26032 }, "test examples, at most", "4.1" },
    { 0 }
};

/*
# What varies
*/
enum { MOST_VALUES = 6, K_OF_ONE = 0, K_OF_TEN = 2 };

static const struct { const char *name; size_t count; double value[MOST_VALUES]; } grid[] = {
    [SWEEP_K]     = { "k", 5, { 1, 3, 10, 30, 99 } },
    [SWEEP_D]     = { "d", 5, { 2, 5, 10, 50, 200 } },
    [SWEEP_ALPHA] = { "alpha", 6, { .1, .5, 1, 2, 10, 50 } },
};

static objective objective_at(sweep_kind kind, double value, size_t classes, const char *name)
{
    objective o = proposed(name, classes);
    if (kind == SWEEP_K) o.graph.k = (size_t)value;
    if (kind == SWEEP_D) o.d = (size_t)value;
    if (kind == SWEEP_ALPHA) o.graph.alpha = value;
    return o;
}

/*
# The curve
*/
static void gained(run *r, const char *series, const double *accuracy, size_t from, size_t to)
{
    double k = grid[SWEEP_K].value[to], gain = accuracy[to] - accuracy[from];
    run_row(r, series, k, "gain", gain);
    run_row(r, series, k, "sensitivity", fabs(gain));
}

static void conclude_k(run *r, const char *series, const double *accuracy)
{
    gained(r, series, accuracy, K_OF_ONE, K_OF_TEN);
    gained(r, series, accuracy, K_OF_TEN, grid[SWEEP_K].count - 1);
}

static void rows(run *r, const sweep_program *p)
{
    arena *memory = arena_new();
    prepared of = prepared_load(r, p->set, set_to.examples, set_to.tested, false, memory);
    double accuracy[MOST_VALUES] = { 0 };
    trainer m;
    trainer_init(&m, r, &of, descent(of.train.x.rows, p->mirrored), grid[p->kind].count, memory);
    checkpoint_keep(run_checkpoint(r), "accuracy", accuracy, sizeof accuracy);
    run_resume(r);
    for (; m.at.training < grid[p->kind].count; trainer_next(&m)) {
        double value = grid[p->kind].value[m.at.training];
        char name[32];
        snprintf(name, sizeof name, "%s = %g", grid[p->kind].name, value);
        objective o = objective_at(p->kind, value, of.classes, name);
        train(&m, &o, m.how.steps);
        accuracy[m.at.training] = 100 - trainer_error(&m, &o);
        run_row(r, p->series, value, "accuracy", accuracy[m.at.training]);
    }
    if (p->kind == SWEEP_K) conclude_k(r, p->series, accuracy);
    trainer_free(&m);
    arena_free(memory);
}

int sweep(int argc, char **argv, const sweep_program *p)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = p->experiment, .purpose = p->purpose,
        .settings = { settings, prepared_settings, network_settings, training_settings, descent_settings } });
    rows(r, p);
    run_end(r);
    return STATUS_DONE;
}
