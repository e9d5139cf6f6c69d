/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "history.h"
#include "learn/correlation.h"

static history history_of(size_t layers, size_t looks, arena *memory)
{
    history h = { layers, looks, arena_take(memory, layers * looks, sizeof *h.at),
                  arena_take(memory, looks, sizeof *h.step) };
    for (size_t i = 0; i < layers * looks; i++) h.at[i] = 0;
    for (size_t k = 0; k < looks; k++) h.step[k] = 0;
    return h;
}

history history_new(const network *net, size_t looks, checkpoint *c, arena *memory)
{
    history h = history_of(net->layers + 1, looks, memory);
    checkpoint_keep(c, "history", h.at, h.layers * looks * sizeof *h.at);
    checkpoint_keep(c, "steps of it", h.step, looks * sizeof *h.step);
    return h;
}

void history_look(history *h, trainer *m, examples part, distance d)
{
    double loss[MOST_LAYERS + 1];
    size_t k = m->at.looks;
    measure_layers(loss, &m->net, part, m->how.batch, d, m->t, m->scratch);
    h->step[k] = (double)m->at.step;
    for (size_t i = 0; i < h->layers; i++) h->at[i * h->looks + k] = loss[i];
}

history history_mean(const history *h, size_t first, size_t count, arena *memory)
{
    history mean = history_of(1, h->looks, memory);
    for (size_t k = 0; k < h->looks; k++) {
        mean.step[k] = h->step[k];
        for (size_t i = first; i < first + count; i++) mean.at[k] += h->at[i * h->looks + k] / (double)count;
    }
    return mean;
}

course history_course(const history *h, size_t layer, size_t early)
{
    const double *at = h->at + layer * h->looks, end = at[h->looks - 1];
    double least = at[0];
    for (size_t k = 1; k < h->looks; k++) least = fmin(least, at[k]);
    if (!(least > 0)) die(STATUS_FAILED, "a layer is not entangled at all at some look: its course has no ratio");
    return (course){ least / at[0], end / least, end / at[early],
                     rank_correlation(h->step + early, at + early, h->looks - early) };
}

void course_rows(run *r, const char *series, course c)
{
    run_row(r, series, RUN_NO_X, "least_over_start", c.least_over_start);
    run_row(r, series, RUN_NO_X, "end_over_least", c.end_over_least);
    run_row(r, series, RUN_NO_X, "end_over_early", c.end_over_early);
    run_row(r, series, RUN_NO_X, "correlation", c.correlation);
}
