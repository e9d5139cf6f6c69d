/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Equation 18: what smoothing does to a bound

The value of InfoNCE bounds the information that embeddings have of their classes. The paper asks what becomes of the
bound when labels are drawn from a smoothed distribution, and finds a quantity that falls from I to 0. Here embeddings and
classes are so few that loss and information are sums over all cases (`bound.h`): nothing is estimated.

    eq18-bound --seed 1

Two things can be seen. The bound holds, and is the tighter the more noise labels there are. And it is not what the paper's
proof shows: its step from equation 35 to 36 takes the logarithm of a mean for the mean of a logarithm, which by Jensen's
inequality is *larger*, where the proof needs a smaller one. What is proven (Poole et al. 2019), for any critic, is the same
with $\log (N + 1)$ in the place of $\log N$. That is more, so equation 18 is true.

*Reads* nothing. *Writes* both sides for several $\epsilon$ and N. *Checked by* the claims of equation 18 in
`papers/hugger2024/claims.tsv`.

[figure]

[verdicts]
*/
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "bound.h"               /* gives: bound_left, bound_loss */
#include "run/run.h"             /* gives: run_begin, run_row, run_end */

static struct { size_t steps, noise; double contrast; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 4, 20, 20, 20 }, "steps of epsilon from 0 to 1", "ours" },
    { "noise", &set.noise, NULL, { 4, 64, 64, 64 }, "noise labels at most; also 1, 4, 16, ...", "ours" },
    { "contrast", NULL, &set.contrast, { 2, 2, 2, 2 }, "standard deviation of log p(z, y)", "ours" },
    { 0 }
};

static joint draw_joint(gsl_rng *rng)
{
    joint j;
    double sum = 0;
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++) sum += j.p[z][y] = exp(gsl_ran_gaussian(rng, set.contrast));
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++) j.p[z][y] /= sum;
    return j;
}

/* Returns by how much the bound holds with `N` noise labels. */
static double compare(run *r, const joint *j, double epsilon, double left, size_t N)
{
    char series[32];
    snprintf(series, sizeof series, "N = %zu", N);
    double loss = bound_loss(j, epsilon, N), bound = log((double)N) - loss, proven = log((double)N + 1) - loss;
    run_row(r, series, epsilon, "bound", bound);
    run_row(r, series, epsilon, "proven", proven);
    return left - proven;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "eq18-bound",
        .purpose = "Equation 18: information, and the bound of soft distribution InfoNCE, counted out.",
        .settings = { settings } });
    gsl_rng *rng = rng_new(run_seed(r), "joint");
    joint j = draw_joint(rng);
    gsl_rng_free(rng);

    double least = INFINITY, left = 0;
    for (size_t s = 0; s <= set.steps; s++) {
        double epsilon = (double)s / (double)set.steps;
        left = bound_left(&j, epsilon);
        run_row(r, "information", epsilon, "bound", left);
        for (size_t N = 1; N <= set.noise; N *= 4) least = fmin(least, compare(r, &j, epsilon, left, N));
        if (s == 0) run_row(r, "information", RUN_NO_X, "clean", left);
    }
    run_row(r, "information", RUN_NO_X, "smoothed_away", left);
    run_row(r, "information", RUN_NO_X, "least_slack", least);
    run_end(r);
    return STATUS_DONE;
}
