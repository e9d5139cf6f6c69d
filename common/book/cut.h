/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BOOK_CUT_H
#define BOOK_CUT_H

#include <stdbool.h>
#include <stddef.h>

/*
# Prose and code, cut apart

A source of the suite alternates between two voices. A block comment that
begins in the first column and shares its last line with nothing else is
prose; everything between two such comments is code, its indented and trailing
comments included. `cut_next` walks through a file and hands out one passage
after the other. A passage is a slice of the text: nothing is copied, and the
lines of the code keep the numbers that an editor shows.

    cut c = cut_begin(text);
    for (passage p; cut_next(&c, &p); )
        printf("%s from line %zu\n", p.is_prose ? "prose" : "code", p.line);
*/
typedef struct passage {
    bool is_prose;
    const char *at;            /* of prose, what stands between the markers */
    size_t length;             /* bytes */
    size_t line;               /* of the first byte, counted from 1 */
} passage;

typedef struct cut {
    const char *at;
    size_t line;
    bool has_code, is_guarded; /* some code was seen; it began with a guard */
} cut;

cut cut_begin(const char *text);

/*
The next passage, without the blank lines around it; false at the end of the
file. What serves the compiler and the lawyer alone is left out: the SPDX line
and the include guard. Cost: O(length of the passage).
*/
bool cut_next(cut *c, passage *p);

/* Does the text at `at` begin with `with`? */
bool cut_starts(const char *at, const char *with);

#endif
