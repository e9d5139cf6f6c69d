/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stddef.h>

/*
# A text that grows

For what is written line by line and kept as a whole: the rows of a run, a
long message.

    text rows = { 0 };
    text_append(&rows, "%s\t%.9g\n", metric, value);
    fputs(rows.at, to);
    free(rows.at);

`at` is NULL until something is appended, and then ends in a NUL that `length`
does not count. The owner frees `at`. Exhausted memory is a broken contract.
*/
typedef struct text { char *at; size_t length, capacity; } text;

/* printf, at the end of the text. */
void text_append(text *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The text becomes these `length` bytes. */
void text_set(text *s, const char *from, size_t length);

#endif
