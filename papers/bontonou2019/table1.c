/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "classifiers.h"
#include "run/load.h"
#include "run/trained.h"
#include "table1.h"

objective table1_objective(table1_network which, size_t classes)
{
    if (which == CE) return cross_entropy_of(classes);
    return which == WIDE ? proposed("wide", 200) : proposed("proposed", classes);
}

/*
# Counting errors
*/
static void row(run *r, const char *network, const char *answer, double error)
{
    char series[64];
    snprintf(series, sizeof series, "%s %s", network, answer);
    run_row(r, series, RUN_NO_X, "error", error);
}

/* The most places that support vectors are fitted to are drawn, as is whom a network learns from. */
static void count_svc(trainer *m, const char *network, mat x, examples places, size_t fitted, arena *scratch)
{
    const int *y = m->of->test.y;
    examples some = run_part(m->r, places, "fitted", fitted, scratch);
    row(m->r, network, "RBF SVC", error_of_svc(x, y, some, GAMMA_AUTO, scratch));
    row(m->r, network, "RBF SVC, scale", error_of_svc(x, y, some, GAMMA_SCALE, scratch));
}

static void count(trainer *m, const objective *o, table1_network which, size_t fitted)
{
    const prepared *of = m->of;
    arena *scratch = arena_new();
    mat x = embedder_places(&m->net, o, of->test.x, m->t, scratch);
    if (o->ends == SCORES) row(m->r, o->name, "argmax", error_of_scores(x, of->test.y));
    else {
        examples places = { embedder_places(&m->net, o, of->train.x, m->t, scratch), of->train.y };
        neighbour_errors found = error_of_neighbours(x, of->test.y, places, scratch);
        row(m->r, o->name, "1-NN", found.one);
        row(m->r, o->name, "10-NN", found.ten);
        if (which != WIDE) count_svc(m, o->name, x, places, fitted, scratch);
    }
    arena_free(scratch);
}

/*
# Networks for others
*/
typedef struct kept { embedder *net; size_t side, examples; } kept;

static void keep(void *of, checkpoint *c)
{
    kept *k = of;
    embedder_keep(k->net, c);
    checkpoint_keep(c, "side", &k->side, sizeof k->side);
    checkpoint_keep(c, "examples", &k->examples, sizeof k->examples);
}

static kept kept_of(embedder *net, const prepared *of)
{
    return (kept){ .net = net, .side = of->s.to.width, .examples = of->train.x.rows };
}

void table1_load(run *r, const char *experiment, const char *name, embedder *net, const prepared *of)
{
    const kept here = kept_of(net, of);
    kept found = here;
    trained_load(r, experiment, run_seed(r), name, &found, keep);
    if (found.side == here.side && found.examples == here.examples) return;
    die(STATUS_USAGE, "the network \"%s\" of %s learned from %zu images with a side of %zu, and here are %zu of %zu: "
        "expected the same --examples and --side", name, experiment, found.examples, found.side, here.examples, here.side);
}

/*
# The table
*/
static struct { size_t examples, tested, fitted; } set_to;

static bool limits_fit(const table1_program *p)
{
    return p->fitted[0] > 0;
}

static void rows(run *r, const table1_program *p)
{
    arena *memory = arena_new();
    prepared of = prepared_load(r, p->set, set_to.examples, set_to.tested, false, memory);
    size_t n = of.train.x.rows, fitted = limits_fit(p) ? set_to.fitted : n;
    size_t trainings = p->wide ? WIDE + 1 : PROPOSED + 1;
    trainer m;
    trainer_init(&m, r, &of, p->by_adam ? by_adam(n, p->mirrored) : descent(n, p->mirrored), trainings, memory);
    run_resume(r);
    for (; m.at.training < trainings; trainer_next(&m)) {
        table1_network which = (table1_network)m.at.training;
        objective o = table1_objective(which, of.classes);
        train(&m, &o, m.how.steps);
        count(&m, &o, which, fitted);
        kept k = kept_of(&m.net, &of);
        trained_save(r, o.name, &k, keep);
    }
    trainer_free(&m);
    arena_free(memory);
}

int table1(int argc, char **argv, const table1_program *p)
{
    run_setting settings[] = {
        { "examples", &set_to.examples, NULL, { 0 }, "of the training set to learn from", "4.1" },
        { "tested", &set_to.tested, NULL, { 0 }, "test examples", "4.1" },
        { "fitted", &set_to.fitted, NULL, { 0 }, "training examples for the support vectors, at most", "ours" },
        { 0 }
    };
    memcpy(settings[0].value, p->examples, sizeof p->examples);
    memcpy(settings[1].value, p->tested, sizeof p->tested);
    memcpy(settings[2].value, p->fitted, sizeof p->fitted);
    if (!limits_fit(p)) settings[2] = (run_setting){ 0 };
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = p->experiment, .purpose = p->purpose,
        .settings = { settings, prepared_settings, network_settings, training_settings,
                      p->by_adam ? adam_settings : descent_settings } });
    rows(r, p);
    run_end(r);
    return STATUS_DONE;
}
