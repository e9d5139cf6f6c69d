/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"
#include "book/evidence.h"
#include "claims/distinct.h"
#include "claims/lines.h"

/*
# Just enough JSON

The provenance beside a result is an object that our own programs write, and
no key is inside another, but for the names of the inputs, which are paths. So
reading it takes a search for the key and a copy of the value. A value that
happens to equal a key is not followed by a colon.
*/
static const char *json_find(const char *json, const char *key)
{
    size_t length = strlen(key);
    for (const char *at = json; (at = strchr(at, '"')); at++) {
        if (strncmp(at + 1, key, length) != 0 || at[1 + length] != '"') continue;
        const char *behind = at + length + 2;
        behind += strspn(behind, " \t\n");
        if (*behind == ':') return behind + 1 + strspn(behind + 1, " \t\n");
    }
    return "";
}

/* Copies one string and returns what stands behind it. A \u escape stays. */
static const char *json_copy_string(char **to, const char *at)
{
    for (at++; *at && *at != '"'; at++) {
        if (at[0] == '\\' && strchr("\"\\/", at[1]) && at[1]) at++;
        *(*to)++ = *at;
    }
    return *at ? at + 1 : at;
}

/* The value of a key as text: a string without its quotes
   and escapes, an array's strings with blanks between, anything else as it is
   written. Empty if there is no such key. */
static char *json_value(arena *memory, const char *json, const char *key)
{
    const char *at = json_find(json, key);
    char *value = arena_take(memory, strlen(at) + 1, 1), *to = value;
    if (*at == '"') {
        json_copy_string(&to, at);
    } else if (*at == '[') {
        while (*at && *at != ']') {
            if (*at != '"') { at++; continue; }
            if (to > value) *to++ = ' ';
            at = json_copy_string(&to, at);
        }
    } else {
        while (*at && !strchr(",}\n", *at)) *to++ = *at++;
        while (to > value && isspace((unsigned char)to[-1])) to--;
    }
    *to = 0;
    return value;
}

/*
# Where a figure comes from

The runs behind a figure share their command and differ in their seeds; where
they differ in anything else (a commit, a number of threads), every value is
named, because then the figure mixes what should not be mixed.
*/
static void say_values(FILE *out, arena *memory, char *const *json, size_t runs,
                       const char *key, const char *before, const char *after)
{
    distinct seen = distinct_new(memory, runs);
    for (size_t i = 0; i < runs; i++) {
        char *value = json_value(memory, json[i], key);
        if (*value) distinct_place(&seen, value);
    }
    for (size_t i = 0; i < seen.count; i++)
        fprintf(out, "%s%s", i == 0 ? before : i + 1 < seen.count ? ", " : " and ", seen.at[i]);
    if (seen.count) fputs(after, out);
}

static int say_provenance(FILE *out, arena *memory, const evidence *e)
{
    char *json[MOST_RUNS];
    for (size_t i = 0; i < e->runs; i++)
        if (lines_read(&json[i], memory, e->provenance[i]) != 0) return -1;
    fprintf(out, "\n::: provenance\nProfile `%s`", e->profile);
    if (e->runs) fprintf(out, "; made by `%s`", json_value(memory, json[0], "command"));
    say_values(out, memory, json, e->runs, "seed", e->runs > 1 ? "; seeds " : "; seed ", "");
    say_values(out, memory, json, e->runs, "commit", "; commit `", "`");
    say_values(out, memory, json, e->runs, "threads", "; threads: ", "");
    say_values(out, memory, json, e->runs, "openblas_core", "; OpenBLAS core ", "");
    fputs(".\n:::\n", out);
    return 0;
}

static int say_missing(FILE *out, arena *memory, const evidence *e)
{
    char *reason;
    fputs("\n::: absent\n", out);
    if (e->missing) {
        if (lines_read(&reason, memory, e->missing) != 0) return -1;
        fprintf(out, "Not run: %s\n", reason);
    }
    fprintf(out, "There is no figure here yet. "
            "`make figures PAPER=%s PROFILE=%s` draws it.\n:::\n", e->paper, e->profile);
    return 0;
}

int evidence_table(FILE *out, arena *memory, const evidence *e)
{
    if (!e->figure) return 0;
    size_t stem = strlen(e->figure) - strlen(".svg");
    char *path = arena_take(memory, strlen(e->figure) + 1, 1), *text;
    snprintf(path, strlen(e->figure) + 1, "%.*s.md", (int)stem, e->figure);
    if (access(path, R_OK) != 0) return 0;
    if (lines_read(&text, memory, path) != 0) return -1;
    fprintf(out, "\n::: numbers\n\n%s\n:::\n", text);
    return 0;
}

int evidence_figure(FILE *out, arena *memory, const evidence *e, const char *caption)
{
    if (!e->figure) return 0;
    if (access(e->figure, R_OK) != 0) return say_missing(out, memory, e);
    fprintf(out, "\n::: figure\n[![%s](%s)](%s)\n", e->alt, e->figure, basename(e->figure));
    if (caption) fprintf(out, "\n%s\n", caption);
    fputs(":::\n", out);
    return say_provenance(out, memory, e);
}

/*
# The verdicts

The columns are found by their names in the header line, so that a new column
in the file does not move the others.
*/
enum { ID, WHERE, EXPERIMENT, STATEMENT, PUBLISHED, OURS, LOW, HIGH, N, PROFILE, SCALE,
       VERDICT, WHY, NOTE, HOLDS_IF, COLUMNS, MOST_FIELDS = 32 };
