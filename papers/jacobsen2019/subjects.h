/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_SUBJECTS_H
#define JACOBSEN2019_SUBJECTS_H

#include "oracle.h"
#include "firevnet.h"

/*
# Metameric sampling

Take the scores of one image and the nuisances of another, of another class, and invert. The network cannot tell the result from the
first image; what is there to be seen, the oracle says.

    subjects s;
    subjects_load(&s, r, count, memory);
    subjects_choose(&s, r, "ice");
    metamers_at(&s, x, 1, memory);                 scores of a, nuisances of b
*/
typedef struct subjects {
    image shape;
    firevnet net;
    oracle eye;
    tape *scratch;
    size_t count;
    mat a, b;                      /* images, count x d, spread (`digits.h`) */
    int *class_a, *class_b;
    mat scores, nuisances_a, nuisances_b;      /* of a, a and b, by the network that was chosen */
    mat unused;                                /* the scores of b */
} subjects;

/* Pairs of test images of different classes, drawn by the seed, and the oracle of `table2-mnist`. */
void subjects_load(subjects *s, run *r, size_t count, arena *memory);
void subjects_free(subjects *s);

/* The network of `table2-mnist` that was trained so; encodes all pairs. False, and a remark, if that training did not come to
   its end. */
bool subjects_choose(subjects *s, run *r, const char *model);

/* x from the scores of a and (1 - t) times the nuisances of a plus t times those of b. */
void metamers_at(subjects *s, mat x, double t, arena *memory);

/* What the oracle sees in x, which is made fit to be shown in place. */
void metamers_seen(subjects *s, int *seen, mat x);

#endif
