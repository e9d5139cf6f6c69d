/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_NPY_H
#define DATA_NPY_H

#include "base/arena.h"
#include "base/atomic.h"
#include "base/image.h"

/*
# NPY: arrays from and to NumPy

The door for embeddings that were computed elsewhere. In Python
`numpy.save("z.npy", z)` writes what `npy_read` takes, and `numpy.load` reads
what `npy_write` leaves.

A file is a magic string, a version, the length of a header, the header (a
Python dictionary as text, with type, order and shape) and the bare numbers:

    \x93NUMPY 1 0 <length> {'descr': '<f4', 'fortran_order': False,
    'shape': (10000, 70), }

We take versions 1 and 2, little-endian `f2`, `f4`, `f8`, `i1`, `i4`, `i8` and `u1`, one
or two dimensions (images have four), row after row. Everything else is refused with the line of
Python that makes it right; so is a file longer or shorter than its header
says. NaN and infinity pass: `mat_is_finite` tells.

Each function returns 0, or -1 with `error_text()` set. What is read lives in
the arena `a`. Cost: one pass over the bytes.

Format: numpy.org, "NEP 1: A simple file format for NumPy arrays".
*/

/* A matrix; one dimension of n elements becomes n x 1. A value that `real`
   cannot hold is refused. */
int npy_read(mat *m, const char *path, arena *a);

/* `n` labels from one dimension of integers, each at least 0 and below
   `classes`; 0 for `classes` means that any int will do. */
int npy_labels(int **y, size_t *n, size_t classes, const char *path, arena *a);

/* The same of a file that is in memory already (`data/npz.h` unpacks some); `path` is for messages. */
typedef struct npy_bytes { void *at; size_t count; } npy_bytes;
int npy_read_bytes(mat *m, npy_bytes from, const char *path, arena *a);
int npy_labels_bytes(int **y, size_t *n, size_t classes, npy_bytes from, const char *path, arena *a);

/* Writes `m` as it is in memory: `f4`, or `f8` in the double build. The file
   appears whole or not at all. */
int npy_write(const char *path, mat m);

/*
# Images

As they are usually passed around: bytes, n x height x width x channels. In memory
they are rows of numbers in [0, 1] (`base/image.h`), so a byte k is k / 255.
*/

/* `channels` is the number that is expected. */
int npy_images(mat *x, image *shape, size_t channels, const char *path, arena *a);

/*
Large files are written batch by batch:

    atomic_file f;
    int status = npy_images_begin(&f, path, n, shape);
    if (status == 0) {
        npy_images_add(&f, x);              // until there are n
        status = atomic_close(&f);
    }

Numbers are rounded to the nearest byte; beyond [0, 1] they are its ends.
*/
int npy_images_begin(atomic_file *f, const char *path, size_t n, image shape);
void npy_images_add(atomic_file *f, mat x);

/* `n` labels as bytes, all of them `times` times over. One above 255 is refused. */
int npy_write_labels(const char *path, const int *y, size_t n, size_t times);

#endif
