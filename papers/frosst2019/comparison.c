/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "comparison.h"
#include "run/load.h"
#include "run/trained.h"

/* Where the test cross-entropy of this training was least so far. */
typedef struct turn { double least; size_t step; } turn;

/*
# A look
*/
static void look(trainer *m, const objective *o, turn *of, examples part, examples test)
{
    double step = (double)m->at.step, steps = (double)(m->at.step - m->at.since);
    evaluation on_test = network_evaluate(&m->net, m->t, test), on_train = network_evaluate(&m->net, m->t, part);
    run_row(m->r, o->name, step, "test_accuracy", on_test.accuracy);
    run_row(m->r, o->name, step, "test_cross_entropy", on_test.cross_entropy);
    run_row(m->r, o->name, step, "train_accuracy", on_train.accuracy);
    run_row(m->r, o->name, step, "train_cross_entropy", on_train.cross_entropy);
    run_row(m->r, o->name, step, "batch_cross_entropy", m->at.cross_entropy / steps);
    if (o->alpha != 0) run_row(m->r, o->name, step, "snnl_sum", m->at.snnl / steps);
    m->at.cross_entropy = m->at.snnl = 0;
    m->at.since = m->at.step;
    if (m->at.looks == 0 || on_test.cross_entropy < of->least) *of = (turn){ on_test.cross_entropy, m->at.step };
    if (m->at.step < m->how.steps) return;
    run_row(m->r, o->name, RUN_NO_X, "accuracy", on_test.accuracy);
    run_row(m->r, o->name, RUN_NO_X, "cross_entropy", on_test.cross_entropy);
    run_row(m->r, o->name, RUN_NO_X, "gap", on_test.cross_entropy - on_train.cross_entropy);
    run_row(m->r, o->name, RUN_NO_X, "overfits_at", (double)of->step);
    if (o->alpha != 0) temperatures_rows(&m->T, m->r, o);
}

/*
# The comparison
*/
void comparison_run(run *r, const dataset *set, network net, recipe how, distance d, size_t looks, arena *memory)
{
    const objective objectives[] = { objective_baseline, objective_entangled(d) };
    examples part = run_part(r, set->train, "train part", set->test.x.rows, memory);
    trainer m;
    turn of = { 0 };
    trainer_init(&m, r, net, set->shape, how, 2, set->train.x.rows, memory);
    checkpoint_keep(run_checkpoint(r), "turn", &of, sizeof of);
    run_resume(r);
    for (; m.at.training < 2; trainer_next(&m)) {
        const objective *o = &objectives[m.at.training];
        for (; m.at.looks < looks; m.at.looks++) {
            training_run(&m, o, set->train, trainer_look(&m, m.at.looks + 1, looks));
            look(&m, o, &of, part, set->test);
        }
        trained_save(r, o->name, &m.net, network_keep);
    }
    trainer_free(&m);
}
