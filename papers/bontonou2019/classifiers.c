/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "classifiers.h"
#include "learn/knn.h"
#include "learn/knn_classifier.h"
#include "learn/svc.h"

double error_of(const int *answer, const int *y, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) wrong += answer[i] != y[i];
    return 100 * (double)wrong / (double)n;
}

double error_of_scores(mat scores, const int *y)
{
    size_t wrong = 0;
    for (size_t i = 0; i < scores.rows; i++) wrong += argmax(mat_row(scores, i), scores.cols) != (size_t)y[i];
    return 100 * (double)wrong / (double)scores.rows;
}

neighbour_errors error_of_neighbours(mat test, const int *y, examples places, arena *scratch)
{
    enum { K = 10 };
    arena_mark mark = arena_save(scratch);
    size_t n = test.rows, *nearest = arena_take(scratch, n * K, sizeof *nearest);
    int *one = arena_take(scratch, n, sizeof *one), *ten = arena_take(scratch, n, sizeof *ten);
    knn_search(nearest, NULL, test, places.x, K, WITH_SELF, scratch);
    for (size_t i = 0; i < n; i++) {
        one[i] = knn_vote(nearest + i * K, 1, places.y);
        ten[i] = knn_vote(nearest + i * K, K, places.y);
    }
    neighbour_errors found = { error_of(one, y, n), error_of(ten, y, n) };
    arena_release(scratch, mark);
    return found;
}

double error_of_svc(mat test, const int *y, examples places, gamma_rule gamma, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    int *answer = arena_take(scratch, test.rows, sizeof *answer);
    svc *m = svc_fit(places.x, places.y, 1, gamma == GAMMA_SCALE ? svc_gamma(places.x) : 1 / (double)places.x.cols);
    svc_answers(answer, m, test);
    svc_free(m);
    double found = error_of(answer, y, test.rows);
    arena_release(scratch, mark);
    return found;
}