static const char *const column_names[COLUMNS] = {
    "id", "where", "experiment", "statement", "published", "ours", "low", "high", "n",
    "profile", "scale", "verdict", "why", "note", "holds_if",
};

static int find_columns(size_t *column, const char *path, char *header)
{
    char *name[MOST_FIELDS];
    size_t fields = fields_cut(name, MOST_FIELDS, header);
    for (size_t c = 0; c < COLUMNS; c++) {
        for (column[c] = 0; column[c] < fields; column[c]++)
            if (strcmp(name[column[c]], column_names[c]) == 0) break;
        if (column[c] == fields)
            return fail("%s: no column \"%s\" in its header line", path, column_names[c]);
    }
    return 0;
}

/* The length of a name such as SNNL-8, which a browser would break at its hyphen; or 0. */
static size_t numbered_name(const char *text)
{
    size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (letters == 0 || text[letters] != '-') return 0;
    size_t digits = strspn(text + letters + 1, "0123456789");
    return digits ? letters + 1 + digits : 0;
}

/* A cell of a pipe table: the bar that would end it is escaped. */
static void say_cell(FILE *out, const char *text)
{
    bool is_literal = false;               /* inside a formula or code */
    while (*text) {
        size_t name = is_literal ? 0 : numbered_name(text);
        is_literal ^= *text == '$' || *text == '`';
        if (name) fprintf(out, "[%.*s]{.name}", (int)name, text);
        else if (*text == '|') fputs("\\|", out);
        else fputc(*text, out);
        text += name ? name : 1;
    }
}

static bool is_given(const char *text)
{
    return *text && strcmp(text, ".") != 0 && strcmp(text, "-") != 0;
}

/* One of ours; `width`: that of its interval, or NaN. */
static void say_number(FILE *out, const char *text, double width)
{
    double value;
    if (number_read(&value, text)) fputs(number_within(value, width).text, out);
    else if (is_given(text)) say_cell(out, text);
}

/* The verdict's words with hyphens, as the name of its CSS class. */
static void say_verdict(FILE *out, const char *verdict)
{
    fprintf(out, "[%s]{.verdict .", verdict);
    for (; *verdict; verdict++)
        fputc(isalnum((unsigned char)*verdict) ? tolower((unsigned char)*verdict) : '-', out);
    fputs("}", out);
}

static void say_ours(FILE *out, char *const cell[COLUMNS])
{
    double low, high, width = number_read(&low, cell[LOW]) && number_read(&high, cell[HIGH]) ? high - low : NAN;
    say_number(out, cell[OURS], width);
    if (!is_given(cell[OURS])) return;
    fputs(" [", out);
    if (width > 0) {
        say_number(out, cell[LOW], width);
        fputs(" to ", out);
        say_number(out, cell[HIGH], width);
        fputs(", ", out);
    }
    bool full = strcmp(cell[SCALE], "paper") == 0;
    fprintf(out, "n\\ =\\ %s, %s%s%s]{.interval}", cell[N], cell[PROFILE], full ? "" : ", ", full ? "" : cell[SCALE]);
}

/* A line of its own in the cell. */
static void say_remark(FILE *out, const char *before, const char *remark)
{
    if (!is_given(remark)) return;
    fprintf(out, " [%s", before);
    say_cell(out, remark);
    fputs("]{.note}", out);
}

static void say_claim(FILE *out, char *const cell[COLUMNS])
{
    fputs("| ", out);
    say_cell(out, is_given(cell[STATEMENT]) ? cell[STATEMENT] : cell[ID]);
    say_remark(out, "", cell[WHERE]);
    say_remark(out, "holds if ", cell[HOLDS_IF]);
    fputs(" | ", out);
    if (is_given(cell[PUBLISHED])) say_cell(out, cell[PUBLISHED]);
    fputs(" | ", out);
    say_ours(out, cell);
    fputs(" | ", out);
    say_verdict(out, cell[VERDICT]);
    say_remark(out, "", cell[WHY]);
    say_remark(out, "", cell[NOTE]);
    fputs(" |\n", out);
}

static bool is_wanted(const evidence *e, const char *experiment)
{
    return !e->experiment || strcmp(e->experiment, experiment) == 0;
}

int evidence_verdicts(FILE *out, arena *memory, const evidence *e)
{
    char *text;
    size_t column[COLUMNS] = { 0 }, claims = 0;
    if (!e->verdicts) return 0;
    if (access(e->verdicts, R_OK) != 0) {
        fputs("\n::: absent\nNo claim has been judged yet. `make book` does it.\n:::\n", out);
        return 0;
    }
    if (lines_read(&text, memory, e->verdicts) != 0) return -1;
    char *line = line_next(&text);
    while (line && *line == '#') line = line_next(&text);
    if (!line) return fail("%s: no header line", e->verdicts);
    if (find_columns(column, e->verdicts, line) != 0) return -1;
    while ((line = line_next(&text))) {
        char *field[MOST_FIELDS] = { 0 }, *cell[COLUMNS];
        size_t fields = fields_cut(field, MOST_FIELDS, line);
        for (size_t c = 0; c < COLUMNS; c++)
            cell[c] = column[c] < fields ? field[column[c]] : "";
        if (!is_wanted(e, cell[EXPERIMENT])) continue;
        if (claims++ == 0)
            fputs("\n::: verdicts\n\n| Claim | Published | Ours, 90 % interval | Verdict |\n"
                  "|:--------------|-----:|----------:|:----------------|\n", out);
        say_claim(out, cell);
    }
    if (claims) fputs("\n:::\n", out);
    return 0;
}
