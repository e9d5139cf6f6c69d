/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_ROBUSTNESS_H
#define BONTONOU2019_ROBUSTNESS_H

#include "data/corruption.h"

/*
# How much worse is a classifier on damaged images?

Corruptions are not equally hard, so the errors of a classifier on each are divided by those of a baseline
before they are averaged (Hendrycks and Dietterich 2019). With $E_{s,c}$ the error on corruption c in severity s
and B the baseline's,

$$ \mathit{MCE} = 100 \cdot \frac1{15} \sum_c \frac{\sum_s E_{s,c}}{\sum_s B_{s,c}}, \qquad
   \mathit{relative\ MCE} = 100 \cdot \frac1{15} \sum_c
   \frac{\sum_s (E_{s,c} - E_\text{clean})}{\sum_s (B_{s,c} - B_\text{clean})}. $$

The second asks how much worse than on clean images. The baseline's own are 100. A corruption that costs the
baseline nothing has no such quotient and is left out of the second mean; one that costs it *little* has one that
says more about chance than about the classifier, and may decide the mean. So whoever reads a relative MCE looks at
its quotients, and at the least of the costs that they were divided by. The baseline of Table 2 is the paper's
network with cross-entropy, not that of Hendrycks and Dietterich.
*/
typedef struct errors_of {
    double clean, at[CORRUPTIONS][SEVERITIES];
} errors_of;

double mean_corruption_error(const errors_of *e, const errors_of *baseline);
/* NaN if no corruption costs the baseline anything. */
double relative_corruption_error(const errors_of *e, const errors_of *baseline);

/* What these are the means of, for corruption number c; the relative one is NaN where it costs the baseline nothing. */
double corruption_quotient(const errors_of *e, const errors_of *baseline, size_t c);
double relative_quotient(const errors_of *e, const errors_of *baseline, size_t c);

/* The error of a corruption above that of clean images, mean over the severities: of the one where it is least. */
double least_cost(const errors_of *e);

#endif
