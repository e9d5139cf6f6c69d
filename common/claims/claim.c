/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "claims/claim.h"
#include "claims/lines.h"

/*
# The columns, and what each kind needs of them

Two tables say what is allowed; the reader below only looks things up.
*/
enum { ID, WHERE, EXPERIMENT, SERIES, X, METRIC, KIND, RELATION, VERSUS, PUBLISHED,
       SPREAD, N, MARGIN, WHY, STATEMENT, NOTE, COLUMNS };

static const char *const column[COLUMNS] = {
    "id", "where", "experiment", "series", "x", "metric", "kind", "relation", "versus",
    "published", "spread", "n", "margin", "why", "statement", "note"
};

static const struct rule {
    const char *name, *relations;           /* relations: words between blanks */
    bool versus, published, n, margin;      /* needed */
} rules[] = {
    [CLAIM_VALUE]      = { "value",      " = ",            false, true,  false, true  },
    [CLAIM_BEST]       = { "best",       " max min ",      false, true,  true,  true  },
    [CLAIM_ORDER]      = { "order",      " > < ",          true,  false, false, false },
    [CLAIM_SAME]       = { "same",       " = ",            true,  false, false, true  },
    [CLAIM_SHAPE]      = { "shape",      " > < = ",        false, false, false, true  },
    [CLAIM_LITERATURE] = { "literature", " mean max min ", false, true,  false, false },
    [CLAIM_READING]    = { "reading",    " = ",            false, true,  false, true  },
};
enum { KINDS = sizeof rules / sizeof *rules };

const char *kind_name(claim_kind kind)
{
    return rules[kind].name;
}

bool claim_is_judged(const claim *c)
{
    return c->kind != CLAIM_LITERATURE && c->kind != CLAIM_READING;
}

bool claim_is_ours(const claim *c)
{
    return strncmp(c->where, "ours", strlen("ours")) == 0;
}

bool claim_belongs(const claim *c, const char *experiment)
{
    return claim_is_judged(c) && strcmp(c->experiment, experiment) == 0;
}

double claim_margin(const claim *c)
{
    return c->margin_relative ? c->margin * fabs(c->published) : c->margin;
}

static bool empty(const char *text)
{
    return strcmp(text, ".") == 0;
}

static int columns_check(char *line, const char *path, size_t number)
{
    char *field[COLUMNS];
    size_t fields = fields_cut(field, COLUMNS, line);
    for (size_t i = 0; i < COLUMNS; i++)
        if (i >= fields || strcmp(field[i], column[i]) != 0)
            return fail("%s:%zu: column %zu is \"%s\": expected \"%s\"", path, number, i + 1,
                        i < fields ? field[i] : "", column[i]);
    if (fields != COLUMNS)
        return fail("%s:%zu: %zu columns: expected %d", path, number, fields, COLUMNS);
    return 0;
}

static int kind_read(claim *c, char **field, const char *path)
{
    size_t kind = 0;
    while (kind < KINDS && strcmp(field[KIND], rules[kind].name) != 0) kind++;
    if (kind == KINDS)
        return fail("%s:%zu: kind \"%s\": expected value, best, order, same, shape, "
                    "literature or reading", path, c->line, field[KIND]);
    char word[64];
    snprintf(word, sizeof word, " %.60s ", field[RELATION]);
    if (!strstr(rules[kind].relations, word))
        return fail("%s:%zu: relation \"%s\": kind %s has%s", path, c->line,
                    field[RELATION], rules[kind].name, rules[kind].relations);
    c->kind = (claim_kind)kind;
    c->relation = field[RELATION];
    return 0;
}

/* A number or nothing; nothing is NaN. */
static int optional_read(double *value, char **field, int which, const claim *c,
                         const char *path)
{
    *value = NAN;
    if (!empty(field[which]) && !number_read(value, field[which]))
        return fail("%s:%zu: %s \"%s\": expected a number, or `.` for none", path, c->line,
                    column[which], field[which]);
    return 0;
}

