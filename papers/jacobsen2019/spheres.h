/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_SPHERES_H
#define JACOBSEN2019_SPHERES_H

#include "data/dataset.h"

/*
# Two spheres

Points drawn uniformly from two spheres about the origin, and the question which (Gilmer et al. 2018). A point's
class is a formula, its distance from the origin, so that we know for *any* point what it is: a human
oracle that costs nothing.
*/
enum { INNER, OUTER };

typedef struct spheres { size_t d; double radius[2]; } spheres;

/* Fills `of` (of.x is n x d), the classes by turns. */
void spheres_draw(examples of, const spheres *s, gsl_rng *rng);

/* Brings every row to this length. */
void spheres_onto(mat x, double radius);

double spheres_distance(const real *x, size_t d);

/* x = a + t (b - a). */
void spheres_between(real *x, const real *a, const real *b, double t, size_t d);

/* The t at which the straight way from a, within the outer sphere, to b meets that sphere; above 1 if b lies within too. */
double spheres_crossing(const real *a, const real *b, const spheres *s);

/* Which of the two spheres is the nearer one? */
int spheres_oracle(const real *x, const spheres *s);

#endif
