/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BOOK_EVIDENCE_H
#define BOOK_EVIDENCE_H

#include <stdio.h>

#include "base/arena.h"

/*
# What stands beside an experiment's prose

A page shows what its program has produced: the figures, the line that says
where they come from, and the verdicts on the paper's claims. Everything is
read from files that other programs wrote; nothing is typed twice. What is
not there yet becomes a sentence that says which command makes it, so that a
book can be built at any time.
*/
enum { MOST_FILES = 256 };

typedef struct evidence {
    const char *paper, *profile;             /* the figures', and in commands */
    const char *caption;                     /* of a figure without its own */
    const char *verdicts;                    /* a TSV file, or NULL: no table */
    const char *experiment[MOST_FILES];      /* whose claims; none: all claims */
    const char *figure[MOST_FILES];          /* SVG files */
    const char *provenance[MOST_FILES];      /* JSON files, one a run */
    const char *missing[MOST_FILES];         /* files with the reason why not */
    size_t experiments, figures, runs, reasons;
} evidence;

/* Markdown for the figures, each with the table of the same name (X.md beside X.svg), if
   there is one; then their provenance. `caption` may be NULL. Returns 0, or -1 after `fail`. */
int evidence_figures(FILE *out, arena *memory, const evidence *e, const char *caption);

/* Markdown for the table of verdicts: claim, published, ours, verdict. */
int evidence_verdicts(FILE *out, arena *memory, const evidence *e);

#endif
