/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_HISTORY_H
#define FROSST2019_HISTORY_H

#include "measuring.h"
#include "training.h"

/*
# Entanglement along a training

What was measured at `looks` moments, the first of them before training: layer i at look k is
at[i * looks + k], at step step[k]. The last of the `layers` is the scores. Kept in the checkpoint.
*/
typedef struct history { size_t layers, looks; double *at, *step; } history;
history history_new(const network *net, size_t looks, checkpoint *c, arena *memory);

/* Measures every layer of the network that is trained, on `part`, as look m->at.looks. */
void history_look(history *h, trainer *m, examples part, distance d);

/* Another history, of one layer: the mean of `count` layers from `first` on. */
history history_mean(const history *h, size_t first, size_t count, arena *memory);

/*
The course of a layer as numbers, and as rows of a series, each under its name here. A value of 0 at the start, at the
least or at look `early` ends the program: nothing can be said in its terms.
*/
typedef struct course {
    double least_over_start;       /* the least value over the one before training */
    double end_over_least;
    double end_over_early;         /* the last over that at look `early` */
    double correlation;            /* rank correlation with the step, from look `early` on */
} course;
course history_course(const history *h, size_t layer, size_t early);
void course_rows(run *r, const char *series, course c);

#endif
