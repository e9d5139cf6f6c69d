/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "claims/lines.h"
#include "claims/results.h"

#define COLUMNS "series\tx\tmetric\tvalue"

typedef struct header {
    char paper[64], experiment[64], profile[32];
    scale scale;
    unsigned long seed;
} header;

typedef struct row {
    const char *series, *x, *metric, *path;
    size_t line, place;               /* in its file; among all rows */
    unsigned long seed;
    double value;
} row;

/*
# Scales
*/
static const struct { const char *name, *words; } scales[] = {
    [PAPER_SCALE] = { "paper", "paper scale" },
    [STAND_IN]    = { "stand-in", "on a stand-in for the paper's data" },
    [REDUCED]     = { "reduced", "reduced scale" },
    [OTHER_DATA]  = { "other-data", "on other data than the paper's" },
    [NO_SCALE]    = { ".", "not run" },
};

const char *scale_name(scale s)
{
    return scales[s].name;
}

const char *scale_words(scale s)
{
    return scales[s].words;
}

static scale scale_of(const char *name)
{
    scale s = PAPER_SCALE;
    while (s < NO_SCALE && strcmp(name, scales[s].name) != 0) s++;
    return s;
}

/*
# The comment line

Five facts in a fixed order and nothing else, so that a file with a misspelt
fact is not taken for one without it.
*/
static int header_read(header *h, const char *line, const char *path)
{
    char name[32], seed[20];
    int end = 0;
    if (!line || sscanf(line, "# paper=%63[^ \t] experiment=%63[^ \t] profile=%31[^ \t] "
                        "scale=%31[^ \t] seed=%19[0-9]%n", h->paper, h->experiment,
                        h->profile, name, seed, &end) != 5 || line[end] != '\0')
        return fail("%s:1: \"%s\": expected \"# paper=P experiment=E profile=F "
                    "scale=S seed=N\"", path, line ? line : "");
    h->scale = scale_of(name);
    if (h->scale == NO_SCALE)
        return fail("%s:1: scale=%s: expected paper, stand-in, reduced or other-data", path, name);
    h->seed = strtoul(seed, NULL, 10);
    if (h->seed == 0)
        return fail("%s:1: seed=%s: seeds start at 1", path, seed);
    return 0;
}

static int header_agrees(const header *h, const header *first, const char *path,
                         const char *first_path)
{
    const char *fact[][3] = {
        { "paper", h->paper, first->paper },
        { "experiment", h->experiment, first->experiment },
        { "profile", h->profile, first->profile },
    };
    for (size_t i = 0; i < sizeof fact / sizeof *fact; i++)
        if (strcmp(fact[i][1], fact[i][2]) != 0)
            return fail("%s:1: %s=%s: expected %s as in %s", path, fact[i][0], fact[i][1],
                        fact[i][2], first_path);
    return 0;
}

static int row_read(row *r, char *line, const char *path, size_t number)
{
    char *field[4];
    size_t fields = fields_cut(field, 4, line);
    if (fields != 4)
        return fail("%s:%zu: %zu fields: expected 4 (series, x, metric, value) "
                    "separated by tabs", path, number, fields);
    for (int i = 0; i < 3; i++)
        if (*field[i] == '\0')
            return fail("%s:%zu: field %d is empty: expected a name, or `.` for no x",
                        path, number, i + 1);
    *r = (row){ .series = field[0], .x = field[1], .metric = field[2], .path = path,
                .line = number };
    if (strcasestr(field[3], "nan"))
        return fail("%s:%zu: %s of %s at x = %s is %s, not a number: the run went wrong; "
                    "mend it and run it again", path, number, r->metric, r->series, r->x,
                    field[3]);
    if (!number_read(&r->value, field[3]))
        return fail("%s:%zu: value \"%s\": expected a finite number", path, number, field[3]);
    return 0;
}

static int rows_read(row *rows, size_t *count, char *text, const char *path,
                     unsigned long seed)
{
    char *line = line_next(&text);
    size_t before = *count;
    if (!line || strcmp(line, COLUMNS) != 0)
        return fail("%s:2: \"%s\": expected the columns series, x, metric, value "
                    "separated by tabs", path, line ? line : "");
    for (size_t number = 3; (line = line_next(&text)); number++) {
        row *r = &rows[*count];
        if (row_read(r, line, path, number) != 0) return -1;
        r->place = (*count)++;
        r->seed = seed;
    }
    if (*count == before)
        return fail("%s: has no rows below its header: expected at least one", path);
    return 0;
}

/*
# From rows to cells

Sorted by name and seed, the rows of a cell lie side by side. A second sort
puts the cells back into the order in which the program wrote them, which is
the order a reader and gnuplot expect.
*/
static int name_order(const char *const a[3], const char *const b[3])
{
    int order = strcmp(a[0], b[0]);
    if (order == 0) order = strcmp(a[1], b[1]);
    return order != 0 ? order : strcmp(a[2], b[2]);
}

