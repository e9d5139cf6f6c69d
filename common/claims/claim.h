/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_CLAIM_H
#define CLAIMS_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"

/*
# What a paper claims, as rows

`papers/NAME/claims.tsv` states every number and every ordering that we hold
against our results, before any run. Lines in front that begin with `#` are
for people. Then the names of the columns, then a claim a line; `.` is empty.

| column | what it says |
|--------|--------------|
| id | a name of the claim, unique in the file |
| where | Table IV; Fig. 1; Section 3; or `ours, after Fig. 1`: the paper's question, asked of what it has not |
| experiment, series, x, metric | which rows of which results |
| kind, relation | what is compared, see below |
| versus | the other series, `series@x`, or `experiment:series@x` |
| published | the published number |
| spread, n | standard deviation and number of the published runs |
| margin | how far is still the same; `20%` is relative |
| why | the reason for the margin: one without a reason is refused |
| statement | the claim in words |
| note | what is known of why it differs; if it begins with "Left out", why results may lack it; of literature, whose it is |

| kind | relation | it holds if |
|------|----------|-------------|
| `value` | `=` | our mean is equivalent to `published` within the margin |
| `best` | `max` `min` | our best is within the margin of the best of `n` |
| `order` | `>` `<` | above (below) `versus` by more than the margin |
| `same` | `=` | the series and `versus` are equivalent within the margin |
| `shape` | `>` `<` | the number is above (below) the bound in `margin` |
| `shape` | `=` | the number is equivalent to `published` within the margin |
| `literature` | `mean` `max` `min` | another method, or another setting: never judged |
| `reading` | `=` | a reading of what the paper leaves open, never judged |

An order with a negative margin may be missed by that much. `published` of an
order or a `same` is the published difference, for the reader. A `spread` of 0
in an order, a `same` or a `shape` declares that the number does not depend on
the seed, so that one run decides. Literature and readings stand in tables, beside what
they are compared with: they are nobody's promise.
*/
typedef enum claim_kind {
    CLAIM_VALUE, CLAIM_BEST, CLAIM_ORDER, CLAIM_SAME, CLAIM_SHAPE, CLAIM_LITERATURE,
    CLAIM_READING
} claim_kind;

typedef struct claim {
    const char *id, *where, *experiment, *series, *x, *metric;
    claim_kind kind;
    const char *relation, *versus;         /* versus as written, or `.` */
    const char *versus_experiment, *versus_series, *versus_x;      /* taken apart */
    double published, spread;              /* NaN: none */
    size_t n;                              /* 0: none */
    double margin;                         /* a fraction if it is relative */
    bool margin_relative;
    const char *margin_text, *published_text;
    const char *why, *statement, *note;
    size_t line;
} claim;

typedef struct claims {
    const char *path;
    size_t count;
    claim *at;
} claims;

/* Reads a file of claims into the arena; 0, or -1 with file, line, the value
   and what was expected. */
int claims_read(claims *all, arena *a, const char *path);

const char *kind_name(claim_kind kind);

/* A claim of the paper, which earns a verdict? */
bool claim_is_judged(const claim *c);

/* Is it asked of what the paper has not, other data or another measure? Its `where` begins with "ours". */
bool claim_is_ours(const claim *c);

/* A judged claim of this experiment? */
bool claim_belongs(const claim *c, const char *experiment);

/* The margin of a published number, in its unit. */
double claim_margin(const claim *c);

/* What is measured, and when the claim holds, in words: "`ACC` within 0.02 of the published", "`radius_variation` below
   .3", "`mean_accuracy`, less that of baseline: above 0". */
void claim_test_print(FILE *to, const claim *c);

#endif
