/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "claims/distinct.h"
#include "claims/overview.h"

/*
# The scoreboard
*/
enum { OF_THE_PAPER = 1, OURS = 2 };
static const struct sort { const char *name; unsigned kinds, whose; } sorts[] = {
    { "averages", 1u << CLAIM_VALUE, OF_THE_PAPER },
    { "bests", 1u << CLAIM_BEST, OF_THE_PAPER },
    { "orders", 1u << CLAIM_ORDER | 1u << CLAIM_SAME, OF_THE_PAPER },
    { "shapes", 1u << CLAIM_SHAPE, OF_THE_PAPER },
    { "ours, after it", ~0u, OURS },
    { "all", ~0u, OF_THE_PAPER | OURS },
};

static void scores_print(FILE *to, const review *all, const struct sort *s)
{
    size_t count[VERDICTS] = { 0 }, judged = 0;
    for (size_t i = 0; i < all->claims.count; i++) {
        const claim *c = &all->claims.at[i];
        bool counts = s->kinds >> c->kind & 1 && s->whose & (claim_is_ours(c) ? OURS : OF_THE_PAPER);
        if (!claim_is_judged(c) || !counts) continue;
        count[all->of[i].verdict]++;
        judged++;
    }
    if (!judged) return;
    fprintf(to, "| %s | %s |", all->paper, s->name);
    for (int v = 0; v < VERDICTS; v++) fprintf(to, " %zu |", count[v]);
    fprintf(to, " %zu |\n", judged);
}

void scoreboard_print(FILE *to, const review *all, size_t papers)
{
    fputs("| paper | of its |", to);
    for (int v = 0; v < VERDICTS; v++) fprintf(to, " %s |", verdict_name(v));
    fputs(" claims |\n|:--|:--|", to);
    for (int v = 0; v < VERDICTS; v++) fputs("--:|", to);
    fputs("--:|\n", to);
    for (size_t p = 0; p < papers; p++)
        for (size_t s = 0; s < sizeof sorts / sizeof *sorts; s++)
            scores_print(to, &all[p], &sorts[s]);
}

/*
# The grid
*/
static const char *sign_of(verdict v)
{
    static const char *const sign[VERDICTS] = { "=", "~", "≠", "?", "-" };
    return sign[v];
}

static bool has_a_cell(const claim *c, const char *experiment)
{
    return claim_belongs(c, experiment) && (c->kind == CLAIM_VALUE || c->kind == CLAIM_BEST)
        && strcmp(c->x, ".") == 0;
}

static void cell_print(FILE *to, const review *all, const char *experiment, const char *series,
                       const char *metric)
{
    fputs(" |", to);
    for (size_t i = 0; i < all->claims.count; i++) {
        const claim *c = &all->claims.at[i];
        if (has_a_cell(c, experiment) && strcmp(c->series, series) == 0
            && strcmp(c->metric, metric) == 0)
            fprintf(to, " %s", sign_of(all->of[i].verdict));
    }
}

static void cells_print(FILE *to, const review *all, const char *experiment, const distinct *series,
                        const distinct *metrics)
{
    fputs("| average, best |", to);
    for (size_t m = 0; m < metrics->count; m++) fprintf(to, " %s |", metrics->at[m]);
    fputs("\n|:--|", to);
    for (size_t m = 0; m < metrics->count; m++) fputs(":-:|", to);
    for (size_t s = 0; s < series->count; s++) {
        fprintf(to, "\n| %s", series->at[s]);
        for (size_t m = 0; m < metrics->count; m++)
            cell_print(to, all, experiment, series->at[s], metrics->at[m]);
        fputs(" |", to);
    }
    fputs("\n\n", to);
}

void grid_print(FILE *to, const review *all, const char *experiment, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    distinct series = distinct_new(scratch, all->claims.count), metrics = distinct_new(scratch, all->claims.count);
    for (size_t i = 0; i < all->claims.count; i++) {
        const claim *c = &all->claims.at[i];
        if (!has_a_cell(c, experiment)) continue;
        distinct_place(&series, c->series);
        distinct_place(&metrics, c->metric);
    }
    if (series.count > 1 && metrics.count > 1) {
        cells_print(to, all, experiment, &series, &metrics);
        for (int v = 0; v < VERDICTS; v++)
            fprintf(to, "%s %s%s", sign_of((verdict)v), verdict_name((verdict)v), v + 1 < VERDICTS ? ", " : ".\n\n");
    }
    arena_release(scratch, mark);
}
