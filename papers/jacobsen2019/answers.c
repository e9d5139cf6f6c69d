/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

void answers_of(int *found, mat scores)
{
    for (size_t i = 0; i < scores.rows; i++) {
        const real *s = mat_row(scores, i);
        found[i] = 0;
        for (size_t k = 1; k < scores.cols; k++)
            if (s[k] > s[found[i]]) found[i] = (int)k;
    }
}

double agreement(const int *a, const int *b, size_t n)
{
    size_t equal = 0;
    for (size_t i = 0; i < n; i++) equal += a[i] == b[i];
    return (double)equal / (double)n;
}
