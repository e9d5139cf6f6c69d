/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "learn/knn.h"
#include "learn/knn_classifier.h"

double knn_agreement(mat x, const int *labels, size_t k, arena *scratch)
{
    REQUIRE(x.rows > k, "%zu points have no %zu neighbours", x.rows, k);
    arena_mark mark = arena_save(scratch);
    size_t *nearest = arena_take(scratch, x.rows * k, sizeof *nearest), hits = 0;
    knn_search(nearest, NULL, x, x, k, WITHOUT_SELF, scratch);
    for (size_t i = 0; i < x.rows; i++)
        for (size_t j = 0; j < k; j++) hits += labels[nearest[i * k + j]] == labels[i];
    arena_release(scratch, mark);
    return (double)hits / (double)(x.rows * k);
}

double knn_leave_one_out(mat x, const int *labels, arena *scratch)
{
    return knn_agreement(x, labels, 1, scratch);
}

int knn_vote(const size_t *nearest, size_t k, const int *labels)
{
    size_t winner = 0, most = 0;
    for (size_t i = 0; i < k; i++) {
        size_t votes = 0;
        for (size_t j = i; j < k; j++) votes += labels[nearest[j]] == labels[nearest[i]];
        if (votes > most) {
            winner = i;
            most = votes;
        }
    }
    return labels[nearest[winner]];
}
