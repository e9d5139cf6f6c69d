/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_SPHERES_H
#define JACOBSEN2019_SPHERES_H

#include "data/dataset.h"
#include "firevnet.h"
#include "nuisance.h"

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

/*
# The network and the classifier of its nuisances

"4 RevNet-type ReLU bottleneck blocks with additive couplings", and "a 3 layer ReLU network with 1000
hidden units per layer" (B.1). Settings of whoever trains or reads one.
*/
extern const run_setting spheres_settings[];

typedef struct sphere_net {
    spheres data;
    firevnet net;
    nuisance nuisance;
} sphere_net;

/* Filled in place; `sphere_net_free` gives back what is not in `memory`. */
void sphere_net_init(sphere_net *s, arena *memory);
void sphere_net_free(sphere_net *s);

/* For `run/trained.h`. */
void sphere_net_keep(void *s, checkpoint *c);

/*
# What they say of any points

Two margins a point, score of OUTER minus score of INNER: by z_s, and by the classifier of z_n.
*/
void sphere_net_margins(sphere_net *s, double *semantic, double *nuisance_margin, mat x, tape *scratch);

#endif
