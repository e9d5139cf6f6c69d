/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ROCK_STONE_H
#define ROCK_STONE_H

/*
# Stones

Something for `table1.c` to call.
*/

/* The weight of `n` stones, in kilograms. */
double stone_weight(int n);

#endif
