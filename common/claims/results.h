/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_RESULTS_H
#define CLAIMS_RESULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
# What the seeds of one experiment found

An experiment leaves one file a seed:

    # paper=agarap2020 experiment=table4 profile=desk scale=paper seed=1
    series  x       metric  value
    SNNL-5  .       ACC     0.8412

(the columns are separated by tabs). Read together, the files of one profile
give for each (series, x, metric) a *cell*: a sample of one value a seed.

    results r;
    if (results_read(&r, memory, paths, count) != 0)
        die(STATUS_FAILED, "%s", error_text());
    const cell *c = results_find(&r, "SNNL-5", ".", "ACC");

The reading is strict, because everything after it believes what it read:
the files are of one experiment and one profile, no seed comes twice, no row
comes twice, every line has four fields. A value is a finite number. "nan"
is refused by name: a diverged run is an event to look at, not a number to
average. Runs of different scale may meet (one seed was rerun with an option
changed); together they count as the least of them.

Everything lives in the arena. O(m log m) for m rows.
*/
typedef enum scale { PAPER_SCALE, STAND_IN, REDUCED, OTHER_DATA, NO_SCALE } scale;  /* each less than the one before */

/* As results have it: paper, stand-in, reduced, other-data; `.` for none. */
const char *scale_name(scale s);

/* As a caption has it. */
const char *scale_words(scale s);

typedef struct cell {
    const char *series, *x, *metric;
    size_t n;
    const double *value;              /* n values, by ascending seed */
    const unsigned long *seed;
} cell;

typedef struct results {
    const char *paper, *experiment, *profile;
    scale scale;                      /* the least of all files */
    size_t seeds;                     /* files read */
    size_t count;
    const cell *cells;                /* in the order in which they first appear */
    const cell **by_key;
} results;

/* Reads `count` >= 1 files; 0, or -1 with file, line, what was expected. */
int results_read(results *r, arena *a, char *const *paths, size_t count);

/* The cell of that name, or NULL. O(log m). */
const cell *results_find(const results *r, const char *series, const char *x,
                         const char *metric);

#endif
