/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plane.h"

static double dot(const real *a, const real *b, size_t d)
{
    double sum = 0;
    for (size_t j = 0; j < d; j++) sum += (double)a[j] * (double)b[j];
    return sum;
}

/* a minus c times b, in place. */
static void take_away(real *a, double c, const real *b, size_t d)
{
    for (size_t j = 0; j < d; j++) a[j] = (real)((double)a[j] - c * (double)b[j]);
}

static real *difference(const real *a, const real *b, size_t d, arena *memory)
{
    real *c = arena_take(memory, d, sizeof *c);
    for (size_t j = 0; j < d; j++) c[j] = a[j] - b[j];
    return c;
}

/* Gram and Schmidt: v loses what points along u, and the foot what points along either. */
plane plane_through(const real *p, const real *q, const real *r, size_t d, arena *memory)
{
    plane s = { .d = d, .u = difference(q, p, d, memory), .v = difference(r, p, d, memory) };
    spheres_onto(mat_view(s.u, 1, d), 1);
    take_away(s.v, dot(s.u, s.v, d), s.u, d);
    spheres_onto(mat_view(s.v, 1, d), 1);
    s.foot = arena_take(memory, d, sizeof *s.foot);
    for (size_t j = 0; j < d; j++) s.foot[j] = p[j];
    take_away(s.foot, dot(s.u, s.foot, d), s.u, d);
    take_away(s.foot, dot(s.v, s.foot, d), s.v, d);
    s.distance = spheres_distance(s.foot, d);
    return s;
}

void plane_coordinates(double *u, double *v, const plane *s, const real *x)
{
    *u = dot(s->u, x, s->d);
    *v = dot(s->v, x, s->d);
}

void plane_mark(run *r, const char *series, const plane *s, const real *x)
{
    double u, v;
    plane_coordinates(&u, &v, s, x);
    run_row(r, series, RUN_NO_X, "u", u);
    run_row(r, series, RUN_NO_X, "v", v);
}

void plane_regions(run *r, const char *series, const plane *s, double reach, size_t side, sphere_net *net, tape *scratch)
{
    arena *memory = arena_new();
    mat x = arena_mat(memory, side * side, s->d);
    double *semantic = arena_take(memory, x.rows, sizeof *semantic), *rest = arena_take(memory, x.rows, sizeof *rest);
    for (size_t i = 0; i < x.rows; i++) {
        size_t row = i / side, column = i % side;
        double u = reach * (2 * (double)column / (double)(side - 1) - 1);
        double v = reach * (2 * (double)row / (double)(side - 1) - 1);
        for (size_t j = 0; j < s->d; j++)
            mat_row(x, i)[j] = (real)((double)s->foot[j] + u * (double)s->u[j] + v * (double)s->v[j]);
    }
    sphere_net_margins(net, semantic, rest, x, scratch);
    for (size_t i = 0; i < x.rows; i++)
        run_row(r, series, (double)i, "regions", (semantic[i] > 0) + 2 * (rest[i] > 0));
    arena_free(memory);
}
