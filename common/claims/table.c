/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# A paper's table, with ours beside it

    table --profile=quick agarap2020 table4-fashion

The numbers that the paper prints for an experiment are its claims of kind
value, best, literature and reading. Laid out as the paper has them (a row a series, a
column a metric, averages and bests apart), each cell reads

    published / ours +- half

where half is half the 95 % t-interval of our mean, which a best and a single
seed do not have. The published number beside a reading stands in brackets: the paper has no such row. What lies
within the margin is bold, a number of the paper's only where it could be judged, at the paper's scale.
Below the table stands what the notes on literature say of it. Results of any profile are shown, and the caption says at which scale they ran:
looking is not judging.

*Reads* claims and results. *Writes* Markdown on standard output or to
`--output`, and with `--tsv` the same cells as columns. *Checked by*
`tests/claims.bats`.
*/
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "claims/asked.h"
#include "claims/distinct.h"
#include "claims/estimate.h"
#include "claims/lines.h"

typedef struct settings {
    places where;
    const char *output, *tsv, *profile, *paper, *experiment;
} settings;

static error_t take(int key, char *text, struct argp_state *state)
{
    settings *s = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &s->where; return 0;
    case 'o': s->output = text; return 0;
    case 't': s->tsv = text; return 0;
    case 'P': s->profile = text; return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num == 0) s->paper = text;
        else if (state->arg_num == 1) s->experiment = text;
        else argp_error(state, "one paper and one experiment, not also %s", text);
        return 0;
    case ARGP_KEY_END:
        if (state->arg_num < 2) argp_error(state, "which paper, and which experiment?");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "output",  'o', "FILE", 0, "write the Markdown there (default: standard output)", 0 },
    { "tsv",     't', "FILE", 0, "write the cells there, tab-separated", 0 },
    { "profile", 'P', "NAME", 0, "show the results of this profile (default: the first of "
      "paper, desk and quick that has any)", 0 },
    { 0 }
};
static const struct argp_child children[] = { { &asked_places, 0, NULL, 0 }, { 0 } };
static const struct argp parser = {
    options, take, "PAPER EXPERIMENT",
    "Prints the published numbers of an experiment as a table, each with ours beside it.",
    children, NULL, NULL
};

/*
# Rows and columns

Both come from the claims, in the order in which the file first names them:
the file follows the paper. A column is a metric and whether its best or its
average is meant.
*/
typedef struct table {
    const claim **cells;                    /* of this experiment, in file order */
    size_t count;
    const claim **rows, **columns;          /* the first claim of each */
    size_t row_count, column_count;
    distinct notes;                         /* on literature */
} table;

static bool is_best(const claim *c)
{
    return strcmp(c->relation, "max") == 0 || strcmp(c->relation, "min") == 0;
}

static bool same_row(const claim *a, const claim *b)
{
    return strcmp(a->series, b->series) == 0 && strcmp(a->x, b->x) == 0;
}

static bool same_column(const claim *a, const claim *b)
{
    return strcmp(a->metric, b->metric) == 0 && is_best(a) == is_best(b);
}

static void add_new(const claim **list, size_t *count, const claim *c,
                    bool (*same)(const claim *, const claim *))
{
    for (size_t i = 0; i < *count; i++)
        if (same(list[i], c)) return;
    list[(*count)++] = c;
}

static int table_fill(table *t, arena *a, const claims *all, const char *experiment)
{
    *t = (table){ .cells = arena_take(a, all->count, sizeof *t->cells),
                  .rows = arena_take(a, all->count, sizeof *t->rows),
                  .columns = arena_take(a, all->count, sizeof *t->columns),
                  .notes = distinct_new(a, all->count) };
    for (size_t i = 0; i < all->count; i++) {
        const claim *c = &all->at[i];
        bool number = c->kind == CLAIM_VALUE || c->kind == CLAIM_BEST
                   || !claim_is_judged(c);
        if (!number || strcmp(c->experiment, experiment) != 0) continue;
        t->cells[t->count++] = c;
        if (c->kind == CLAIM_LITERATURE && strcmp(c->note, ".") != 0) distinct_place(&t->notes, c->note);
        add_new(t->rows, &t->row_count, c, same_row);
        add_new(t->columns, &t->column_count, c, same_column);
    }
    return t->count ? 0 : fail("%s: no value, best, literature or reading of experiment %s: nothing to "
                               "tabulate", all->path, experiment);
}

static const claim *cell_claim(const table *t, size_t row, size_t column)
{
    for (size_t i = 0; i < t->count; i++)
        if (same_row(t->cells[i], t->rows[row])
            && same_column(t->cells[i], t->columns[column]))
            return t->cells[i];
    return NULL;
}

/* Our side of a cell; NaN where there is none. */
typedef struct ours { double value, half; size_t n; } ours;

static ours cell_ours(const claim *c, const results *r)
{
    ours o = { NAN, NAN, 0 };
    const cell *found = r ? results_find(r, c->series, c->x, c->metric) : NULL;
    if (!found) return o;
    o.n = found->n;
    if (is_best(c)) {
        o.value = claim_best(c, found);
        return o;
    }
    interval m = interval_mean(estimate_of(found->value, found->n), 0.95);
    o.value = m.mean;
    o.half = (m.high - m.low) / 2;
    return o;
}

