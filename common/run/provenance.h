/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_PROVENANCE_H
#define RUN_PROVENANCE_H

#include <stdio.h>

/*
# Where a number comes from

A result is the same on every rerun; all that varies goes into a JSON file
beside it: when, where, on what, with which versions, from which inputs. The file is
one object, flat but for `inputs`.
*/
enum { PROVENANCE_INPUTS = 64 };

typedef struct provenance {
    int argc;
    char **argv;
    unsigned long seed;
    double began;                  /* progress_clock() at the start */
    char start[32];                /* UTC */
    char input[PROVENANCE_INPUTS][4096], sha256[PROVENANCE_INPUTS][65];
    size_t inputs;
    char stand_in[512];            /* what a reader must be told of the data, or empty */
} provenance;

void provenance_begin(provenance *p, int argc, char **argv);

/* Notes an input file and its SHA-256 (computed by `sha256sum`), and returns that. */
const char *provenance_input(provenance *p, const char *path);

/* Notes that the data stand in for those of the paper, and how. */
void provenance_stand_in(provenance *p, const char *note);

/* The commit that the program was linked from, "" where git knew none; make writes it as it links. */
extern const char linked_from[];

/* Writes the object. The commit is taken from $TANGLE_COMMIT, which make sets where it runs an experiment, or else is the
   one that the program was linked from: its sources are still those. */
void provenance_write(const provenance *p, FILE *out);

#endif
