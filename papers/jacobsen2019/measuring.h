/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_MEASURING_H
#define JACOBSEN2019_MEASURING_H

#include "posthoc.h"
#include "training.h"

/*
# What Table 2 measures

Errors, in percent, of the scores, and of a classifier that is trained on the nuisances once the network is done; on images that were
learned from and on others. The classifier learns from what the network has learned from: before each of its passes over the data all
images are shifted and spread anew, and encoded. Errors, those of training too, are counted on the images of the data as they are,
neither shifted nor with noise.

    measuring w;
    measuring_init(&w, r, &net, how, train, other, memory); before run_resume
    if (measure(&w, r, "CE")) ...                           rows of the network as it is now
    measuring_next(&w);
    measuring_free(&w);
*/
typedef struct measuring {
    firevnet *net;
    recipe how;                    /* of the network's training */
    examples train, other;         /* numbers from 0 to 1 */
    const char *other_name;        /* of these in the rows: "test" unless changed */
    nuisance classifier;
    posthoc after;
    tape *scratch;
    mat seen[2];                   /* train and other, as they were shown to the network last */
    mat scores[2], nuisances[2];   /* of them */
} measuring;

void measuring_init(measuring *w, run *r, firevnet *net, recipe how, examples train, examples other, arena *memory);
void measuring_free(measuring *w);

/* Rows "test_error", "train_error" and "gap" (test less training), the same of the nuisance classifier with "nuisance_" in front,
   and "nuisance_excess": its test error less that of the scores. Its test error has a row after each pass, too: one that still
   falls at the last is an upper bound. False if the nuisances are no numbers: then there are no rows but those of passes. */
bool measure(measuring *w, run *r, const char *series);
void measuring_next(measuring *w);

extern const run_setting measuring_settings[];

#endif
