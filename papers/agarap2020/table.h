/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef AGARAP2020_TABLE_H
#define AGARAP2020_TABLE_H

#include "evaluation.h"

/*
# Tables III, IV and V

One protocol on three data sets: six measures (`evaluation.h`) of the pixels, of the
baseline autoencoder, and of the eight variants (`objective.h`). Variants with labels
are trained on a small part of the training set, the others on all of it.

Rows SNNL-2, 4, 6 and 8 have no labels, so their network *is* the baseline's
(`objective.h` derives it). That is also tried: each is trained beside the baseline for
an epoch of the labelled part, with its loss and without labels, and has to arrive at
the same weights to the last bit (`require_baseline`). Then the baseline is trained as
the paper says, once for all five, and k-means draws anew for each row.
*/
typedef struct table_program {
    const char *experiment, *purpose;
    const char *set, *stand_in;    /* the data; NULL: nothing stands in for them */
    double labelled[RUN_PROFILES]; /* training examples of the variants with labels */
    double examples[RUN_PROFILES]; /* of all other rows; a stand-in that has fewer gives all */
} table_program;

/* The whole program: what main returns. Resumes where a killed run was. */
int table(int argc, char **argv, const table_program *p);

#endif
