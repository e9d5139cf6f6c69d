/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_randist.h>

#include "base/error.h"
#include "base/rng.h"
#include "data/synthetic.h"

void cloud_normal(mat x, int *labels, gsl_rng *rng, int classes)
{
    rng_normal(rng, x, 1);
    for (size_t i = 0; i < x.rows; i++)
        labels[i] = (int)gsl_rng_uniform_int(rng, (unsigned long)classes);
}

void cloud_modes(mat x, int *labels, int *mode, gsl_rng *rng, int classes, int modes,
                 double reach, double sd)
{
    REQUIRE(classes > 0 && modes > 0, "%d classes of %d modes", classes, modes);
    size_t clusters = (size_t)classes * (size_t)modes, each = x.rows / clusters;
    REQUIRE(each * clusters == x.rows, "%zu points in %zu clusters of one size", x.rows, clusters);
    for (size_t c = 0; c < clusters; c++) {
        mat cluster = mat_rows(x, c * each, each);
        rng_normal(rng, cluster, sd);
        for (size_t j = 0; j < x.cols; j++) {
            real centre = (real)gsl_ran_flat(rng, -reach, reach);
            for (size_t i = 0; i < each; i++) mat_row(cluster, i)[j] += centre;
        }
        for (size_t i = 0; i < each; i++) {
            labels[c * each + i] = (int)c / modes;
            mode[c * each + i] = (int)c % modes;
        }
    }
}