static int row_order(const void *left, const void *right)
{
    const row *a = left, *b = right;
    int order = name_order((const char *[]){ a->series, a->x, a->metric },
                           (const char *[]){ b->series, b->x, b->metric });
    return order != 0 ? order : (a->seed > b->seed) - (a->seed < b->seed);
}

static int cell_order(const void *left, const void *right)
{
    const cell *const *a = left, *const *b = right;
    return name_order((const char *[]){ (*a)->series, (*a)->x, (*a)->metric },
                      (const char *[]){ (*b)->series, (*b)->x, (*b)->metric });
}

typedef struct group { size_t first, last, place; } group;

static int group_order(const void *left, const void *right)
{
    const group *a = left, *b = right;
    return (a->place > b->place) - (a->place < b->place);
}

static bool same_cell(const row *a, const row *b)
{
    return strcmp(a->series, b->series) == 0 && strcmp(a->x, b->x) == 0
        && strcmp(a->metric, b->metric) == 0;
}

static int groups_find(group *groups, size_t *count, row *rows, size_t n)
{
    qsort(rows, n, sizeof *rows, row_order);
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !same_cell(&rows[i], &rows[i - 1]))
            groups[(*count)++] = (group){ .first = i, .place = rows[i].place };
        else if (rows[i].seed == rows[i - 1].seed)
            return fail("%s:%zu: %s of %s at x = %s stands in line %zu already: expected "
                        "it once", rows[i].path, rows[i].line, rows[i].metric,
                        rows[i].series, rows[i].x, rows[i - 1].line);
        group *g = &groups[*count - 1];
        g->last = i + 1;
        if (rows[i].place < g->place) g->place = rows[i].place;
    }
    qsort(groups, *count, sizeof *groups, group_order);
    return 0;
}

static int cells_fill(results *r, arena *a, row *rows, size_t n)
{
    group *groups = arena_take(a, n, sizeof *groups);
    double *value = arena_take(a, n, sizeof *value);
    unsigned long *seed = arena_take(a, n, sizeof *seed);
    if (groups_find(groups, &r->count, rows, n) != 0) return -1;
    cell *cells = arena_take(a, r->count, sizeof *cells);
    r->by_key = arena_take(a, r->count, sizeof *r->by_key);
    for (size_t i = 0; i < n; i++) {
        value[i] = rows[i].value;
        seed[i] = rows[i].seed;
    }
    for (size_t c = 0; c < r->count; c++) {
        const row *first = &rows[groups[c].first];
        cells[c] = (cell){ .series = first->series, .x = first->x, .metric = first->metric,
                           .n = groups[c].last - groups[c].first,
                           .value = value + groups[c].first, .seed = seed + groups[c].first };
        r->by_key[c] = &cells[c];
    }
    r->cells = cells;
    qsort(r->by_key, r->count, sizeof *r->by_key, cell_order);
    return 0;
}

static size_t newlines(const char *text)
{
    size_t count = 0;
    while ((text = strchr(text, '\n'))) { count++; text++; }
    return count;
}

/* The text below the first line, and the first line's facts. */
static int file_begin(header *h, char **text, arena *a, const char *path)
{
    if (lines_read(text, a, path) != 0) return -1;
    return header_read(h, line_next(text), path);
}

static int headers_check(const header *h, char *const *paths, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (header_agrees(&h[i], &h[0], paths[i], paths[0]) != 0) return -1;
        for (size_t j = 0; j < i; j++)
            if (h[i].seed == h[j].seed)
                return fail("%s:1: seed=%lu: expected another seed than in %s", paths[i],
                            h[i].seed, paths[j]);
    }
    return 0;
}

int results_read(results *r, arena *a, char *const *paths, size_t count)
{
    REQUIRE(count > 0, "no files");
    header *h = arena_take(a, count, sizeof *h);
    char **text = arena_take(a, count, sizeof *text);
    size_t most = 0, n = 0;
    *r = (results){ .scale = PAPER_SCALE, .seeds = count };
    for (size_t i = 0; i < count; i++) {
        if (file_begin(&h[i], &text[i], a, paths[i]) != 0) return -1;
        most += newlines(text[i]);
        if (h[i].scale > r->scale) r->scale = h[i].scale;
    }
    if (headers_check(h, paths, count) != 0) return -1;
    row *rows = arena_take(a, most, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        if (rows_read(rows, &n, text[i], paths[i], h[i].seed) != 0) return -1;
    r->paper = h[0].paper;
    r->experiment = h[0].experiment;
    r->profile = h[0].profile;
    return cells_fill(r, a, rows, n);
}

const cell *results_find(const results *r, const char *series, const char *x,
                         const char *metric)
{
    const cell wanted = { .series = series, .x = x, .metric = metric };
    const cell *key = &wanted;
    const cell **found = bsearch(&key, r->by_key, r->count, sizeof *r->by_key, cell_order);
    return found ? *found : NULL;
}
