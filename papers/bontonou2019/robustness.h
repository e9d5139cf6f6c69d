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
baseline nothing has no such quotient and is left out of the second mean. The baseline of Table 2 is the paper's
network with cross-entropy, not that of Hendrycks and Dietterich.
*/
typedef struct errors_of {
    double clean, at[CORRUPTIONS][SEVERITIES];
} errors_of;

double mean_corruption_error(const errors_of *e, const errors_of *baseline);
/* NaN if no corruption costs the baseline anything. */
double relative_corruption_error(const errors_of *e, const errors_of *baseline);

#endif
