/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "claims/lines.h"

int lines_read(char **text, arena *a, const char *path)
{
    FILE *from = fopen(path, "rb");
    if (!from)
        return fail("%s: %s", path, strerror(errno));
    char *all = NULL;
    size_t size = 0;
    errno = 0;
    ssize_t length = getdelim(&all, &size, '\0', from);
    int reason = ferror(from) ? errno : 0;
    bool more = !reason && fgetc(from) != EOF;
    fclose(from);
    if (length < 0) length = 0;
    bool whole = length > 0 && all[length - 1] == '\n';
    if (!reason && !more && whole) {
        *text = arena_take(a, (size_t)length + 1, 1);
        memcpy(*text, all, (size_t)length + 1);
    }
    free(all);
    if (reason) return fail("%s: %s", path, strerror(reason));
    if (more) return fail("%s: a NUL byte where text was expected", path);
    if (length == 0) return fail("%s: is empty", path);
    if (!whole)
        return fail("%s: the last line has no newline: was the file cut short? A result is to be removed and run again, "
                    "any other file wants a newline at its end", path);
    return 0;
}

char *line_next(char **rest)
{
    if (**rest == '\0') return NULL;
    char *line = *rest, *end = strchr(line, '\n');
    *end = '\0';                             /* lines_read: every line has one */
    *rest = end + 1;
    return line;
}

size_t fields_cut(char **field, size_t most, char *line)
{
    size_t count = 0;
    for (char *next = line; next; count++) {
        char *begin = strsep(&next, "\t");
        if (count < most) field[count] = begin;
    }
    return count;
}

int output_open(output *o, const char *path)
{
    *o = (output){ .to = stdout, .path = path };
    if (!path) return 0;
    if (atomic_open(&o->file, path) != 0) return -1;
    o->to = o->file.stream;
    return 0;
}

int output_close(output *o)
{
    if (o->path) return atomic_close(&o->file);
    bool bad = fflush(o->to) != 0 || ferror(o->to);
    return bad ? fail("standard output: %s", strerror(errno)) : 0;
}
