/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "answers.h"
#include "base/rng.h"
#include "measuring.h"

static struct { size_t epochs, units, batch; double rate; } set;

const run_setting measuring_settings[] = {
    { "nuisance-epochs", &set.epochs, NULL, { 2, 4, 20, 20 }, "passes of the post-hoc nuisance classifier", "ours" },
    { "nuisance-batch", &set.batch, NULL, { 50, 64, 64, 64 }, "images a step of it", "ours" },
    { "nuisance-units", &set.units, NULL, { 8, 512, 512, 512 }, "of its hidden layers", "B.2" },
    { "nuisance-rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-3, 1e-3 }, "of its Adamax", "ours" },
    { 0 }
};

void measuring_init(measuring *w, run *r, firevnet *net, recipe how, examples train, examples other, arena *memory)
{
    *w = (measuring){ .net = net, .how = how, .train = train, .other = other, .other_name = "test", .scratch = tape_new() };
    size_t classes = net->shape.classes, rest = net->d - classes;
    for (size_t i = 0; i < 2; i++) {
        size_t n = i ? other.x.rows : train.x.rows;
        w->seen[i] = arena_mat(memory, n, net->d);
        w->scores[i] = arena_mat(memory, n, classes);
        w->nuisances[i] = arena_mat(memory, n, rest);
    }
    nuisance_init(&w->classifier, rest, set.units, classes, &adamax, ADAM_DEFAULTS, memory);
    posthoc_init(&w->after, r, &w->classifier, train.x.rows, (posthoc_recipe){ set.batch, set.epochs, set.rate }, memory);
}

void measuring_free(measuring *w)
{
    posthoc_free(&w->after);
    nuisance_free(&w->classifier);
    tape_free(w->scratch);
}

/*
# What the classifier learns from

An epoch's images have a stream of their own, so that a run that goes on in the middle of one makes the same again; and all
networks are asked about the same.
*/
static void encode_epoch(measuring *w, run *r, size_t epoch)
{
    char stream[48];
    snprintf(stream, sizeof stream, "post-hoc images %zu", epoch);
    gsl_rng *rng = rng_new(run_seed(r), stream);
    arena *scratch = arena_new();
    mat_copy(w->seen[0], w->train.x);
    recipe_look(&w->how, w->seen[0], w->net->shape.in, rng, scratch);
    firevnet_encode(w->net, w->scores[0], w->nuisances[0], w->seen[0], w->scratch);
    arena_free(scratch);
    gsl_rng_free(rng);
}

/* The images as they are, each number in the middle of its grey level. */
static void encode_clean(measuring *w, size_t i)
{
    mat_copy(w->seen[i], i ? w->other.x : w->train.x);
    if (w->how.spread) w->how.spread(w->seen[i], NULL);
    firevnet_encode(w->net, w->scores[i], w->nuisances[i], w->seen[i], w->scratch);
}

static const int *labels(const measuring *w, size_t i)
{
    return i ? w->other.y : w->train.y;
}

static double nuisance_percent_wrong(measuring *w, size_t i)
{
    return 100 * (1 - nuisance_accuracy(&w->classifier, w->nuisances[i], labels(w, i)));
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

bool measure(measuring *w, run *r, const char *series)
{
    double wrong[2], nuisance_wrong[2];
    char metric[64];
    encode_clean(w, 1);
    for (size_t epoch; (epoch = posthoc_epoch(&w->after)) < set.epochs;) {
        encode_epoch(w, r, epoch);
        if (!posthoc_learn(&w->after, r, (examples){ w->nuisances[0], w->train.y }, epoch + 1)) return false;
        snprintf(metric, sizeof metric, "nuisance_%s_error", w->other_name);
        run_row(r, series, (double)epoch + 1, metric, nuisance_percent_wrong(w, 1));
    }
    encode_clean(w, 0);
    for (size_t i = 0; i < 2; i++) {
        nuisance_wrong[i] = nuisance_percent_wrong(w, i);
        wrong[i] = percent_wrong(w->scores[i], labels(w, i));
    }
    row(r, series, "", w->other_name, wrong);
    row(r, series, "nuisance_", w->other_name, nuisance_wrong);
    run_row(r, series, RUN_NO_X, "nuisance_excess", nuisance_wrong[1] - wrong[1]);
    return true;
}

void measuring_next(measuring *w)
{
    posthoc_next(&w->after);
}