static int margin_read(claim *c, char **field, arena *a, const char *path)
{
    size_t length = strlen(field[MARGIN]);
    char *digits = arena_take(a, length + 1, 1);
    memcpy(digits, field[MARGIN], length + 1);
    c->margin_text = field[MARGIN];
    if (empty(field[MARGIN])) return 0;
    c->margin_relative = length > 1 && digits[length - 1] == '%';
    if (c->margin_relative) digits[length - 1] = '\0';
    if (!number_read(&c->margin, digits))
        return fail("%s:%zu: margin \"%s\": expected a number or a percentage such as 20%%",
                    path, c->line, field[MARGIN]);
    if (c->margin_relative) c->margin /= 100;
    return 0;
}

static int numbers_read(claim *c, char **field, arena *a, const char *path)
{
    double n;
    if (optional_read(&c->published, field, PUBLISHED, c, path) != 0
        || optional_read(&c->spread, field, SPREAD, c, path) != 0
        || optional_read(&n, field, N, c, path) != 0
        || margin_read(c, field, a, path) != 0)
        return -1;
    c->published_text = field[PUBLISHED];
    if (!isnan(n) && !(n >= 1 && n < 1e6 && n == floor(n)))
        return fail("%s:%zu: n \"%s\": expected a number of runs", path, c->line, field[N]);
    c->n = isnan(n) ? 0 : (size_t)n;
    if (c->spread < 0)
        return fail("%s:%zu: spread \"%s\": expected a standard deviation >= 0", path,
                    c->line, field[SPREAD]);
    return 0;
}

static int versus_read(claim *c, char **field, arena *a, const char *path)
{
    c->versus = c->versus_series = field[VERSUS];
    c->versus_x = c->x;
    c->versus_experiment = c->experiment;
    if (empty(field[VERSUS])) return 0;
    size_t length = strlen(field[VERSUS]);
    char *series = arena_take(a, length + 1, 1);
    memcpy(series, field[VERSUS], length + 1);
    char *colon = strchr(series, ':');
    if (colon) {
        *colon = '\0';
        c->versus_experiment = series;
        series = colon + 1;
    }
    char *at = strchr(series, '@');
    if (at) {
        *at = '\0';
        c->versus_x = at + 1;
    }
    if (*c->versus_experiment == '\0' || *series == '\0' || *c->versus_x == '\0')
        return fail("%s:%zu: versus \"%s\": expected series, series@x or "
                    "experiment:series@x", path, c->line, field[VERSUS]);
    c->versus_series = series;
    return 0;
}

/* What no single column can tell. */
static int claim_check(const claim *c, const char *path)
{
    const struct rule *rule = &rules[c->kind];
    const struct { int which; bool needed, there; } need[] = {
        { VERSUS,    rule->versus,    !empty(c->versus) },
        { PUBLISHED, rule->published, !isnan(c->published) },
        { N,         rule->n,         c->n > 0 },
        { MARGIN,    rule->margin,    !empty(c->margin_text) },
        { WHY,       !empty(c->margin_text), !empty(c->why) },
    };
    for (size_t i = 0; i < sizeof need / sizeof *need; i++)
        if (need[i].needed && !need[i].there)
            return fail("%s:%zu: %s is empty: kind %s%s needs it", path, c->line,
                        column[need[i].which], rule->name,
                        need[i].which == WHY ? " with a margin" : "");
    if (!rule->versus && !empty(c->versus))
        return fail("%s:%zu: versus \"%s\": kind %s compares with no other series: expected `.`",
                    path, c->line, c->versus, rule->name);
    bool bound = c->kind == CLAIM_SHAPE && *c->relation != '=';
    if (bound && c->margin_relative)
        return fail("%s:%zu: margin \"%s\": a bound is a number, not a percentage", path,
                    c->line, c->margin_text);
    if (c->kind == CLAIM_SHAPE && !bound && isnan(c->published))
        return fail("%s:%zu: published is empty: a shape with `=` needs it", path, c->line);
    if (!bound && c->kind != CLAIM_ORDER && c->margin < 0)
        return fail("%s:%zu: margin \"%s\": expected a number >= 0", path, c->line,
                    c->margin_text);
    if (c->kind == CLAIM_VALUE && !isnan(c->spread) && c->n < 2)
        return fail("%s:%zu: spread without n >= 2: expected the number of published runs",
                    path, c->line);
    return 0;
}

