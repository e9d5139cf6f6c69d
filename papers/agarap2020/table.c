/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "run/load.h"
#include "table.h"

static struct { size_t labelled, examples; } n;

static size_t all_steps(void)
{
    size_t steps = training_steps(&baseline, n.examples);
    for (size_t i = 0; i < VARIANTS; i++)
        if (table_1[i].labels) steps += training_steps(&table_1[i], n.labelled);
    return steps;
}

/* Training 0: the baseline, and with it all rows without labels. */
static void unlabelled_rows(trainer *m, const dataset *set, examples all, arena *memory)
{
    train(m, &baseline, all);
    evaluate_codes(m, baseline.name, RUN_NO_X, all, set->test, set->classes, memory);
    for (size_t i = 0; i < VARIANTS; i++)
        if (!table_1[i].labels)
            evaluate_codes(m, table_1[i].name, RUN_NO_X, all, set->test, set->classes, memory);
}

static void labelled_row(trainer *m, const variant *v, const dataset *set, examples labelled,
                         arena *memory)
{
    train(m, v, labelled);
    evaluate_codes(m, v->name, RUN_NO_X, labelled, set->test, set->classes, memory);
}

static void rows(run *r, const dataset *set, arena *memory)
{
    gsl_rng *pick = rng_new(run_seed(r), "labelled");
    examples all = examples_subset(set->train, n.examples, pick, memory);
    examples labelled = examples_subset(set->train, n.labelled, pick, memory);
    gsl_rng_free(pick);

    trainer m;
    size_t most = n.examples > n.labelled ? n.examples : n.labelled;
    trainer_init(&m, r, set->train.x.cols, most, memory);
    m.steps = all_steps();
    if (!run_resume(r)) {
        evaluate_pixels(r, all, set->test, set->classes, memory);
        for (size_t i = 0; i < VARIANTS; i++)
            if (!table_1[i].labels) require_baseline(&m, &table_1[i], labelled, 1, memory);
    }
    for (; m.at.training <= VARIANTS; trainer_next(&m)) {
        const variant *v = m.at.training == 0 ? NULL : &table_1[m.at.training - 1];
        if (!v) unlabelled_rows(&m, set, all, memory);
        else if (v->labels) labelled_row(&m, v, set, labelled, memory);
    }
    trainer_free(&m);
}

int table(int argc, char **argv, const table_program *p)
{
    run_setting settings[] = {
        { "labelled", &n.labelled, NULL, { 0 }, "labelled examples of the supervised rows", "III.D" },
        { "examples", &n.examples, NULL, { 0 }, "training examples of all other rows", "III.D" },
        { 0 }
    };
    memcpy(settings[0].value, p->labelled, sizeof p->labelled);
    memcpy(settings[1].value, p->examples, sizeof p->examples);
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "agarap2020", .experiment = p->experiment, .purpose = p->purpose,
        .settings = { settings, protocol_settings, fixed_temperature } });
    arena *memory = arena_new();
    dataset set = run_load(r, p->set, p->stand_in, memory);
    if (p->stand_in && set.train.x.rows < n.examples) n.examples = set.train.x.rows;
    rows(r, &set, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
