/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_MAP_H
#define FROSST2019_MAP_H

#include "base/mat.h"
#include "run/run.h"

/*
# A map for a picture

Many figures of the paper are maps by t-SNE, which prove nothing by themselves: distances between what is far apart
mean little in them. So the programs that draw one also measure in the space that it was made from.
*/
extern const run_setting map_settings[];

/* The rows of a, then those of b; kind[i] is 0 for those of a and 1 for those of b. */
mat rows_of_both(mat a, mat b, int *kind, arena *memory);

/* Maps the rows of x (n x d) to the plane, from its principal components on. Row i becomes the series "point NAME i" with the
   metrics x1, x2 and class, which is kind[i]. Cost: `learn/tsne.h`. */
void map_rows(run *r, const char *name, mat x, const int *kind, arena *scratch);

#endif
