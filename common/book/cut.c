/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "book/cut.h"

bool cut_starts(const char *at, const char *with)
{
    return strncmp(at, with, strlen(with)) == 0;
}

static const char *line_end(const char *at)
{
    return at + strcspn(at, "\n");
}

static const char *after_line(const char *at)
{
    at = line_end(at);
    return *at ? at + 1 : at;
}

/*
# Where prose ends

A comment that does not end, or that has code behind it on its last line, is
not prose but part of the code, and so is one that a line continues into.
Returns the closing marker, or NULL if no prose begins at `at`.
*/
static const char *prose_close(const char *at)
{
    const char *close = cut_starts(at, "/*") ? strstr(at + 2, "*/") : NULL;
    if (!close) return NULL;
    const char *behind = close + 2 + strspn(close + 2, " \t\r");
    return *behind == '\n' || *behind == 0 ? close : NULL;
}

/* Behind a string or character constant; an unclosed one ends with its line. */
static const char *after_quoted(const char *at)
{
    char quote = *at++;
    while (*at && *at != quote && *at != '\n')
        at += at[0] == '\\' && at[1] ? 2 : 1;
    return *at == quote ? at + 1 : at;
}

/*
# Where a line of code ends

At a newline that is neither inside a comment nor behind a backslash. The
openers that mean nothing because they stand in a string, in a character
constant or behind two slashes are stepped over; this is all of C's lexical
grammar that telling the two voices apart requires.
*/
static const char *after_code_line(const char *at)
{
    while (*at) {
        if (cut_starts(at, "/*")) {
            const char *close = strstr(at + 2, "*/");
            at = close ? close + 2 : at + strlen(at);
        } else if (cut_starts(at, "//")) {
            while (*at && *at != '\n') at += at[0] == '\\' && at[1] ? 2 : 1;
        } else if (*at == '"' || *at == '\'') {
            at = after_quoted(at);
        } else if (at[0] == '\\' && at[1]) {
            at += 2;
        } else if (*at++ == '\n') {
            break;
        }
    }
    return at;
}

cut cut_begin(const char *text)
{
    return (cut){ .at = text, .line = 1 };
}

/*
# What is left out

A header's guard is two lines at its top, `#ifndef NAME` and `#define NAME`,
and an `#endif` at its bottom that we drop only if we have seen the top.
Returns the text behind the two lines, or `at` itself where no guard begins.
*/
static const char *after_guard(const char *at)
{
    if (!cut_starts(at, "#ifndef ")) return at;
    const char *name = at + strlen("#ifndef "), *second = after_line(at);
    size_t length = (size_t)(line_end(name) - name);
    bool opens = cut_starts(second, "#define ")
        && strncmp(second + strlen("#define "), name, length + 1) == 0;
    return opens ? after_line(second) : at;
}

static bool is_blank_line(const char *at, const char *end)
{
    while (at < end && *at != '\n' && isspace((unsigned char)*at)) at++;
    return at == end || *at == '\n';
}

/* Drops blank lines at both ends, and keeps count of those at the front. */
static void trim(passage *p)
{
    const char *end = p->at + p->length;
    while (p->at < end && is_blank_line(p->at, end)) {
        const char *next = after_line(p->at);
        p->line += next[-1] == '\n';
        p->at = next < end ? next : end;
    }
    while (end > p->at && isspace((unsigned char)end[-1])) end--;
    p->length = (size_t)(end - p->at);
}

static void drop_first_line(passage *p)
{
    const char *end = p->at + p->length, *next = after_line(p->at);
    p->at = next < end ? next : end;
    p->length = (size_t)(end - p->at);
    p->line++;
}

static void drop_closing_guard(passage *p)
{
    size_t last = p->length;
    while (last && p->at[last - 1] != '\n') last--;
    if (cut_starts(p->at + last, "#endif")) p->length = last;
}

static void leave_out(cut *c, passage *p, bool is_last)
{
    trim(p);
    const char *first = p->at + (p->is_prose ? strspn(p->at, " ") : 0);
    if (cut_starts(first, "SPDX-License-Identifier") || cut_starts(first, "// SPDX-"))
        drop_first_line(p);
    trim(p);
    if (p->is_prose || p->length == 0) return;
    if (!c->has_code && after_guard(p->at) != p->at) {
        c->is_guarded = true;
        drop_first_line(p);
        drop_first_line(p);
    }
    c->has_code = true;
    trim(p);
    if (c->is_guarded && is_last) drop_closing_guard(p);
    trim(p);
}

bool cut_next(cut *c, passage *p)
{
    while (*c->at) {
        const char *begin = c->at, *close = prose_close(begin);
        if (close) {
            *p = (passage){ true, begin + 2, (size_t)(close - begin - 2), c->line };
            c->at = after_line(close);
        } else {
            while (*c->at && !(c->at > begin && prose_close(c->at)))
                c->at = after_code_line(c->at);
            *p = (passage){ false, begin, (size_t)(c->at - begin), c->line };
        }
        for (const char *at = begin; at < c->at; at++) c->line += *at == '\n';
        leave_out(c, p, *c->at == 0);
        if (p->length) return true;
    }
    return false;
}
