/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/rng.h"
#include "spheres.h"

double spheres_distance(const real *x, size_t d)
{
    double square = 0;
    for (size_t j = 0; j < d; j++) square += (double)x[j] * (double)x[j];
    return sqrt(square);
}

void spheres_onto(mat x, double radius)
{
    for (size_t i = 0; i < x.rows; i++) {
        real *xi = mat_row(x, i), scale = (real)(radius / spheres_distance(xi, x.cols));
        for (size_t j = 0; j < x.cols; j++) xi[j] *= scale;
    }
}

/* Normal draws point in every direction alike; their length is thrown away. */
void spheres_draw(examples of, const spheres *s, gsl_rng *rng)
{
    rng_normal(rng, of.x, 1);
    for (size_t i = 0; i < of.x.rows; i++) {
        of.y[i] = i % 2 ? OUTER : INNER;
        spheres_onto(mat_rows(of.x, i, 1), s->radius[of.y[i]]);
    }
}

void spheres_between(real *x, const real *a, const real *b, double t, size_t d)
{
    for (size_t j = 0; j < d; j++) x[j] = (real)((double)a[j] + t * ((double)b[j] - (double)a[j]));
}

/* $|a + t (b - a)| = R_2$ is a quadratic equation for t, of which the positive root is asked for. */
double spheres_crossing(const real *a, const real *b, const spheres *s)
{
    double aa = 0, ab = 0, bb = 0;
    for (size_t j = 0; j < s->d; j++) {
        double from = (double)a[j], way = (double)b[j] - from;
        aa += from * from, ab += from * way, bb += way * way;
    }
    double root = ab * ab - bb * (aa - s->radius[OUTER] * s->radius[OUTER]);
    return (-ab + sqrt(fmax(root, 0))) / bb;
}

int spheres_oracle(const real *x, const spheres *s)
{
    return spheres_distance(x, s->d) > (s->radius[INNER] + s->radius[OUTER]) / 2 ? OUTER : INNER;
}
