/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
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

int atomic_open(atomic_file *f, const char *path)
{
    f->stream = NULL;
    if (strlen(path) >= sizeof f->path)
        return fail("a path of %zu characters; expected at most %zu", strlen(path),
                    sizeof f->path - 1);
    snprintf(f->path, sizeof f->path, "%s", path);
    if (is_directory(path)) return fail("%s: is a directory, expected a file", path);
    snprintf(f->temporary, sizeof f->temporary, atomic_is_special(path) ? "%s" : "%s.tmp", path);
    if (make_directories(path) != 0) return -1;
    f->stream = fopen(f->temporary, "w");
    if (!f->stream)
        return fail("%s: cannot write: %s; name a place that is writable",
                    f->temporary, strerror(errno));
    return 0;
}

int atomic_close(atomic_file *f)
{
    int special = strcmp(f->path, f->temporary) == 0;
    int failed = ferror(f->stream) || fflush(f->stream) != 0
              || (!special && fsync(fileno(f->stream)) != 0);
    int reason = errno;
    if (fclose(f->stream) != 0 && !failed) {
        failed = 1;
        reason = errno;
    }
    f->stream = NULL;
    if (!failed && !special && rename(f->temporary, f->path) != 0) {
        failed = 1;
        reason = errno;
    }
    if (!failed) return 0;
    if (!special) unlink(f->temporary);
    return fail("%s: writing failed: %s; nothing was changed", f->path, strerror(reason));
}
