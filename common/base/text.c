/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

/* Room for `length` bytes and the NUL. It doubles, so that n appended bytes
   are moved O(n) times in all. */
static void reserve(text *s, size_t length)
{
    if (length < s->capacity) return;
    s->capacity = 2 * length + 4096;
    s->at = realloc(s->at, s->capacity);
    REQUIRE(s->at, "no memory for a text of %zu bytes", s->capacity);
}

void text_append(text *s, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    REQUIRE(length >= 0, "the format \"%s\"", format);
    reserve(s, s->length + (size_t)length);
    vsnprintf(s->at + s->length, (size_t)length + 1, format, again);
    va_end(again);
    s->length += (size_t)length;
}

void text_set(text *s, const char *from, size_t length)
{
    reserve(s, length);
    if (length > 0) memcpy(s->at, from, length);
    s->at[length] = '\0';
    s->length = length;
}
