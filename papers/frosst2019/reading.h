/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_READING_H
#define FROSST2019_READING_H

#include "data/dataset.h"
#include "objective.h"

/*
# The readings

One thing is changed at a time, from $\alpha = -0.1$ with raw activations, a temperature that starts at 100
and takes one step a batch, and all four hidden layers; but for the normalised ones, whose temperature starts at 1 and of which one
has another $\alpha$, the triplet losses, and the last four, which were added when a temperature that stays had shown the largest
gain. `readings` trains a network under each, and
`readings-attacked` asks what these networks know of what they do not know.
*/
typedef struct reading { bool mnist; objective o; } reading;   /* of MNIST, or else of Fashion-MNIST */

enum { READINGS = 28 };
extern const reading readings[READINGS];

/*
# A training set in two

What a reading learns from, and what it is tested on: the test set stays out of every choice. The seed draws the split, which is the
same for all readings.
*/
typedef struct split { examples train, held_out; } split;
split split_of(const run *r, examples all, size_t held_out, arena *memory);

/* As a part of a file name (`common/run/trained.h`): blanks and commas become hyphens. `size` bytes. */
void reading_file_name(char *name, size_t size, const reading *of);

#endif
