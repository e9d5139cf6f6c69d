/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_PLANE_H
#define JACOBSEN2019_PLANE_H

#include "sphere_net.h"

/*
# A plane through the spheres

What a classifier of 100-dimensional points says can be drawn on a plane. The one through three points p, q, r has
its coordinates from p's foot: u along q - p, v at a right angle to it, and (0, 0) where the
origin is nearest, so that every sphere about the origin is a circle about (0, 0).

    plane s = plane_through(origin, x1, x2, 100, memory);
*/
typedef struct plane {
    size_t d;
    real *foot, *u, *v;            /* the point at (0, 0), and two directions of length 1 */
    double distance;               /* of the foot from the origin */
} plane;

/* p, q and r do not lie on a line. */
plane plane_through(const real *p, const real *q, const real *r, size_t d, arena *memory);

/* The coordinates of x, or of its foot on the plane. */
void plane_coordinates(double *u, double *v, const plane *s, const real *x);

/* A row for each point of a grid over -reach to reach, line by line from below: series, the number of the
   point, "regions": 1 if D says outer, plus 2 if the nuisance classifier does. */
void plane_regions(run *r, const char *series, const plane *s, double reach, size_t side, sphere_net *net, tape *scratch);

/* Rows "u" and "v" of a point that the picture shows. */
void plane_mark(run *r, const char *series, const plane *s, const real *x);

#endif
