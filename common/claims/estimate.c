/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/error.h"
#include "claims/estimate.h"

estimate estimate_of(const double *x, size_t n)
{
    REQUIRE(n > 0, "an estimate from no values");
    if (n == 1)
        return (estimate){ .mean = x[0], .variance = NAN, .df = 0 };
    double s = sample_sd(x, n);
    return (estimate){ .mean = gsl_stats_mean(x, 1, n), .variance = s * s / n, .df = n - 1 };
}

estimate estimate_published(double mean, double sd, size_t n)
{
    REQUIRE(n >= 2 && sd >= 0, "sd %g of %zu published runs", sd, n);
    return (estimate){ .mean = mean, .variance = sd * sd / n, .df = n - 1 };
}

estimate estimate_exact(double mean)
{
    return (estimate){ .mean = mean };
}

double sample_sd(const double *x, size_t n)
{
    REQUIRE(n >= 2, "the spread of %zu values", n);
    return gsl_stats_sd(x, 1, n);
}

/*
# Welch's interval

The difference of two means has the variance $v = v_a + v_b$. It is no
$\chi^2$ when the two differ, but close to one with

$$ \nu = \frac{(v_a + v_b)^2}{v_a^2/\nu_a + v_b^2/\nu_b} $$

degrees of freedom (Satterthwaite). A term without variance drops out of the
sum; when both drop out, the seeds all agree and the interval is a point.
*/
interval interval_difference(estimate a, estimate b, double confidence)
{
    double d = a.mean - b.mean, v = a.variance + b.variance;
    if (isnan(v)) return (interval){ d, NAN, NAN };
    double below = 0;
    if (a.variance > 0) below += a.variance * a.variance / a.df;
    if (b.variance > 0) below += b.variance * b.variance / b.df;
    if (!(below > 0)) return (interval){ d, d, d };
    double half = gsl_cdf_tdist_Pinv((1 + confidence) / 2, v * v / below) * sqrt(v);
    return (interval){ d, d - half, d + half };
}

interval interval_mean(estimate a, double confidence)
{
    return interval_difference(a, estimate_exact(0), confidence);
}

/*
# The best of four, when there are five

The best of $n$ runs grows with $n$, so that of five is not comparable with a
published best of four. But every four of the five are an experiment like the
paper's, and we may average their bests. In ascending order, $x_{(k)}$ is the
largest of a subset of $m$ when the other $m - 1$ come from the $k - 1$ below:

$$ \mathrm{E}\max = \sum_{k=m}^{n} \binom{k-1}{m-1} x_{(k)} / \binom{n}{m}. $$

Minima are maxima of $-x$.
*/
double best_of(double *x, size_t n, size_t of, int sign)
{
    REQUIRE(of >= 1 && of <= n, "the best of %zu out of %zu", of, n);
    double sum = 0;
    for (size_t i = 0; i < n; i++) x[i] *= sign;
    gsl_sort(x, 1, n);
    for (size_t k = of; k <= n; k++)
        sum += gsl_sf_choose((unsigned)k - 1, (unsigned)of - 1) * x[k - 1];
    return sign * sum / gsl_sf_choose((unsigned)n, (unsigned)of);
}
