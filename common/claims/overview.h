/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_OVERVIEW_H
#define CLAIMS_OVERVIEW_H

#include <stdio.h>

#include "claims/review.h"

/*
# Verdicts at a glance

Two tables in Markdown for those who do not want to read every row.
*/

/* For each paper, how often each verdict was given: to averages, to the best of several runs
   (whose verdicts say less), to orders and to shapes; apart from these, to what is asked after it. */
void scoreboard_print(FILE *to, const review *all, size_t papers);

/* The verdicts on the numbers of one experiment: a row a series, a column a measure, in each
   cell the average and after it the best. Nothing, where one row or one column would do. */
void grid_print(FILE *to, const review *all, const char *experiment, arena *scratch);

#endif
