/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "answers.h"
#include "digits.h"
#include "measuring.h"

static struct { size_t epochs, units, batch; double rate; } set;

const run_setting measuring_settings[] = {
    { "nuisance-epochs", &set.epochs, NULL, { 1, 4, 10, 20 }, "passes of the post-hoc nuisance classifier", "ours" },
    { "nuisance-batch", &set.batch, NULL, { 50, 64, 64, 64 }, "images a step of it", "ours" },
    { "nuisance-units", &set.units, NULL, { 8, 512, 512, 512 }, "of its hidden layers", "B.2" },
    { "nuisance-rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-3, 1e-3 }, "of its Adamax", "ours" },
    { 0 }
};

static examples spread(examples of, arena *memory)
{
    examples to = { arena_mat(memory, of.x.rows, of.x.cols), of.y };
    mat_copy(to.x, of.x);
    digits_spread(to.x, NULL);
    return to;
}

void measuring_init(measuring *w, run *r, firevnet *net, examples train, examples other, arena *memory)
{
    *w = (measuring){ .net = net, .train = spread(train, memory), 
                      .other = spread(other, memory), .other_name = "test", .scratch = tape_new() };
    size_t classes = net->shape.classes, rest = net->d - classes;
    for (size_t i = 0; i < 2; i++) {
        size_t n = i ? other.x.rows : train.x.rows;
        w->scores[i] = arena_mat(memory, n, classes);
        w->nuisances[i] = arena_mat(memory, n, rest);
    }
    nuisance_init(&w->classifier, rest, set.units, classes, &adamax, ADAM_DEFAULTS, memory);
    posthoc_init(&w->after, r, &w->classifier, train.x.rows, set.batch, memory);
}

void measuring_free(measuring *w)
{
    posthoc_free(&w->after);
    nuisance_free(&w->classifier);
    tape_free(w->scratch);
}

static double error_of(mat scores, const int *y)
{
    arena *scratch = arena_new();
    int *found = arena_take(scratch, scores.rows, sizeof *found);
    answers_of(found, scores);
    double wrong = 100 * (1 - agreement(found, y, scores.rows));
    arena_free(scratch);
    return wrong;
}

static void row(run *r, const char *series, const char *prefix, const char *other, const double *wrong)
{
    const struct { const char *part, *what; double value; } of[] = {
        { other, "_error", wrong[1] }, { "train", "_error", wrong[0] }, { "gap", "", wrong[1] - wrong[0] } };
    for (size_t i = 0; i < 3; i++) {
        char metric[64];
        snprintf(metric, sizeof metric, "%s%s%s", prefix, of[i].part, of[i].what);
        run_row(r, series, RUN_NO_X, metric, of[i].value);
    }
}

void measure(measuring *w, run *r, const char *series)
{
    const examples *of[2] = { &w->train, &w->other };
    double wrong[2], nuisance_wrong[2];
    for (size_t i = 0; i < 2; i++) firevnet_encode(w->net, w->scores[i], w->nuisances[i], of[i]->x, w->scratch);
    posthoc_learn(&w->after, r, w->nuisances[0], w->train.y, set.epochs * batches_per_epoch(&w->after.data), set.rate,
                  "nuisance classifier");
    for (size_t i = 0; i < 2; i++) {
        wrong[i] = error_of(w->scores[i], of[i]->y);
        nuisance_wrong[i] = 100 * (1 - nuisance_accuracy(&w->classifier, w->nuisances[i], of[i]->y));
    }
    row(r, series, "", w->other_name, wrong);
    row(r, series, "nuisance_", w->other_name, nuisance_wrong);
    run_row(r, series, RUN_NO_X, "nuisance_excess", nuisance_wrong[1] - wrong[1]);
}

void measuring_next(measuring *w)
{
    posthoc_next(&w->after);
}
