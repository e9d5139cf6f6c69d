/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_ATOMIC_H
#define BASE_ATOMIC_H

#include <stdio.h>

/*
# Files that are whole or not there

A result is written to `NAME.tmp`, brought to the disk, and only then given its
name. A program that is killed, or a disk that is full, leaves the old file or
none, never half a one. Two programs that write the same file take turns, so that
neither is mixed with the other. What is not a regular file (a pipe, `/dev/stdout`) is
written to directly.

    atomic_file f;
    if (atomic_open(&f, path) != 0) die(STATUS_FAILED, "%s", error_text());
    fprintf(f.stream, ...);
    if (atomic_close(&f) != 0) die(STATUS_FAILED, "%s", error_text());

All return 0, or -1 with a description in `error_text()`.
*/
typedef struct atomic_file {
    FILE *stream;
    char path[4096], temporary[4104];
} atomic_file;

/* Makes the directories of `path` as well. A directory is refused. Waits for another writer of
   this file to end. */
int atomic_open(atomic_file *f, const char *path);

/* Is there something at `path` that is neither a regular file nor a directory? A link is such, wherever it leads. */
int atomic_is_special(const char *path);

/* Checks every write, and gives the file its name. On failure the temporary
   file is removed. */
int atomic_close(atomic_file *f);

/* Gives up instead: nothing was changed. */
void atomic_drop(atomic_file *f);

/* Removes the file, and what a writer that was killed has left beside it. */
void atomic_remove(const char *path);

#endif
