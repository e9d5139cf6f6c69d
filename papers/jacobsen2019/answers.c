/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

void answers_of(int *found, mat scores)
{
    for (size_t i = 0; i < scores.rows; i++) found[i] = (int)argmax(mat_row(scores, i), scores.cols);
}

double agreement(const int *a, const int *b, size_t n)
{
    size_t equal = 0;
    for (size_t i = 0; i < n; i++) equal += a[i] == b[i];
    return (double)equal / (double)n;
}
