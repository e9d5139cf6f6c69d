/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Intervals and bests against sums done another way

The quantiles of Student's $t$ are checked by adding up its density, the
expected best of a few runs by going through every subset.
*/
#include <gsl/gsl_test.h>
#include <math.h>

#include "cases.h"
#include "claims/estimate.h"

static double density(double t, double df)
{
    return exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(df * M_PI)
         * pow(1 + t * t / df, -(df + 1) / 2);
}

/* P(T <= t) for t >= 0, by Simpson's rule. */
static double below(double t, double df)
{
    enum { STEPS = 20000 };
    double h = t / STEPS, sum = density(0, df) + density(t, df);
    for (int i = 1; i < STEPS; i++) sum += (i % 2 ? 4 : 2) * density(i * h, df);
    return 0.5 + sum * h / 3;
}

static void test_mean(void)
{
    const double x[] = { 2, 4, 9 };               /* mean 5, variance 13 */
    interval m = interval_mean(estimate_of(x, 3), 0.95);
    double half = (m.high - m.low) / 2;
    gsl_test_rel(m.mean, 5, 1e-15, "mean of 2, 4, 9");
    gsl_test_rel(m.low + m.high, 10, 1e-12, "the interval is centred");
    gsl_test_abs(below(half / sqrt(13.0 / 3), 2), 0.975, 1e-8, "its half holds 97.5 %%");
    gsl_test_rel(half, 4.302652730 * sqrt(13.0 / 3), 1e-9, "the table's t for 2 is 4.3027");
}

static void test_welch(void)
{
    const double x[] = { 91.0, 91.5, 90.7, 91.3, 91.1 };   /* mean 91.12, s^2 = .092 */
    interval d = interval_difference(estimate_of(x, 5), estimate_published(91.2, 0.4, 5), 0.9);
    double v = 0.092 / 5, v0 = 0.16 / 5;
    double df = (v + v0) * (v + v0) / (v * v / 4 + v0 * v0 / 4);
    gsl_test_abs(d.mean, -0.08, 1e-12, "difference of the means");
    gsl_test_abs(below((d.high - d.mean) / sqrt(v + v0), df), 0.95, 1e-8,
                 "Welch's interval leaves 5 %% above");
    gsl_test_abs(d.low, -0.5012, 5e-4, "lower end by hand: margin .5 is just missed");
}

static void test_points(void)
{
    const double same[] = { 0.1, 0.1, 0.1 }, one[] = { 3 };
    interval m = interval_mean(estimate_of(same, 3), 0.9);
    gsl_test(m.low != m.mean || m.high != m.mean, "equal seeds give a point");
    m = interval_difference(estimate_of(same, 3), estimate_published(0.2, 0.05, 4), 0.9);
    gsl_test_abs(below((m.high - m.mean) / 0.025, 3), 0.95, 1e-8,
                 "a point against noise has the noise's degrees of freedom");
    m = interval_mean(estimate_of(one, 1), 0.9);
    gsl_test(!isnan(m.low) || !isnan(m.high), "one value has no interval");
}

static void test_best(void)
{
    const double x[] = { 0.3, -1.5, 2.25, 0.75, 1.0 };
    double largest = 0, smallest = 0, copy[5];
    int subsets = 0;
    for (unsigned set = 0; set < 32; set++) {
        double most = -INFINITY, least = INFINITY;
        if (__builtin_popcount(set) != 3) continue;
        for (int i = 0; i < 5; i++)
            if (set >> i & 1) {
                most = larger(most, x[i]);
                least = fmin(least, x[i]);
            }
        largest += most;
        smallest += least;
        subsets++;
    }
    for (int i = 0; i < 5; i++) copy[i] = x[i];
    gsl_test_rel(best_of(copy, 5, 3, 1), largest / subsets, 1e-12, "mean largest of 3 in 5");
    for (int i = 0; i < 5; i++) copy[i] = x[i];
    gsl_test_rel(best_of(copy, 5, 3, -1), smallest / subsets, 1e-12, "mean least of 3 in 5");
    for (int i = 0; i < 5; i++) copy[i] = x[i];
    gsl_test_rel(best_of(copy, 5, 5, 1), 2.25, 1e-15, "the best of all is the best");
}

int main(void)
{
    test_mean();
    test_welch();
    test_points();
    test_best();
    return gsl_test_summary();
}
