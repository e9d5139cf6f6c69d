/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_JUDGE_H
#define CLAIMS_JUDGE_H

#include "claims/claim.h"
#include "claims/results.h"

/*
# Verdicts

| verdict | when |
|---------|------|
| reproduced | the claim holds, in results at the paper's scale |
| direction reproduced | an order, `same` or shape holds, at reduced scale, on a stand-in or, a claim of ours, on other data |
| differs | the interval lies wholly on the wrong side |
| undecided | the interval straddles the margin, or there is none: of one seed, or of a best of fewer runs; `why` says which |
| not run | there is nothing to compare with; `why` names what is missing, or why it was left out |

A scaled-down run never earns *reproduced*, and a value or a best is not
compared with one at all: the paper's number belongs to the paper's setting. Nor is it
with one on data that stand in for the paper's, but there the judgement says how far
they are apart. On other data than the paper's no claim of the paper is judged, only those of
ours that ask the same of such data.
A *differs* of an order at reduced scale speaks of that scale; the judgement
carries the scale so that nobody has to guess.
*/
typedef enum verdict {
    REPRODUCED, DIRECTION_REPRODUCED, DIFFERS, UNDECIDED, NOT_RUN, VERDICTS
} verdict;

const char *verdict_name(verdict v);

/*
`ours` is our mean (a value, a shape), our best, or the difference series -
versus (an order, a `same`); `low` and `high` are the ends of its 90 %
interval. What there is none of is NaN. `n` counts our seeds, the fewer of the
two series. The verdict on a value also depends on the noise of the published
number; the interval that decides, that of the difference, stands in `why`.
*/
typedef struct judgement {
    verdict verdict;
    double ours, low, high;
    size_t n;
    const char *profile;              /* `.` without results */
    scale scale;
    char why[512];
} judgement;

/* Judges a claim by results of its experiment, and of the one that `versus` names, in
   one profile; NULL: there are none. The scale is the lesser of the two. */
judgement claim_judge(const claim *c, const results *r, const results *versus);

/* Our best as a claim of kind best (or literature) compares it: the expected
   best of `c->n` of our seeds, of all of them if they are fewer. */
double claim_best(const claim *c, const cell *a);

#endif
