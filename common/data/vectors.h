/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_VECTORS_H
#define DATA_VECTORS_H

#include "base/arena.h"

/*
# Vectors and labels of one's own

What a program reads that measures embeddings computed elsewhere: one file of
vectors, one of labels, each as the user has them.

    mat x;
    labels y;
    if (vectors_read(&x, "z.npy", a) != 0 || vectors_labels(&y, x.rows, "y.csv", a) != 0)
        die(STATUS_FAILED, "%s", error_text());

The ending of the name says what a file is: `.npy` (`data/npy.h`), or `.csv`,
`.tsv` or `.txt` (`data/csv.h`). All functions return 0, or -1 with
`error_text()` set; what is read lives in the arena.
*/

/* A matrix of n >= 1 rows, without NaN or infinity. */
int vectors_read(mat *x, const char *path, arena *a);

/*
The classes of a file, numbered from 0 in the order of their labels: whole
numbers by size, words by the alphabet (of bytes). So `setosa` serves as well
as 1, and what is written 10, 20, 30 becomes 0, 1, 2: measures count tables of
classes x clusters, and a class that nobody is in costs as much as others.
*/
typedef struct labels {
    size_t n, classes;
    int *y;                                 /* n, from 0 to classes - 1 */
    const char **name;                      /* one a class, as in the file */
} labels;

/*
Reads the labels of `n` vectors: a column of words or of whole numbers from 0,
or an array of integers. There must be n; the first line of a text file may be
a header, which is told by its being one line more. O(n log n).
*/
int vectors_labels(labels *l, size_t n, const char *path, arena *a);

#endif
