/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/rng.h"
#include "measuring.h"
#include "mingling.h"

mingling mingling_new(const run *r, examples from, size_t n, arena *memory)
{
    if (n > from.x.rows)
        die(STATUS_USAGE, "--measured %zu of %zu images: expected no more than there are", n, from.x.rows);
    mingling m = { n, gan_draw(r, "measured noise", n, memory), arena_mat(memory, 2 * n, from.x.cols),
                   arena_take(memory, 2 * n, sizeof *m.label) };
    size_t *index = arena_take(memory, n, sizeof *index);
    gsl_rng *rng = rng_new(run_seed(r), "measured");
    batches_choose(index, n, from.x.rows, rng);
    gsl_rng_free(rng);
    mat_gather(mat_rows(m.both, 0, n), from.x, index);
    for (size_t i = 0; i < 2 * n; i++) m.label[i] = i >= n;
    return m;
}

double mingling_look(mingling *m, gan *g, const char *series)
{
    gan_paint(mat_rows(m->both, m->n, m->n), g, m->noise);
    double loss = least_entanglement(m->both, m->label, SQUARED_EUCLIDEAN, g->t, NULL);
    if (g->at.looks == 0) g->at.first = loss;
    run_row(g->r, series, (double)g->at.step, "snnl", loss);
    return loss;
}

void mingling_conclude(const gan *g, const char *series, double last)
{
    run_row(g->r, series, RUN_NO_X, "snnl_start", g->at.first);
    run_row(g->r, series, RUN_NO_X, "snnl_end", last);
    run_row(g->r, series, RUN_NO_X, "rise", last - g->at.first);
}
