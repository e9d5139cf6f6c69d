/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/label.h"

#include "base/rng.h"
#include "data/folds.h"

/* Examples in random order are dealt out like cards, class by class, each class where the last one stopped. */
void folds_draw(size_t *fold, const int *y, size_t n, size_t classes, size_t folds, gsl_rng *rng, arena *scratch)
{
    REQUIRE(folds > 0, "%zu folds of %zu examples", folds, n);
    labels_require(y, n, classes);
    arena_mark mark = arena_save(scratch);
    size_t *order = arena_take(scratch, n, sizeof *order), next = 0;
    rng_permutation(rng, order, n);
    for (size_t k = 0; k < classes; k++)
        for (size_t i = 0; i < n; i++)
            if ((size_t)y[order[i]] == k) fold[order[i]] = next++ % folds;
    arena_release(scratch, mark);
}
