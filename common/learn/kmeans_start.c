/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learn/distance.h"
#include "learn/kmeans_start.h"

/*
# Careful seeding

Centres drawn uniformly often begin two to a cluster and none in the next,
and Lloyd's iteration cannot carry a centre across. k-means++ draws the first
centre uniformly and every further one with a probability proportional to the
squared distance to the nearest centre so far. What is far from all centres is
likely to get one. The expected inertia is then within a factor
$8(\ln k + 2)$ of the best possible, before the first iteration (Arthur and
Vassilvitskii, theorem 1.1).

If every example coincides with a centre already (fewer distinct examples than
clusters), the draw is uniform.
*/
static void approach(double *far, mat x, const real *centre, bool first)
{
    #pragma omp parallel for schedule(static)
    for (size_t i = 0; i < x.rows; i++) {
        double s = distance_squared(mat_row(x, i), centre, x.cols);
        if (first || s < far[i]) far[i] = s;
    }
}

static size_t draw(const double *far, size_t n, gsl_rng *rng)
{
    double total = 0, passed = 0;
    for (size_t i = 0; i < n; i++) total += far[i];
    if (!(total > 0)) return gsl_rng_uniform_int(rng, n);
    double bar = gsl_rng_uniform(rng) * total;
    for (size_t i = 0; i < n; i++) {
        passed += far[i];
        if (passed > bar) return i;
    }
    return n - 1;
}

void kmeans_start(mat centres, mat x, double *far, gsl_rng *rng)
{
    size_t i = gsl_rng_uniform_int(rng, x.rows);
    for (size_t j = 0; j < centres.rows; j++) {
        mat_copy(mat_rows(centres, j, 1), mat_rows(x, i, 1));
        if (j + 1 == centres.rows) break;
        approach(far, x, mat_row(centres, j), j == 0);
        i = draw(far, x.rows, rng);
    }
}
