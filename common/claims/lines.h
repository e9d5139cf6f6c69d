/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_LINES_H
#define CLAIMS_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/atomic.h"

/*
# Text in, text out

Results and claims are tab-separated lines. A file is read whole and cut in
place: its strings live as long as the arena.

    char *text, *field[4];
    if (lines_read(&text, memory, path) != 0) return -1;
    for (char *line; (line = line_next(&text)); )
        if (fields_cut(field, 4, line) != 4) return fail(...);
*/

/* The contents of a file, ended by a NUL. Refuses a file whose last line has
   no newline: a run that was cut short must not pass for a whole one. */
int lines_read(char **text, arena *a, const char *path);

/* Cuts the next line off `*rest`; NULL when nothing is left. */
char *line_next(char **rest);

/* Cuts a line at its tabs. Returns how many fields it has, which may be more
   than the `most` that are stored. */
size_t fields_cut(char **field, size_t most, char *line);

/*
# Where a program writes

A file that appears whole or not at all (`base/atomic.h`), or, with `path` NULL,
standard output, whose errors count too (a full disk behind a redirection).
*/
typedef struct output {
    FILE *to;
    const char *path;
    atomic_file file;
} output;
int output_open(output *o, const char *path);
int output_close(output *o);

#endif
