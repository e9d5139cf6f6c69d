/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Example 6: a perfect classifier that has overlooked something

Two spheres about the origin, and a classifier that measures the distance from the origin of all coordinates
*but the last*:

$$ D(x) = \mathrm{sign}\left( |x_{1 \dots d-1}| - \tfrac{R_1 + R_2}{2} \right). $$

In many dimensions one coordinate is a small part of the length: among millions of points D makes no mistake.
But it never looks at $x_d$, so we may set $x_d^* = \pm\sqrt{R_2^2 - |x_{1 \dots d-1}|^2}$: every point of the
inner sphere now lies on the outer one, and D says what it said before.

    example6 --seed 1

*Writes* for the spheres of Gilmer et al. (500 dimensions, radii 1 and 1.3), whose setting the example names, and for
those of Figure 3 (100 dimensions, 1 and 10): accuracy of D on points of both spheres; on inner points that were moved
and outer ones that were not; how far the moved points are from the outer sphere, and how many answers changed;
the density of what D measures; and the accuracy that theory expects. *Checked by* the claims of Example 6 in
`papers/jacobsen2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "run/run.h"
#include "spheres.h"             /* gives: spheres, INNER, OUTER */

static struct { size_t train, test, bins; } set;

static const run_setting settings[] = {
    { "train", &set.train, NULL, { 10000, 1000000, 10000000, 10000000 }, "points of which D could have been learned", "2.1" },
    { "test", &set.test, NULL, { 2000, 200000, 2000000, 2000000 }, "others", "2.1" },
    { "bins", &set.bins, NULL, { 40, 80, 80, 80 }, "of the densities", "ours" },
    { 0 }
};

/*
# A point, as far as D is concerned

Of a point of the sphere with radius R only two lengths matter: that of its last coordinate, and that of all others.
A uniform direction is a vector of d normal draws g, so with $c = g_1^2 + \dots + g_{d-1}^2$, which is chi-squared,

$$ x_d = R\, \frac{g_d}{\sqrt{c + g_d^2}}, \qquad |x_{1 \dots d-1}| = R\, \sqrt{\frac{c}{c + g_d^2}}. $$

So a point costs two draws instead of 500.
*/
typedef struct point { double last, rest; } point;

static point draw(double radius, size_t d, gsl_rng *rng)
{
    double last = gsl_ran_gaussian_ziggurat(rng, 1), rest = gsl_ran_chisq(rng, (double)(d - 1));
    double scale = radius / sqrt(rest + last * last);
    return (point){ last * scale, sqrt(rest) * scale };
}

static int classify(point x, const spheres *s)
{
    return x.rest > (s->radius[INNER] + s->radius[OUTER]) / 2 ? OUTER : INNER;
}

static point moved(point x, const spheres *s)
{
    x.last = copysign(sqrt(s->radius[OUTER] * s->radius[OUTER] - x.rest * x.rest), x.last);
    return x;
}

/*
# What theory expects

D is wrong about an outer point if $|x_{1 \dots d-1}| < m$, the middle between the radii. $(x_d / R)^2$ follows
a beta distribution with parameters 1/2 and (d - 1)/2, and must exceed $1 - (m / R)^2$.
*/
static double expected_error(const spheres *s)
{
    double most = (s->radius[INNER] + s->radius[OUTER]) / 2 / s->radius[OUTER];
    return gsl_cdf_beta_Q(1 - most * most, .5, (double)(s->d - 1) / 2) / 2;
}

static void measure(run *r, const char *series, const char *metric, const spheres *s, size_t n, gsl_rng *rng,
                    double *bins)
{
    size_t right = 0, right_moved = 0, changed = 0;
    double off = 0;
    for (size_t i = 0; i < n; i++) {
        int y = i % 2 ? OUTER : INNER;
        point x = draw(s->radius[y], s->d, rng), to = y == INNER ? moved(x, s) : x;
        right += classify(x, s) == y;
        right_moved += classify(to, s) == OUTER;
        changed += classify(to, s) != classify(x, s);
        off = fmax(off, fabs(hypot(to.last, to.rest) - s->radius[OUTER]));
        if (bins) bins[(size_t)y * set.bins + (size_t)((double)set.bins * x.rest / s->radius[OUTER] * (1 - 1e-12))]++;
    }
    char name[64];
    snprintf(name, sizeof name, "accuracy_%s", metric);
    run_row(r, series, RUN_NO_X, name, (double)right / (double)n);
    snprintf(name, sizeof name, "accuracy_moved_%s", metric);
    run_row(r, series, RUN_NO_X, name, (double)right_moved / (double)n);
    snprintf(name, sizeof name, "changed_%s", metric);
    run_row(r, series, RUN_NO_X, name, (double)changed / (double)n);
    snprintf(name, sizeof name, "off_sphere_%s", metric);
    run_row(r, series, RUN_NO_X, name, off / s->radius[OUTER]);
}

/* The middle of each bin, in units of the outer radius, and the share of the class in it. */
static void densities(run *r, const char *series, const double *bins)
{
    static const char *const name[2] = { "inner", "outer" };
    for (size_t y = 0; y < 2; y++)
        for (size_t b = 0; b < set.bins; b++)
            run_row(r, series, ((double)b + .5) / (double)set.bins, name[y], bins[y * set.bins + b] / (double)set.train * 2);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "example6",
        .purpose = "Example 6: a classifier of two spheres that overlooks one coordinate.",
        .settings = { settings } });
    static const struct { const char *series; spheres s; } cases[] = {
        { "Gilmer et al.", { 500, { 1, 1.3 } } }, { "Figure 3", { 100, { 1, 10 } } } };
    arena *memory = arena_new();
    gsl_rng *rng = rng_new(run_seed(r), "points");
    double *bins = arena_take(memory, 2 * set.bins, sizeof *bins);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(bins, 0, 2 * set.bins * sizeof *bins);
        measure(r, cases[i].series, "train", &cases[i].s, set.train, rng, bins);
        measure(r, cases[i].series, "test", &cases[i].s, set.test, rng, NULL);
        run_row(r, cases[i].series, RUN_NO_X, "expected_error", expected_error(&cases[i].s));
        densities(r, cases[i].series, bins);
    }
    gsl_rng_free(rng);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
