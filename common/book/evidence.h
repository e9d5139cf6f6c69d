/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BOOK_EVIDENCE_H
#define BOOK_EVIDENCE_H

#include <stdio.h>

#include "base/arena.h"

/*
# What stands beside an experiment's prose

A page shows what its program has produced: the figure, the line that says
where it comes from, and the verdicts on the paper's claims. Everything is
read from files that other programs wrote; nothing is typed twice. What is
not there yet becomes a sentence that says which command makes it, so that a
book can be built at any time.
*/
enum { MOST_RUNS = 256 };

typedef struct evidence {
    const char *paper, *profile;             /* the figure's, and in commands */
    const char *alt;                         /* the figure in words, for who cannot see it */
    const char *verdicts;                    /* a TSV file, or NULL: no table */
    const char *experiment;                  /* whose claims; NULL: all claims */
    const char *figure;                      /* an SVG file, or NULL */
    const char *missing;                     /* a file with the reason why there is none, or NULL */
    const char *provenance[MOST_RUNS];       /* JSON files, one a run */
    size_t runs;
} evidence;

/* Markdown for the figure, which leads to a file of its name beside the page, then for its provenance. `caption` may be NULL.
   Returns 0, or -1 after `fail`, as all of these do. */
int evidence_figure(FILE *out, arena *memory, const evidence *e, const char *caption);

/* The table of the figure's name (X.md beside X.svg), if there is one. */
int evidence_table(FILE *out, arena *memory, const evidence *e);

/* Markdown for the table of verdicts: claim, published, ours, verdict. */
int evidence_verdicts(FILE *out, arena *memory, const evidence *e);

#endif
