/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# What is no number stays none

A comparison with NaN is false, so a maximum or a count that asks the wrong way round turns a diverged
network into one that is as good as chance, or perfect. Here NaN goes into whatever compares: it comes out again, or is
refused by name.

    not_a_number [CASE]         all cases, or one
    not_a_number refuse WHAT    what cannot be measured
*/
#include <math.h>

#include "nn/activation.h"
#include "tapes.h"

/* Long enough for vectors and for what is left over; NaN at either end of both. */
enum { LONG = 37 };

static const size_t where[] = { 0, 15, 31, 32, LONG - 1 };
enum { PLACES = sizeof where / sizeof *where };

static mat ones(size_t rows, size_t cols)
{
    mat x = arena_mat(memory, rows, cols);
    mat_fill(x, 1);
    return x;
}

static void test_activations(void)
{
    for (activation a = LINEAR; a <= TANH; a++)
        for (size_t p = 0; p < PLACES; p++) {
            mat x = ones(1, LONG);
            x.at[where[p]] = (real)NAN;
            mat y = activate(t, tape_input(t, x), a)->value;
            size_t none = 0;
            for (size_t i = 0; i < LONG; i++) none += isnan((double)y.at[i]) != 0;
            gsl_test(!isnan((double)y.at[where[p]]) || none != 1, "activation %d: NaN %zu of %d, and no other", (int)a, where[p], LONG);
            bias_activate(x, NULL, a);
            gsl_test(!isnan((double)x.at[where[p]]), "activation %d in place: NaN %zu of %d", (int)a, where[p], LONG);
        }
    mat zeros = arena_mat(memory, 1, LONG);
    mat_fill(zeros, -(real)0.0);
    bias_activate(zeros, NULL, RELU);
    gsl_test(signbit((double)zeros.at[0]) || signbit((double)zeros.at[LONG - 1]), "a rectified -0 is 0");
}

static const test_case cases[] = {
    { "activations", test_activations },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
