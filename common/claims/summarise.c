/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# From seeds to means

    summarise results/quick/agarap2020/table4-fashion.seed*.tsv

What the seeds of one experiment found, averaged: one row for each series, x
and metric, with the sample's standard deviation, the 95 % t-interval of the
mean (`low`, `high`) and its extremes. The gnuplot scripts draw from this.

One seed has no spread: `sd` is `.`, and `low` and `high` repeat the mean, so
that a plot still shows the dot, with no bar.

*Reads* the results of one experiment in one profile. *Writes* a table on
standard output or to `--output`. *Checked by* `tests/claims.bats`.
*/
#include <argp.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/error.h"
#include "claims/estimate.h"
#include "claims/lines.h"
#include "claims/results.h"

typedef struct settings { const char *output; char **files; size_t count; } settings;

static error_t take(int key, char *text, struct argp_state *state)
{
    settings *s = state->input;
    switch (key) {
    case 'o': s->output = text; return 0;
    case ARGP_KEY_ARGS:
        s->files = state->argv + state->next;
        s->count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which results?");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "output", 'o', "FILE", 0, "write there (default: standard output)", 0 },
    { 0 }
};
static const struct argp parser = {
    options, take, "FILE...",
    "Averages the results of one experiment over its seeds: a table of series, x, metric, "
    "n, mean, sd, low, high (95 % t-interval), min, max.", NULL, NULL, NULL
};

static void cell_print(FILE *to, const cell *c)
{
    estimate e = estimate_of(c->value, c->n);
    interval m = interval_mean(e, 0.95);
    if (c->n == 1) m.low = m.high = m.mean;
    fprintf(to, "%s\t%s\t%s\t%zu\t%.9g\t", c->series, c->x, c->metric, c->n, m.mean);
    if (c->n == 1)
        fputs(".", to);
    else
        fprintf(to, "%.9g", sample_sd(c->value, c->n));
    fprintf(to, "\t%.9g\t%.9g\t%.9g\t%.9g\n", m.low, m.high,
            gsl_stats_min(c->value, 1, c->n), gsl_stats_max(c->value, 1, c->n));
}

int main(int argc, char **argv)
{
    settings s = { 0 };
    argp_parse(&parser, argc, argv, 0, NULL, &s);
    arena *memory = arena_new();
    results r;
    output o;
    if (results_read(&r, memory, s.files, s.count) != 0
        || output_open(&o, s.output) != 0)
        die(STATUS_FAILED, "%s", error_text());
    fprintf(o.to, "# paper=%s experiment=%s profile=%s scale=%s seeds=%zu\n", r.paper,
            r.experiment, r.profile, scale_name(r.scale), r.seeds);
    fputs("series\tx\tmetric\tn\tmean\tsd\tlow\thigh\tmin\tmax\n", o.to);
    for (size_t i = 0; i < r.count; i++) cell_print(o.to, &r.cells[i]);
    if (output_close(&o) != 0) die(STATUS_FAILED, "%s", error_text());
    arena_free(memory);
    return STATUS_DONE;
}
