/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/rng.h"
#include "spheres.h"

/*
# Points

Normal draws point in every direction alike; their length is thrown away.
*/
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

/*
# The network
*/
static struct { size_t d, blocks, units, nuisance_units; double inner, outer; } set;

const run_setting spheres_settings[] = {
    { "dimensions", &set.d, NULL, { 10, 100, 100, 100 }, "of the spheres", "B.1" },
    { "inner", NULL, &set.inner, { 1, 1, 1, 1 }, "radius of one", "B.1" },
    { "outer", NULL, &set.outer, { 10, 10, 10, 10 }, "and of the other", "B.1" },
    { "blocks", &set.blocks, NULL, { 4, 4, 4, 4 }, "couplings", "B.1" },
    { "units", &set.units, NULL, { 8, 500, 500, 500 }, "of their hidden layer", "ours" },
    { "nuisance-units", &set.nuisance_units, NULL, { 8, 1000, 1000, 1000 }, "of each hidden layer of the nuisance classifier", "B.1" },
    { 0 }
};

void sphere_net_init(sphere_net *s, arena *memory)
{
    s->data = (spheres){ set.d, { set.inner, set.outer } };
    firevnet_init(&s->net, &(firevnet_shape){ .in = { 1, 1, set.d }, .classes = 2, .stages = 1, .blocks = set.blocks,
                                              .units = { set.units }, .affine_from = 1 }, memory);
    nuisance_init(&s->nuisance, set.d - 2, set.nuisance_units, 2, &adam, ADAM_DEFAULTS, memory);
}

void sphere_net_free(sphere_net *s)
{
    nuisance_free(&s->nuisance);
}

void sphere_net_keep(void *network, checkpoint *c)
{
    sphere_net *s = network;
    firevnet_keep(&s->net, c);
    nuisance_keep(&s->nuisance, c);
}

/*
# What they say
*/
void sphere_net_margins(sphere_net *s, double *semantic, double *nuisance_margin, mat x, tape *scratch)
{
    enum { ROWS = 500 };
    for (size_t i = 0; i < x.rows; i += ROWS, tape_reset(scratch)) {
        size_t rows = x.rows - i < ROWS ? x.rows - i : ROWS;
        node *in = tape_input(scratch, mat_rows(x, i, rows));
        firevnet_nodes z = firevnet_apply(scratch, &s->net, in, INFERENCE, false);
        mat n = nuisance_scores(scratch, &s->nuisance, z.nuisance)->value;
        for (size_t k = 0; k < rows; k++) {
            semantic[i + k] = (double)(mat_row(z.semantic->value, k)[OUTER] - mat_row(z.semantic->value, k)[INNER]);
            nuisance_margin[i + k] = (double)(mat_row(n, k)[OUTER] - mat_row(n, k)[INNER]);
        }
    }
}
