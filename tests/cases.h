/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_CASES_H
#define TESTS_CASES_H

#include <math.h>
#include <string.h>
#include <gsl/gsl_test.h>

#include "base/error.h"
#include "base/mat.h"

/*
# A program of several cases

    base [CASE]            all cases, or one

`cases_run` runs them and returns the status for `main`. `before`, unless it
is NULL, is called before each.
*/
typedef struct test_case { const char *name; void (*run)(void); } test_case;

static inline int cases_run(const test_case *cases, size_t count, void (*before)(void), int argc,
                            char **argv)
{
    size_t ran = 0;
    for (size_t c = 0; c < count; c++) {
        if (argc > 1 && strcmp(argv[1], cases[c].name) != 0) continue;
        if (before) before();
        cases[c].run();
        ran++;
    }
    REQUIRE(ran > 0, "no case \"%s\"", argv[1]);
    return gsl_test_summary();
}

/* The same, for an array. */
#define CASES_RUN(cases, before, argc, argv) \
    cases_run(cases, sizeof(cases) / sizeof *(cases), before, argc, argv)

/* How far off a result may be, in the float and in the double build. */
static inline double tolerance(double in_float, double in_double)
{
    return sizeof(real) == sizeof(float) ? in_float : in_double;
}

/* The larger of both, and no number as soon as one is none: `fmax` would forget it, and with it the error that it stands for. */
static inline double larger(double a, double b)
{
    return isnan(b) || b > a ? b : a;
}

#endif
