/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAIMS_ASKED_H
#define CLAIMS_ASKED_H

#include <argp.h>

#include "claims/review.h"

/*
# What the programs about claims are asked

All of them look for claims and results somewhere, and most take papers. These
parsers are children of a program's own; it hands each the part of its
settings that it fills in:

    static const struct argp_child children[] = { { &asked_papers, 0, NULL, 0 }, { 0 } };
    ...
    case ARGP_KEY_INIT: state->child_inputs[0] = &s->asked; return 0;
*/

/* `--papers` and `--results`, for a `places`. */
extern const struct argp asked_places;

/* Those, and one paper or more, for an `asked`. */
typedef struct asked {
    places where;
    char **papers;
    size_t count;
} asked;
extern const struct argp asked_papers;

#endif
