/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_LABEL_H
#define BASE_LABEL_H

#include <stddef.h>

/*
# Labels

A label is the number of a class, from 0. Data have them as `int`, because files and people write -1 where there is none;
where one becomes an index, it is asked for by this.

    counts.at[label_index(y[i], counts.cols)]++;

A label that is no class breaks the caller's contract.
*/
size_t label_index(int label, size_t classes);

/* The same of n labels at once, before their work is shared among threads. */
void labels_require(const int *y, size_t n, size_t classes);

#endif
