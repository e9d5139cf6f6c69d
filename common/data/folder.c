/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/error.h"
#include "data/folder.h"
#include "data/square.h"

/*
# Names, in order

`scandir` sorts what is chosen, and leaves lists that are ours to free.
*/
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int shown(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static int image_file(const struct dirent *e)
{
    static const char *const ending[] = { ".png", ".jpg", ".jpeg" };
    const char *dot = strrchr(e->d_name, '.');
    for (size_t i = 0; shown(e) && dot && i < 3; i++)
        if (strcasecmp(dot, ending[i]) == 0) return 1;
    return 0;
}

typedef struct names { size_t n; const char **path, **name; } names;

static const char *joined(const char *directory, const char *name, arena *a)
{
    size_t size = strlen(directory) + strlen(name) + 2;
    char *path = arena_take(a, size, 1);
    snprintf(path, size, "%s/%s", directory, name);
    return path;
}

static bool is_of_kind(const char *path, bool directory)
{
    struct stat s;
    return stat(path, &s) == 0 && (directory ? S_ISDIR(s.st_mode) : S_ISREG(s.st_mode));
}

/* Those sub-directories, or those image files. */
static int list(names *l, const char *path, bool directories, arena *a)
{
    struct dirent **entry;
    int count = scandir(path, &entry, directories ? shown : image_file, by_bytes);
    if (count < 0) return fail("%s: %s", path, strerror(errno));
    *l = (names){ 0, arena_take(a, (size_t)count + 1, sizeof *l->path), arena_take(a, (size_t)count + 1, sizeof *l->name) };
    for (int i = 0; i < count; i++) {
        const char *whole = joined(path, entry[i]->d_name, a);
        if (is_of_kind(whole, directories)) {
            l->path[l->n] = whole;
            l->name[l->n++] = strrchr(whole, '/') + 1;
        }
        free(entry[i]);
    }
    free(entry);
    return 0;
}

/*
# The folder
*/
int folder_list(folder *f, const char *path, arena *a)
{
    names classes = { 0 };
    if (list(&classes, path, true, a) != 0) return -1;
    if (classes.n == 0) return fail("%s: no sub-directories, expected one a class, with its images in it", path);
    *f = (folder){ .classes = classes.n, .class_name = classes.name };
    names *files = arena_take(a, classes.n, sizeof *files);
    for (size_t c = 0; c < classes.n; c++) {
        if (list(&files[c], classes.path[c], false, a) != 0) return -1;
        if (files[c].n == 0) return fail("%s: no .png, .jpg or .jpeg files, expected the images of a class", classes.path[c]);
        f->n += files[c].n;
    }
    f->path = arena_take(a, f->n, sizeof *f->path);
    f->y = arena_take(a, f->n, sizeof *f->y);
    for (size_t c = 0, k = 0; c < classes.n; c++)
        for (size_t i = 0; i < files[c].n; i++, k++) {
            f->path[k] = files[c].path[i];
            f->y[k] = (int)c;
        }
    return 0;
}

int folder_images(mat x, const folder *f, size_t side)
{
    REQUIRE(x.rows == f->n && x.cols == side * side * PHOTOGRAPH_CHANNELS, "%zu x %zu for %zu images of %zu x %zu",
            x.rows, x.cols, f->n, side, side);
    arena *scratch = arena_new();
    int status = 0;
    for (size_t i = 0; status == 0 && i < f->n; i++, arena_reset(scratch)) {
        photograph p;
        status = photograph_read(&p, f->path[i], scratch);
        if (status == 0) photograph_square(mat_row(x, i), &p, side, scratch);
    }
    arena_free(scratch);
    return status;
}
