/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "learn/knn.h"
#include "learn/knn_classifier.h"

double knn_leave_one_out(mat x, const int *labels, arena *scratch)
{
    REQUIRE(x.rows >= 2, "%zu points have no neighbours", x.rows);
    arena_mark mark = arena_save(scratch);
    size_t *nearest = arena_take(scratch, x.rows, sizeof *nearest), hits = 0;
    knn_search(nearest, NULL, x, x, 1, WITHOUT_SELF, scratch);
    for (size_t i = 0; i < x.rows; i++) hits += labels[nearest[i]] == labels[i];
    arena_release(scratch, mark);
    return (double)hits / (double)x.rows;
}
