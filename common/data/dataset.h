/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_DATASET_H
#define DATA_DATASET_H

#include <gsl/gsl_rng.h>

#include "base/arena.h"
#include "base/image.h"
#include "data/batches.h"

/*
# Data sets by name

    dataset set;
    int status = dataset_load(&set, "fashion-mnist", memory);
    if (status != 0)
        die(status == DATA_MISSING ? STATUS_MISSING : STATUS_FAILED, "%s", error_text());

The files are those that `make data/NAME` puts under `data/NAME`; with the
environment variable `DATA_DIR` the sets are looked for there instead of in
`data`.

| name | classes | train | test | images | |
|------|---------|-------|------|--------|-|
| `mnist`         | 10 | 60,000 | 10,000 | 28 x 28, grey | |
| `fashion-mnist` | 10 | 60,000 | 10,000 | 28 x 28, grey | |
| `emnist-balanced` | 47 | 112,800 | 18,800 | 28 x 28, grey | the official split |
| `emnist47`      | 47 | 95,653 | 18,800 | 28 x 28, grey | a stand-in for EMNIST Balanced |
| `notmnist`      | 10 | 0      | 10,000 | 28 x 28, grey | only for testing |
| `cifar-10`      | 10 | 50,000 | 10,000 | 32 x 32, RGB | |
| `cifar-100`     | 100 | 50,000 | 10,000 | 32 x 32, RGB | fine labels |
| `svhn`          | 10 | 73,257 | 26,032 | 32 x 32, RGB | |

A row is an image, line after line, the channels of a pixel side by side
(`base/image.h`).
*/
enum { DATA_MISSING = -2 };

/* n examples of d features in [0, 1], and the class of each. */
typedef struct examples {
    mat x;                                  /* n x d */
    int *y;                                 /* n, from 0 to classes - 1 */
} examples;

enum { DATASET_FILES = 8 };
typedef struct dataset {
    const char *name, *title;
    const char *note;                       /* of a stand-in for another set: how it differs; else NULL */
    const char *file[DATASET_FILES];        /* what was read; NULL after the last */
    size_t classes;
    image shape;                            /* d = height * width * channels */
    const char *const *class_name;          /* one a class */
    examples train, test;                   /* train.x.rows may be 0 */
} dataset;

/*
Reads the set into the arena, 4 bytes a number (8 in the double build): 220 MB
for Fashion-MNIST, 740 MB for CIFAR, 1.2 GB for SVHN. Returns 0; `DATA_MISSING`
if a file is not there, with an `error_text()` that ends in the command that
gets it; -1 if a file is damaged or nobody knows the name.
*/
int dataset_load(dataset *set, const char *name, arena *a);

/*
Writes the path of `file` of the set `name` into `path`, which has room for
`size` bytes. Returns 0, or `DATA_MISSING` as above if there is no such file.
*/
int dataset_file(char *path, size_t size, const char *name, const char *file);

/*
Fails, and says which names there are: those that the rows of `table` begin with, a row being `size` bytes. `what` says
of what kind they are.
*/
int dataset_nobody_knows(const char *what, const char *name, const void *table, size_t rows, size_t size);

/* For those who load a set: `path` becomes one more of `set->file`. Returns that
   copy, which lives in the arena. */
const char *dataset_note_file(dataset *set, const char *path, arena *a);

/* Copies the `count` examples with these numbers into the arena; `from.y` may be NULL. */
examples examples_gather(examples from, const size_t *index, size_t count, arena *a);

/* Likewise those of the next batch (`data/batches.h`). */
examples examples_next(examples from, batches *b, arena *a);

/*
Copies `count` examples drawn without replacement into the arena, in the order
in which they stood. Every subset is equally likely: the classes are not
balanced. O(n + count d).
*/
examples examples_subset(examples from, size_t count, gsl_rng *rng, arena *a);

#endif
