/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_NPZ_H
#define DATA_NPZ_H

#include "data/npy.h"

/*
# NPZ: several arrays in one file

What `numpy.savez("graph.npz", labels=y, ...)` writes is a zip whose members are NPY files: `labels.npy` and so on. libzip
finds and unpacks them, compressed or not, and `data/npy.h` reads what they are. As in Python a member is named without
its ending.

    npz z;
    if (npz_open(&z, "graph.npz") != 0 || npz_labels(&y, &n, 0, &z, "labels", a) != 0) ...
    npz_close(&z);

The functions return 0, or -1 with `error_text()` set: `graph.npz, labels: ` and what is wrong.
*/
typedef struct npz { const char *path; void *archive; } npz;       /* `path` is borrowed */

/* `npz_close` is due even after a failure. */
int npz_open(npz *z, const char *path);
void npz_close(npz *z);

/* As `npy_read` and `npy_labels`. */
int npz_matrix(mat *m, const npz *z, const char *member, arena *a);
int npz_labels(int **y, size_t *n, size_t classes, const npz *z, const char *member, arena *a);

#endif
