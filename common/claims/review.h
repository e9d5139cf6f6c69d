/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_REVIEW_H
#define CLAIMS_REVIEW_H

#include "claims/judge.h"

/*
# All claims of a paper against all its results

A review reads `PAPERS/NAME/claims.tsv`, looks for the results of every
experiment named there under `RESULTS/PROFILE/NAME/`, and judges each claim by
the best profile: paper, else desk, else quick, the first whose results hold
what the claim asks for. Results of the smoke profile are for tests and never
count.

    places p = PLACES;
    review all;
    if (review_read(&all, memory, &p, "agarap2020") != 0)
        die(STATUS_FAILED, "%s", error_text());

Where an experiment left `EXPERIMENT.seedN.missing` instead of results, its
first line is the reason of the *not run*.
*/
typedef struct places { const char *papers, *results; } places;
#define PLACES { .papers = "papers", .results = "results" }

typedef struct review {
    const char *paper;
    claims claims;
    judgement *of;                    /* one a claim; not run where none is due */
    size_t judged, count[VERDICTS];   /* of those that are judged */
} review;

/* Everything lives in the arena. 0, or -1 with file and line in `error_text()`. */
int review_read(review *all, arena *a, const places *p, const char *paper);

/* The claims alone; likewise. */
int claims_of(claims *all, arena *a, const places *p, const char *paper);

/*
The results of one experiment in one profile; `*found` says whether there are
any. If there are none but a reason was left, `*missing` is that reason,
otherwise NULL. -1 if a file cannot be read or belongs somewhere else.
*/
int results_find_files(results *r, bool *found, const char **missing, arena *a,
                       const places *p, const char *paper, const char *experiment,
                       const char *profile);

/* The profiles from best to least, ended by NULL. */
extern const char *const profiles[];

#endif
