/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/number.h"
#include "data/csv.h"

enum { BLOCK = 1 << 16, FEWEST_NUMBERED = 3 };

typedef struct csv {
    const char *path;
    FILE *stream;
    size_t bytes, lines;                    /* of the file */
    char *line;                             /* the current one, ... */
    size_t room, number, passed;            /* its memory; which one, from 1; bytes so far */
    char separator;
    char **field;                           /* ... cut into these */
    size_t fields, field_room;
} csv;

/*
# How much there is

The lines are counted before any is read, so that the matrix can be taken
from the arena in one piece. Blank lines at the end are counted too: it is an
upper bound, and a file that grows beyond it is not read on. So are the bytes: a row takes two a field,
one of a number and one behind it, and lines that are shorter make no rows.
*/
static int count_lines(csv *f)
{
    char block[BLOCK], last = '\n';
    for (size_t count; (count = fread(block, 1, BLOCK, f->stream)) > 0; ) {
        const char *at = block, *end = block + count;
        while ((at = memchr(at, '\n', (size_t)(end - at)))) at++, f->lines++;
        last = end[-1];
        f->bytes += count;
    }
    f->lines += last != '\n';
    if (ferror(f->stream)) return fail("%s: %s", f->path, strerror(errno));
    rewind(f->stream);
    return 0;
}

static int csv_open(csv *f, const char *path)
{
    struct stat about;
    *f = (csv){ .path = path, .stream = fopen(path, "rb") };
    if (!f->stream || fstat(fileno(f->stream), &about) != 0)
        return fail("%s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return fail("%s: not a regular file", path);
    return count_lines(f);
}

static void csv_close(csv *f)
{
    if (f->stream) fclose(f->stream);
    free(f->line);
    free(f->field);
}

/*
# Lines

1 for a line, 0 at the end of the file, -1 for a file that is no text. What
UTF-16 makes of a digit has a NUL byte in it.
*/
static int next_line(csv *f)
{
    static const char mark[] = "\xEF\xBB\xBF";              /* Excel's UTF-8 */
    ssize_t length = getline(&f->line, &f->room, f->stream);
    if (length < 0)
        return ferror(f->stream) ? fail("%s: %s", f->path, strerror(errno)) : 0;
    f->number++;
    f->passed += (size_t)length;
    if (f->number > f->lines || f->passed > f->bytes)
        return fail("%s: changed while it was read; try again", f->path);
    if (strlen(f->line) != (size_t)length)
        return fail("%s: line %zu has a NUL byte: expected text, as UTF-8 or ASCII; is it"
                    " UTF-16, or a binary file?", f->path, f->number);
    while (length > 0 && (f->line[length - 1] == '\n' || f->line[length - 1] == '\r'))
        f->line[--length] = '\0';
    if (f->number == 1 && strncmp(f->line, mark, sizeof mark - 1) == 0)
        memmove(f->line, f->line + sizeof mark - 1, (size_t)length - (sizeof mark - 1) + 1);
    return 1;
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " ")] == '\0';
}

/* As `next_line`, past blank lines. They may end a file, not interrupt it. */
static int next_row(csv *f)
{
    size_t blank = 0;
    int more;
    while ((more = next_line(f)) == 1 && is_blank(f->line))
        if (blank == 0) blank = f->number;
    if (more == 1 && blank > 0)
        return fail("%s: line %zu is blank, but there are rows after it; fill it in, or remove"
                    " it, and the vector or label of the same row with it", f->path, blank);
    return more;
}

/*
# Fields

A line is cut in place. Within quotes a separator is a character like others,
and a quote is written twice.
*/
static char separator_of(const char *line)
{
    bool quoted = false, tab = false, semicolon = false;
    for (; *line; line++) {
        if (*line == '"') quoted = !quoted;
        tab |= !quoted && *line == '\t';
        semicolon |= !quoted && *line == ';';
    }
    return tab ? '\t' : semicolon ? ';' : ',';
}

static int take_quoted(csv *f, char **rest)
{
    char *at = *rest + 1, *to = f->field[f->fields] = at;
    for (; *at != '"' || at[1] == '"'; at++) {
        if (*at == '\0')
            return fail("%s: line %zu, column %zu: the quote is not closed in this line",
                        f->path, f->number, f->fields + 1);
        at += *at == '"';
        *to++ = *at;
    }
    at++;
    at += strspn(at, " ");
    if (*at != '\0' && *at != f->separator)
        return fail("%s: line %zu, column %zu: text after the closing quote", f->path,
                    f->number, f->fields + 1);
    *rest = *at ? at + 1 : NULL;
    *to = '\0';
    return 0;
}

static void take_plain(csv *f, char **rest)
{
    char *at = *rest, *end = strchr(at, f->separator);
    *rest = end ? end + 1 : NULL;
    if (!end) end = at + strlen(at);
    while (end > at && end[-1] == ' ') end--;
    *end = '\0';
    f->field[f->fields] = at;
}

static int cut(csv *f)
{
    char *rest = f->line;
    for (f->fields = 0; rest; f->fields++) {
        if (f->fields == f->field_room) {
            f->field_room = 2 * f->field_room + 16;
            f->field = reallocarray(f->field, f->field_room, sizeof *f->field);
            REQUIRE(f->field, "no memory for %zu fields", f->field_room);
        }
        rest += strspn(rest, " ");
        if (*rest != '"') take_plain(f, &rest);
        else if (take_quoted(f, &rest) != 0) return -1;
    }
    return 0;
}

/* The first line tells what separates the fields. As `next_row`. */
static int first_row(csv *f)
{
    int more = next_row(f);
    if (more == 0) return fail("%s: empty, expected rows of numbers or labels", f->path);
    if (more < 0) return -1;
    f->separator = separator_of(f->line);
    return cut(f) == 0 ? 1 : -1;
}

