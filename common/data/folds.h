/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_FOLDS_H
#define DATA_FOLDS_H

#include <gsl/gsl_rng.h>

#include "base/arena.h"

/*
# Folds

Cross-validation holds out one part after the other. `fold` (n) says in which of `folds` each example is: they are drawn so
that no two parts differ by more than one example, nor by more than one of any class.
*/
void folds_draw(size_t *fold, const int *y, size_t n, size_t classes, size_t folds, gsl_rng *rng, arena *scratch);

#endif
