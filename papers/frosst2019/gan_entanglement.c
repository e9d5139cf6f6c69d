/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/rng.h"
#include "learn/entanglement.h"
#include "learn/knn_classifier.h"
#include "gan_entanglement.h"

gan_entanglement gan_entanglement_new(const gan *g, examples from, size_t n, arena *memory)
{
    run *r = g->r;
    size_t looks = g->plan.looks + 1;
    if (n > from.x.rows)
        die(STATUS_USAGE, "--measured %zu of %zu images: expected no more than there are", n, from.x.rows);
    gan_entanglement m = { n, looks, gan_draw(r, "measured noise", n, memory), arena_mat(memory, 2 * n, from.x.cols),
                   arena_take(memory, 2 * n, sizeof *m.label), arena_take(memory, looks, sizeof *m.loss),
                   arena_take(memory, looks, sizeof *m.step), 0 };
    size_t *index = arena_take(memory, n, sizeof *index);
    gsl_rng *rng = rng_new(run_seed(r), "measured");
    batches_choose(index, n, from.x.rows, rng);
    gsl_rng_free(rng);
    mat_gather(mat_rows(m.both, 0, n), from.x, index);
    for (size_t i = 0; i < 2 * n; i++) m.label[i] = i >= n;
    for (size_t k = 0; k < looks; k++) m.loss[k] = m.step[k] = 0;
    checkpoint_keep(run_checkpoint(r), "entanglement", m.loss, looks * sizeof *m.loss);
    checkpoint_keep(run_checkpoint(r), "steps of it", m.step, looks * sizeof *m.step);
    return m;
}

void gan_entanglement_look(gan_entanglement *m, gan *g)
{
    size_t k = g->look;
    const char *series = g->rules->name;
    gan_paint(mat_rows(m->both, m->n, m->n), g, m->noise);
    m->loss[k] = entanglement_of_batch(m->both, m->label, SQUARED_EUCLIDEAN, g->t, NULL);
    m->step[k] = (double)g->at.step;
    m->own_kind = knn_leave_one_out(m->both, m->label, tape_arena(g->t));
    tape_reset(g->t);
    run_row(g->r, series, m->step[k], "snnl", m->loss[k]);
    run_row(g->r, series, m->step[k], "own_kind", m->own_kind);
}

void gan_entanglement_conclude(const gan_entanglement *m, const gan *g)
{
    run *r = g->r;
    const char *series = g->rules->name;
    double start = m->loss[0], end = m->loss[m->looks - 1], most = start, fall = 0;
    for (size_t k = 0; k < m->looks; k++) {
        most = fmax(most, m->loss[k]);
        fall = fmax(fall, most - m->loss[k]);
    }
    run_row(r, series, RUN_NO_X, "snnl_start", start);
    run_row(r, series, RUN_NO_X, "snnl_end", end);
    run_row(r, series, RUN_NO_X, "own_kind_end", m->own_kind);
    run_row(r, series, RUN_NO_X, "rise", end - start);
    run_row(r, series, RUN_NO_X, "largest_fall", fall);
}
