/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_FOLDER_H
#define DATA_FOLDER_H

#include "base/arena.h"

/*
# A folder of images

Images as people keep them: a sub-directory a class, with its PNG and JPEG files (`.png`, `.jpg`, `.jpeg`, in
capitals or not). Other files, and all whose names begin with a dot, are passed over.

    folder f;
    if (folder_list(&f, "flowers", a) != 0) die(STATUS_FAILED, "%s", error_text());
    mat x = arena_mat(a, f.n, side * side * 3);
    if (folder_images(x, &f, side) != 0) die(STATUS_FAILED, "%s", error_text());

Classes come by the alphabet (of bytes), and in a class its files. The first look lists names only: it is quick, and tells
how much memory the images need. Both return 0, or -1 with `error_text()` set.
*/
typedef struct folder {
    size_t classes, n;
    const char **class_name;       /* one a class: the name of its sub-directory */
    const char **path;             /* one an image */
    int *y;                        /* likewise, from 0 to classes - 1 */
} folder;

int folder_list(folder *f, const char *path, arena *a);

/* Fills x, n x (side * side * 3), numbers from 0 to 1, RGB; images of any size are brought to that one (`data/square.h`). */
int folder_images(mat x, const folder *f, size_t side);

#endif
