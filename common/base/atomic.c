/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/atomic.h"

static int make_directories(const char *path)
{
    char part[4096];
    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        size_t length = (size_t)(slash - path);
        memcpy(part, path, length);
        part[length] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return fail("%s: cannot make this directory: %s", part, strerror(errno));
    }
    return 0;
}

/* `/dev/stdout` is a link: followed, it may be a regular file, and renaming would
   put a file in the place of the link. */
int atomic_is_special(const char *path)
{
    struct stat s;
    return lstat(path, &s) == 0 && !S_ISREG(s.st_mode) && !S_ISDIR(s.st_mode);
}

static int is_directory(const char *path)
{
    struct stat s;
    size_t length = strlen(path);
    return (length && path[length - 1] == '/') || (stat(path, &s) == 0 && S_ISDIR(s.st_mode));
}

static bool writes_directly(const atomic_file *f)
{
    return strcmp(f->path, f->temporary) == 0;
}

/*
# One writer at a time

Who writes a temporary file holds a lock on it, until it has its name or is gone; the system takes the lock from
a program that is killed. Who waited for it may hold the lock on a file that has been renamed or removed meanwhile, and
opens the next one. Where the file system knows no locks, there are none.
*/
static bool is_still_there(int file, const char *path)
{
    struct stat held, named;
    return fstat(file, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino
        && held.st_dev == named.st_dev;
}

static FILE *open_alone(const char *path)
{
    int file;
    while ((file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666)) >= 0) {
        flock(file, LOCK_EX);
        if (is_still_there(file, path)) break;
        close(file);
    }
    FILE *stream = file >= 0 && ftruncate(file, 0) == 0 ? fdopen(file, "w") : NULL;
    if (!stream && file >= 0) {                         /* so that nobody waits for its lock */
        int reason = errno;
        close(file);
        errno = reason;
    }
    return stream;
}

int atomic_open(atomic_file *f, const char *path)
{
    f->stream = NULL;
    if (!*path) return fail("an empty path, expected the name of a file");
    if (strlen(path) >= sizeof f->path)
        return fail("a path of %zu characters; expected at most %zu", strlen(path),
                    sizeof f->path - 1);
    snprintf(f->path, sizeof f->path, "%s", path);
    if (is_directory(path)) return fail("%s: is a directory, expected a file", path);
    snprintf(f->temporary, sizeof f->temporary, atomic_is_special(path) ? "%s" : "%s.tmp", path);
    if (make_directories(path) != 0) return -1;
    f->stream = writes_directly(f) ? fopen(path, "w") : open_alone(f->temporary);
    if (!f->stream)
        return fail("%s: cannot write: %s; name a place that is writable",
                    f->temporary, strerror(errno));
    return 0;
}

/* The lock ends with the stream, so the file gets its name before. Why an earlier write failed, `errno` no longer tells. */
int atomic_close(atomic_file *f)
{
    bool directly = writes_directly(f), earlier = ferror(f->stream);
    bool failed = earlier || fflush(f->stream) != 0
               || (!directly && (fsync(fileno(f->stream)) != 0 || rename(f->temporary, f->path) != 0));
    bool unchanged = failed && !directly;
    const char *reason = earlier ? "an earlier write failed (is the disk full?)" : strerror(errno);
    if (unchanged) unlink(f->temporary);
    if (fclose(f->stream) != 0 && !failed) {
        failed = true;
        reason = strerror(errno);
    }
    f->stream = NULL;
    if (!failed) return 0;
    return fail("%s: writing failed: %s%s", f->path, reason, unchanged ? "; nothing was changed" : "");
}

void atomic_drop(atomic_file *f)
{
    if (!writes_directly(f)) unlink(f->temporary);
    fclose(f->stream);
    f->stream = NULL;
}

void atomic_remove(const char *path)
{
    atomic_file half;
    unlink(path);
    if (atomic_open(&half, path) == 0) atomic_drop(&half);
}