/*
# Numbers

What `number_read` refuses is explained: `nan` and `inf` are numbers of no use, and
never names.
*/
static bool is_no_number(const char *text)
{
    char *end;
    double value = strtod(text, &end);
    return strcasecmp(text, "na") == 0
        || (end != text && *end == '\0' && !isfinite(value));
}

static int refuse(const csv *f, size_t column)
{
    const char *text = f->field[column];
    if (*text == '\0')
        return fail("%s: line %zu, column %zu: empty, expected a number; fill it in, or leave"
                    " the row out", f->path, f->number, column + 1);
    if (is_no_number(text))                 /* 1e999 too */
        return fail("%s: line %zu, column %zu: %.40s, expected a finite number; fill it in, or"
                    " leave the row out", f->path, f->number, column + 1, text);
    return fail("%s: line %zu, column %zu: \"%.40s\", expected a number such as -1.5e3, with a"
                " point, and comma, tab or semicolon between numbers; labels go into a file of"
                " their own", f->path, f->number, column + 1, text);
}

static int take_row(real *row, const csv *f)
{
    for (size_t j = 0; j < f->fields; j++) {
        double value;
        if (!number_read(&value, f->field[j])) return refuse(f, j);
        row[j] = (real)value;
        if (!isfinite(row[j]))
            return fail("%s: line %zu, column %zu: %s is too large for single precision",
                        f->path, f->number, j + 1, f->field[j]);
    }
    return 0;
}

/*
# The first line

A header that is taken for numbers adds a row that is none; numbers that are
taken for a header lose one. So a header is a line of names only, and what
looks like both is refused. Two habits deserve a message of their own: R and
pandas put names of rows, under no name, in front of the columns, and pandas
calls columns without names 0, 1, 2.
*/
static bool is_column_numbers(const csv *f)
{
    for (size_t j = 0; j < f->fields; j++) {
        char name[24];
        snprintf(name, sizeof name, "%zu", j);
        if (strcmp(f->field[j], name) != 0) return false;
    }
    return f->fields >= FEWEST_NUMBERED;
}

/* 1 for a header, 0 for numbers, -1 for neither. */
static int is_header(const csv *f)
{
    size_t names = 0, name = 0, number = 0;
    double value;
    if (f->fields > 1 && *f->field[0] == '\0')
        return fail("%s: line 1, column 1: empty, expected a name or a number; if the rows are"
                    " numbered there, save with index=False (pandas) or row.names = FALSE (R)",
                    f->path);
    if (is_column_numbers(f))
        return fail("%s: line 1 counts the columns from 0 to %zu, as pandas does: expected names"
                    " or the first row; save with header=False", f->path, f->fields - 1);
    for (size_t j = 0; j < f->fields; j++) {
        const char *text = f->field[j];
        bool named = *text && !is_no_number(text) && !number_read(&value, text);
        if (named && names++ == 0) name = j;
        if (!named) number = j;
    }
    if (names > 0 && names < f->fields)
        return fail("%s: line 1 has \"%.40s\" in column %zu and \"%.40s\" in column %zu: expected"
                    " names only, or numbers only (labels go into a file of their own)", f->path,
                    f->field[name], name + 1, f->field[number], number + 1);
    return names > 0;
}

static int read_matrix(csv *f, mat *m, arena *a)
{
    int more = first_row(f), header = more == 1 ? is_header(f) : -1;
    if (header < 0) return -1;
    size_t cols = f->fields;
    size_t lines = f->lines - (size_t)header, rows = f->bytes / (2 * cols) + 1;
    *m = arena_mat(a, rows < lines ? rows : lines, cols);
    m->rows = 0;
    if (header == 0 && take_row(mat_row(*m, m->rows++), f) != 0) return -1;
    while ((more = next_row(f)) == 1) {
        if (cut(f) != 0) return -1;
        if (f->fields != cols)
            return fail("%s: line %zu: %zu fields, expected %zu as in line 1", f->path,
                        f->number, f->fields, cols);
        if (take_row(mat_row(*m, m->rows++), f) != 0) return -1;
    }
    if (more == 0 && m->rows == 0)
        return fail("%s: a header and no rows", f->path);
    return more;
}

int csv_read(mat *m, const char *path, arena *a)
{
    csv f;
    int status = csv_open(&f, path);
    if (status == 0) status = read_matrix(&f, m, a);
    csv_close(&f);
    return status;
}

/*
# One column of words

All texts together are no longer than the file.
*/
static int read_column(csv *f, const char *const **text, size_t *n, arena *a)
{
    const char **word = arena_take(a, f->lines, sizeof *word);
    char *pool = arena_take(a, f->bytes + 1, 1);
    int more = first_row(f);
    for (*n = 0; more == 1; ) {
        if (f->fields != 1)
            return fail("%s: line %zu: %zu fields, expected one label; cut the column out, or"
                        " put labels with a separator in them in quotes", f->path, f->number,
                        f->fields);
        if (*f->field[0] == '\0')
            return fail("%s: line %zu: empty, expected a label; fill it in, or leave out its vector"
                        " too", f->path, f->number);
        size_t size = strlen(f->field[0]) + 1;
        word[(*n)++] = memcpy(pool, f->field[0], size);
        pool += size;
        more = next_row(f);
        if (more == 1 && cut(f) != 0) return -1;
    }
    *text = word;
    return more;
}

int csv_column(const char *const **text, size_t *n, const char *path, arena *a)
{
    csv f;
    int status = csv_open(&f, path);
    if (status == 0) status = read_column(&f, text, n, a);
    csv_close(&f);
    return status;
}
