/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_MEASURING_H
#define JACOBSEN2019_MEASURING_H

#include "data/dataset.h"
#include "firevnet.h"
#include "nuisance.h"

/*
# What Table 2 measures

Errors, in percent, of the scores, and of a classifier that is trained on the nuisances once the network is done; on
images that were learned from and on others. The images are those of the data: neither shifted nor with noise.

    measuring w;
    measuring_init(&w, r, &net, train, other, memory);      before run_resume
    measure(&w, r, "CE");                                   rows of the network as it is now
    measuring_next(&w);
    measuring_free(&w);
*/
typedef struct measuring {
    firevnet *net;
    examples train, other;
    const char *other_name;        /* of these in the rows: "test" unless changed */
    nuisance classifier;
    posthoc after;
    tape *scratch;
    mat scores[2], nuisances[2];   /* of train and other */
} measuring;

void measuring_init(measuring *w, run *r, firevnet *net, examples train, examples other, arena *memory);
void measuring_free(measuring *w);

/* Rows "test_error", "train_error" and "gap" (test less training), the same of the nuisance classifier with "nuisance_" in front,
   and "nuisance_excess": its test error less that of the scores. */
void measure(measuring *w, run *r, const char *series);
void measuring_next(measuring *w);

extern const run_setting measuring_settings[];

#endif
