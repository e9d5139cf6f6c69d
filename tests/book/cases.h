/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_CASES_H
#define TESTS_CASES_H

#include <stddef.h>

/*
# It's a title with $x \in A$

An introduction.
*/
#ifndef LANES
#define LANES 16
#endif

/* Beside its opener, with an example:

       int x = 1;

   and more. */
int declared(int x);   /* trailing, not prose */

/* in front of code */ int counted;

const char *opener = "/*"; /* no nesting: /* here */
int quote = '"', slash = '\\'; // a line comment with /* inside
/*
Prose after the traps, with a fence: ``.
*/
const char *ticks = "````";

int kept; /* a comment that runs
/* over a line and back */
#define MACRO(x) \
/* in a macro */ \
    (x)
#endif
