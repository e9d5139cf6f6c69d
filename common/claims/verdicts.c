/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The verdicts of a paper

    verdicts agarap2020 frosst2019
    verdicts --output=build/verdicts/agarap2020.tsv agarap2020

Judges every claim in `papers/NAME/claims.tsv` by the best results there are
and prints a table to read; with `--output` it writes the same, complete, as
tab-separated columns for programs. Literature and readings are not judged and do not
appear.

The exit status is 0 whatever the verdicts are: "differs" is a result. It is 1
if a file of claims or of results cannot be believed.

*Reads* claims and results. *Checked by* `tests/claims.bats`.
*/
#include "base/error.h"
#include "base/number.h"
#include "claims/asked.h"
#include "claims/lines.h"

typedef struct settings {
    asked asked;
    const char *output;
} settings;

static error_t take(int key, char *text, struct argp_state *state)
{
    settings *s = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &s->asked; return 0;
    case 'o': s->output = text; return 0;
    case ARGP_KEY_SUCCESS:
        if (s->output && s->asked.count != 1)
            argp_error(state, "--output takes one paper, not %zu", s->asked.count);
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "output",  'o', "FILE", 0, "write all columns there, tab-separated", 0 },
    { 0 }
};
static const struct argp_child children[] = { { &asked_papers, 0, NULL, 0 }, { 0 } };
static const struct argp parser = {
    options, take, NULL,
    "Judges the claims of each PAPER by its best results: paper profile, else desk, else "
    "quick.", children, NULL, NULL
};

/*
# For people

Two lines a claim, the second with the numbers or with what is missing, and
one line a paper that counts the verdicts.
*/
static void review_show(FILE *to, const review *all)
{
    fprintf(to, "%s\n", all->paper);
    for (size_t i = 0; i < all->claims.count; i++) {
        const claim *c = &all->claims.at[i];
        const judgement *j = &all->of[i];
        if (!claim_is_judged(c)) continue;
        fprintf(to, "  %-20s  %-20s %s\n", verdict_name(j->verdict), c->id, c->statement);
        fprintf(to, "  %-20s  %-20s ", "", "");
        if (j->n > 0) fprintf(to, "%s, %s scale, n = %zu; ", j->profile, scale_name(j->scale), j->n);
        fprintf(to, "%s\n", j->why);
    }
    fprintf(to, "  %zu claims:", all->judged);
    for (int v = 0; v < VERDICTS; v++)
        fprintf(to, " %zu %s%s", all->count[v], verdict_name(v),
                v + 1 < VERDICTS ? "," : "\n");
}

/* For programs: numbers as the results have them, `.` for none. */
static void review_write(FILE *to, const review *all)
{
    fputs("id\twhere\texperiment\tseries\tx\tmetric\tkind\trelation\tversus\tpublished\tours\t"
          "low\thigh\tn\tprofile\tscale\tverdict\twhy\tstatement\tnote\tholds_if\n", to);
    for (size_t i = 0; i < all->claims.count; i++) {
        const claim *c = &all->claims.at[i];
        const judgement *j = &all->of[i];
        if (!claim_is_judged(c)) continue;
        fprintf(to, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", c->id, c->where, c->experiment,
                c->series, c->x, c->metric, kind_name(c->kind), c->relation, c->versus,
                c->published_text);
        const double number[] = { j->ours, j->low, j->high };
        for (size_t k = 0; k < 3; k++) {
            fputc('\t', to);
            number_print(to, number[k]);
        }
        fprintf(to, "\t%zu\t%s\t%s\t%s\t%s\t%s\t%s\t", j->n, j->profile, scale_name(j->scale),
                verdict_name(j->verdict), j->why, c->statement,
                j->verdict == DIFFERS ? c->note : ".");
        claim_test_print(to, c);
        fputc('\n', to);
    }
}

int main(int argc, char **argv)
{
    settings s = { .asked.where = PLACES };
    argp_parse(&parser, argc, argv, 0, NULL, &s);
    arena *memory = arena_new();
    review *all = arena_take(memory, s.asked.count, sizeof *all);
    output o;
    for (size_t i = 0; i < s.asked.count; i++)
        if (review_read(&all[i], memory, &s.asked.where, s.asked.papers[i]) != 0)
            die(STATUS_FAILED, "%s", error_text());
    if (output_open(&o, s.output) != 0) die(STATUS_FAILED, "%s", error_text());
    for (size_t i = 0; i < s.asked.count; i++)
        (s.output ? review_write : review_show)(o.to, &all[i]);
    if (output_close(&o) != 0) die(STATUS_FAILED, "%s", error_text());
    arena_free(memory);
    return STATUS_DONE;
}
