/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_randist.h>

#include "data/corruption_noise.h"

void corrupt_gaussian_noise(double *x, const conditions *at)
{
    static const double sd[SEVERITIES] = { .04, .06, .08, .09, .10 };
    for (size_t e = 0; e < image_size(at->shape); e++)
        x[e] += gsl_ran_gaussian_ziggurat(at->rng, sd[at->severity - 1]);
}

void corrupt_shot_noise(double *x, const conditions *at)
{
    static const double photons[SEVERITIES] = { 500, 250, 100, 75, 50 };
    double c = photons[at->severity - 1];
    for (size_t e = 0; e < image_size(at->shape); e++) x[e] = gsl_ran_poisson(at->rng, c * x[e]) / c;
}

/* One draw says both whether and to what. */
void corrupt_impulse_noise(double *x, const conditions *at)
{
    static const double fraction[SEVERITIES] = { .01, .02, .03, .05, .07 };
    double c = fraction[at->severity - 1];
    for (size_t e = 0; e < image_size(at->shape); e++) {
        double u = gsl_rng_uniform(at->rng);
        if (u < c) x[e] = u < c / 2;
    }
}

void corrupt_speckle_noise(double *x, const conditions *at)
{
    static const double sd[SEVERITIES] = { .06, .10, .12, .16, .20 };
    for (size_t e = 0; e < image_size(at->shape); e++)
        x[e] *= 1 + gsl_ran_gaussian_ziggurat(at->rng, sd[at->severity - 1]);
}
