/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The verdicts inside REPRODUCE.md

    reproduce agarap2020 frosst2019

Everything between the lines

    <!-- verdicts begin -->
    <!-- verdicts end -->

of the file is replaced by what the claims and the results say now: a
scoreboard, then for each experiment its verdicts at a glance, and a table of its
claims. The rest of the file is left as it is. No number in that part is
typed by hand.

*Reads* claims, results and the file. *Writes* the file, whole or not at all.
*Checked by* `tests/claims.bats`.
*/
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "claims/asked.h"
#include "claims/distinct.h"
#include "claims/lines.h"
#include "claims/overview.h"

#define BEGIN "<!-- verdicts begin -->"
#define END   "<!-- verdicts end -->"

typedef struct settings {
    asked asked;
    const char *file;
} settings;

static error_t take(int key, char *text, struct argp_state *state)
{
    settings *s = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &s->asked; return 0;
    case 'f': s->file = text; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "file",    'f', "FILE", 0, "the file to bring up to date (default: REPRODUCE.md)", 0 },
    { 0 }
};
static const struct argp_child children[] = { { &asked_papers, 0, NULL, 0 }, { 0 } };
static const struct argp parser = {
    options, take, NULL,
    "Rewrites the part of REPRODUCE.md between \"" BEGIN "\" and \"" END "\": the "
    "scoreboard, and the verdict on every claim.", children, NULL, NULL
};

/* Text in a cell of a Markdown table: a bar would end it, a < begin a tag. */
static void text_print(FILE *to, const char *text)
{
    for (; *text; text++)
        if (*text == '|') fputs("\\|", to);
        else if (*text == '<') fputs("&lt;", to);
        else fputc(*text, to);
}

/*
# One row

"ours" is a number, its 90 % interval, and what stands behind it: `0.841 [0.835,
0.847] (4, desk)`. A *differs* is followed by the number of a note that says what is
known of why, below the table; a *not run* or *undecided* by what is missing.
*/
static void ours_print(FILE *to, const judgement *j)
{
    if (j->n == 0) {
        fputs("-", to);
        return;
    }
    double width = j->high - j->low;
    fputs(number_within(j->ours, width).text, to);
    if (!isnan(j->low))
        fprintf(to, " [%s, %s]", number_within(j->low, width).text, number_within(j->high, width).text);
    bool full = j->scale == PAPER_SCALE;
    fprintf(to, " (%zu, %s%s%s)", j->n, j->profile, full ? "" : ", ", full ? "" : scale_name(j->scale));
}

static void row_print(FILE *to, const claim *c, const judgement *j, distinct *notes)
{
    fputs("| ", to);
    text_print(to, c->statement);
    fputs(" | ", to);
    text_print(to, c->where);
    fputs(" | ", to);
    claim_test_print(to, c);
    fprintf(to, " | %s | ", isnan(c->published) ? "-" : c->published_text);
    ours_print(to, j);
    fprintf(to, " | *%s*", verdict_name(j->verdict));
    if (j->verdict == DIFFERS && strcmp(c->note, ".") != 0) {
        fprintf(to, " (%zu)", distinct_place(notes, c->note) + 1);
    } else if (j->verdict == NOT_RUN || j->verdict == UNDECIDED) {
        fputs(": ", to);
        text_print(to, j->why);
    }
    fputs(" |\n", to);
}

static void experiment_print(FILE *to, const review *all, const char *experiment, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    distinct notes = distinct_new(scratch, all->claims.count);
    fprintf(to, "\n#### %s, %s\n\n", all->paper, experiment);
    grid_print(to, all, experiment, scratch);
    fputs("| claim | where | measured, holds if | published | ours [90 % interval] (n, profile) | verdict |\n"
          "|:--|:--|:--|--:|--:|:--|\n", to);
    for (size_t i = 0; i < all->claims.count; i++)
        if (claim_belongs(&all->claims.at[i], experiment))
            row_print(to, &all->claims.at[i], &all->of[i], &notes);
    for (size_t i = 0; i < notes.count; i++) {
        fprintf(to, "%s%zu. ", i ? "" : "\n", i + 1);
        text_print(to, notes.at[i]);
        fputc('\n', to);
    }
    arena_release(scratch, mark);
}

/* Experiments in the order in which the claims first name them. */
static void review_print(FILE *to, const review *all, arena *scratch)
{
    distinct experiments = distinct_new(scratch, all->claims.count);
    for (size_t i = 0; i < all->claims.count; i++)
        if (claim_is_judged(&all->claims.at[i])) distinct_place(&experiments, all->claims.at[i].experiment);
    fprintf(to, "\n### %s\n\n", all->paper);
    for (size_t i = 0; i < experiments.count; i++)
        fprintf(to, "[%s](#%s-%s)%s", experiments.at[i], all->paper, experiments.at[i], i + 1 < experiments.count ? ",\n" : "\n");
    for (size_t i = 0; i < experiments.count; i++) experiment_print(to, all, experiments.at[i], scratch);
}

/* Where the one line with this marker begins; NULL unless there is one. */
static char *marker_find(char *text, const char *marker, const char *path)
{
    char *found = strstr(text, marker);
    if (!found)
        fail("%s: expected a line \"%s\": nothing to rewrite without it", path, marker);
    else if (strstr(found + 1, marker)) {
        fail("%s: \"%s\" stands there twice: expected it once", path, marker);
        found = NULL;
    }
    return found;
}

static int file_rewrite(const settings *s, arena *memory, const review *all)
{
    char *text;
    output o;
    if (lines_read(&text, memory, s->file) != 0) return -1;
    char *begin = marker_find(text, BEGIN, s->file), *end = NULL;
    if (begin) end = marker_find(text, END, s->file);
    if (!begin || !end) return -1;
    if (end < begin)
        return fail("%s: \"" END "\" stands before \"" BEGIN "\": swap them", s->file);
    if (output_open(&o, s->file) != 0) return -1;
    fprintf(o.to, "%.*s" BEGIN "\n\n", (int)(begin - text), text);
    scoreboard_print(o.to, all, s->asked.count);
    for (size_t i = 0; i < s->asked.count; i++) review_print(o.to, &all[i], memory);
    fprintf(o.to, "\n%s", end);
    return output_close(&o);
}

int main(int argc, char **argv)
{
    settings s = { .asked.where = PLACES, .file = "REPRODUCE.md" };
    argp_parse(&parser, argc, argv, 0, NULL, &s);
    arena *memory = arena_new();
    review *all = arena_take(memory, s.asked.count, sizeof *all);
    for (size_t i = 0; i < s.asked.count; i++)
        if (review_read(&all[i], memory, &s.asked.where, s.asked.papers[i]) != 0)
            die(STATUS_FAILED, "%s", error_text());
    if (file_rewrite(&s, memory, all) != 0) die(STATUS_FAILED, "%s", error_text());
    arena_free(memory);
    return STATUS_DONE;
}
