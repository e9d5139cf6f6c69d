/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "answers.h"
#include "base/arena.h"

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

double percent_wrong(mat scores, const int *y)
{
    arena *scratch = arena_new();
    int *found = arena_take(scratch, scores.rows, sizeof *found);
    answers_of(found, scores);
    double wrong = 100 * (1 - agreement(found, y, scores.rows));
    arena_free(scratch);
    return wrong;
}

double largest_difference(mat a, mat b)
{
    double most = 0;
    for (size_t e = 0; e < mat_size(a); e++) {
        double difference = fabs((double)a.at[e] - (double)b.at[e]);
        if (isnan(difference)) return difference;
        most = fmax(most, difference);
    }
    return most;
}