static int claim_read(claim *c, arena *a, char *line, const char *path, size_t number)
{
    char *field[COLUMNS];
    size_t fields = fields_cut(field, COLUMNS, line);
    if (fields != COLUMNS)
        return fail("%s:%zu: %zu columns: expected %d separated by tabs", path, number,
                    fields, COLUMNS);
    for (int i = 0; i < COLUMNS; i++)
        if (*field[i] == '\0' || (i <= METRIC && i != X && empty(field[i])))
            return fail("%s:%zu: %s is empty: expected %s", path, number, column[i],
                        i <= METRIC && i != X ? "a name" : "a value, or `.` for none");
    *c = (claim){ .id = field[ID], .where = field[WHERE], .experiment = field[EXPERIMENT],
                  .series = field[SERIES], .x = field[X], .metric = field[METRIC],
                  .why = field[WHY], .statement = field[STATEMENT], .note = field[NOTE],
                  .line = number };
    if (kind_read(c, field, path) != 0 || numbers_read(c, field, a, path) != 0
        || versus_read(c, field, a, path) != 0)
        return -1;
    return claim_check(c, path);
}

/* The bound of an order is its margin with the sign of its direction: `<` by more than .1 is below -.1. */
static void bound_print(FILE *to, const claim *c)
{
    bool below = *c->relation == '<', turned = below && c->kind == CLAIM_ORDER && c->margin != 0;
    const char *margin = empty(c->margin_text) ? "0" : c->margin_text;
    bool negative = (*margin == '-') != turned;
    fprintf(to, " %s %s%s%s", below ? "below" : "above", negative ? "-" : "", margin + (*margin == '-'),
            c->margin_relative ? " of that" : "");
}

void claim_test_print(FILE *to, const claim *c)
{
    bool pair = c->kind == CLAIM_ORDER || c->kind == CLAIM_SAME;
    fprintf(to, "%s`%s`", c->kind == CLAIM_BEST ? "best " : "", c->metric);
    if (pair) fprintf(to, ", less that of %s:", c->versus);
    if (c->kind == CLAIM_ORDER || (c->kind == CLAIM_SHAPE && *c->relation != '=')) bound_print(to, c);
    else fprintf(to, " within %s of %s", c->margin_text, pair ? c->margin_relative ? "it" : "0" : "the published");
}

static int ids_check(const claims *all)
{
    for (size_t i = 0; i < all->count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(all->at[i].id, all->at[j].id) == 0)
                return fail("%s:%zu: id \"%s\" stands in line %zu already: expected another",
                            all->path, all->at[i].line, all->at[i].id, all->at[j].line);
    return 0;
}

int claims_read(claims *all, arena *a, const char *path)
{
    char *text, *line;
    size_t most = 1, number = 1;
    if (lines_read(&text, a, path) != 0) return -1;
    for (const char *c = text; *c; c++) most += *c == '\n';
    *all = (claims){ .path = path, .at = arena_take(a, most, sizeof *all->at) };
    while ((line = line_next(&text)) && *line == '#') number++;
    if (!line)
        return fail("%s:%zu: only comments: expected the names of the columns", path, number);
    if (columns_check(line, path, number) != 0) return -1;
    while ((line = line_next(&text)))
        if (claim_read(&all->at[all->count++], a, line, path, ++number) != 0) return -1;
    if (all->count == 0)
        return fail("%s: no claim below the names of the columns", path);
    return ids_check(all);
}
