/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_AUROC_H
#define LEARN_AUROC_H

#include "base/arena.h"

/*
# How well a score tells two kinds apart

The area under the receiver operating characteristic is the probability that one of the first kind
scores higher than one of the second, a tie counted as half (Mann and Whitney 1947): 1/2 if the score says
nothing, 1 if some threshold tells all of them apart. It is found from the ranks $r_i$ of the first kind among all,
ties sharing their mean rank:

$$ A = \frac{1}{nm} \left( \sum_{i=1}^n r_i - \frac{n (n + 1)}{2} \right). $$
*/

/* `high` are the n >= 1 scores that should be the higher ones, `low` the m >= 1 others; none is NaN.
   O((n + m) log(n + m)). */
double auroc(const double *high, size_t n, const double *low, size_t m, arena *scratch);

#endif