/*
# Markdown

A cell of the paper that is empty stays empty; one of ours that is not there
is a dash.
*/
static bool is_near(const claim *c, const results *r)
{
    bool compared = r && (c->kind == CLAIM_READING || (claim_is_judged(c) && r->scale == PAPER_SCALE));
    return compared && fabs(cell_ours(c, r).value - c->published) <= claim_margin(c);
}

static void cell_show(FILE *to, const claim *c, const results *r)
{
    if (!c) {
        fputs(" |", to);
        return;
    }
    ours o = cell_ours(c, r);
    const char *mark = is_near(c, r) ? "**" : "";
    bool read = c->kind == CLAIM_READING;
    fprintf(to, " %s%s%s", read ? "(" : "", c->published_text, read ? ")" : "");
    if (c->kind != CLAIM_LITERATURE || o.n > 0)
        fprintf(to, " / %s%s%s", mark, number_within(o.value, o.half).text, mark);
    if (!isnan(o.half)) fprintf(to, " ± %s", number_within(o.half, o.half).text);
    fputs(" |", to);
}

static void caption_show(FILE *to, const table *t, const settings *s, const results *r,
                         const char *missing)
{
    fprintf(to, "\n%s, %s. Each cell: published / ours", s->paper, s->experiment);
    if (!r) {
        fprintf(to, ". Not run: %s.\n", missing ? missing : "no results");
        return;
    }
    fprintf(to, " ± half of the 95 %% t-interval of the mean; profile %s, %s, %zu seed%s.\n", r->profile, scale_words(r->scale),
            r->seeds, r->seeds == 1 ? "" : "s");
    bool bold = false, average = false, reading = false;
    for (size_t i = 0; i < t->count; i++) {
        const claim *c = t->cells[i];
        bool near = is_near(c, r);
        bold = bold || near;
        average = average || (near && c->kind == CLAIM_VALUE);
        reading = reading || c->kind == CLAIM_READING;
    }
    if (reading) fputs("In brackets: published, of what the row is a reading of.\n", to);
    if (bold) fputs("Bold: within the margin of the published number.\n", to);
    if (average) fputs("The verdict on an average, in REPRODUCE.md, asks that of its interval.\n", to);
    for (size_t i = 0; i < t->notes.count; i++) fprintf(to, "%s\n", t->notes.at[i]);
}

static void table_show(FILE *to, const table *t, const settings *s, const results *r,
                       const char *missing)
{
    fputs("| |", to);
    for (size_t j = 0; j < t->column_count; j++)
        fprintf(to, " %s %s |", t->columns[j]->metric,
                is_best(t->columns[j]) ? "best" : "average");
    fputs("\n|:--|", to);
    for (size_t j = 0; j < t->column_count; j++) fputs("--:|", to);
    fputc('\n', to);
    for (size_t i = 0; i < t->row_count; i++) {
        bool no_x = strcmp(t->rows[i]->x, ".") == 0;
        fprintf(to, "| %s%s%s |", t->rows[i]->series, no_x ? "" : ", ",
                no_x ? "" : t->rows[i]->x);
        for (size_t j = 0; j < t->column_count; j++) cell_show(to, cell_claim(t, i, j), r);
        fputc('\n', to);
    }
    caption_show(to, t, s, r, missing);
}

static void table_write(FILE *to, const table *t, const results *r)
{
    fputs("series\tx\tmetric\tstatistic\tpublished\tours\thalf\tn\n", to);
    for (size_t i = 0; i < t->count; i++) {
        const claim *c = t->cells[i];
        ours o = cell_ours(c, r);
        fprintf(to, "%s\t%s\t%s\t%s\t%s", c->series, c->x, c->metric,
                is_best(c) ? "best" : "average", c->published_text);
        fputc('\t', to);
        number_print(to, o.value);
        fputc('\t', to);
        number_print(to, o.half);
        fprintf(to, "\t%zu\n", o.n);
    }
}

static int results_choose(results *r, bool *found, const char **missing, arena *a,
                          const settings *s)
{
    const char *const wanted[] = { s->profile, NULL };
    *found = false;
    const char *reason = NULL;
    for (const char *const *p = s->profile ? wanted : profiles; *p && !*found; p++) {
        if (results_find_files(r, found, missing, a, &s->where, s->paper, s->experiment,
                               *p) != 0)
            return -1;
        if (!reason) reason = *missing;
    }
    *missing = reason;
    return 0;
}

int main(int argc, char **argv)
{
    settings s = { .where = PLACES };
    argp_parse(&parser, argc, argv, 0, NULL, &s);
    arena *memory = arena_new();
    claims all;
    table t;
    results r;
    bool found;
    const char *missing;
    output o;
    if (claims_of(&all, memory, &s.where, s.paper) != 0
        || table_fill(&t, memory, &all, s.experiment) != 0
        || results_choose(&r, &found, &missing, memory, &s) != 0
        || output_open(&o, s.output) != 0)
        die(STATUS_FAILED, "%s", error_text());
    table_show(o.to, &t, &s, found ? &r : NULL, missing);
    if (output_close(&o) != 0) die(STATUS_FAILED, "%s", error_text());
    if (s.tsv) {
        if (output_open(&o, s.tsv) != 0) die(STATUS_FAILED, "%s", error_text());
        table_write(o.to, &t, found ? &r : NULL);
        if (output_close(&o) != 0) die(STATUS_FAILED, "%s", error_text());
    }
    arena_free(memory);
    return STATUS_DONE;
}
