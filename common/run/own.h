/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_OWN_H
#define RUN_OWN_H

#include "base/atomic.h"
#include "data/vectors.h"
#include "run/run.h"

/*
# What users bring

A program for the user's own data reads vectors and, if there are any, their labels
(`data/vectors.h`). It must not write over them, and must say in its result what they
were.

    static const char *const beside[] = { ".clusters.csv", ".codes.npy", NULL };
    own in = own_read(r, vectors, labels, beside, 1e18, memory);
*/
typedef struct own {
    mat x;                         /* n x d */
    labels of;                     /* of.y is NULL without labels */
} own;

/* Reads the files that the options --vectors and --labels name (`labels_file` may be NULL)
   and notes them in the provenance; says so where no two labels are equal. `beside` lists the
   endings of the files that the program writes beside its result, and ends with NULL. Ends the program where
   a file to be written is one that is read, where a file
   cannot be read, and where a number lies outside -most to most. */
own own_read(run *r, const char *vectors, const char *labels_file, const char *const *beside,
             double most, arena *memory);

/*
# What they are given

A table beside the result, whole or not there, and named with it when the program ends.

    atomic_file f;
    own_open(&f, r, ".clusters.csv");
    fprintf(f.stream, ...);
    own_close(&f, r);
*/
void own_open(atomic_file *f, const run *r, const char *ending);
void own_close(atomic_file *f, run *r);

/* A name as a field of .csv: in quotes, a quote in it twice. */
void own_name(FILE *out, const char *name);

#endif
