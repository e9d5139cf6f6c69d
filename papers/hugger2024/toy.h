/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_TOY_H
#define HUGGER2024_TOY_H

#include <gsl/gsl_rng.h>

#include "base/arena.h"

/*
# A conditional distribution that is known

Twenty unit vectors $\theta_k$ in 20 dimensions, the modes. Points come from round Gaussians about ten times these,

$$ p(x) = \frac1{20} \sum_k N(x \,|\, 10\, \theta_k, I), \qquad p(k|x) = \frac{e^{x \cdot \theta_k}}{\sum_l e^{x \cdot \theta_l}}, $$

and their labels from p(k|x). Whoever sees points and labels is to find the distribution again. How uncertain labels are is
set by the modes' *alignment*: orthogonal at 0 %, at 80 % some 18 degrees apart (appendix A.1).

# Where the modes are

"Intuitively, we can interpret this as fixing one mode in an orthogonal system and contracting/aligning the remaining modes
to the fixed one", with all angles of the spherical coordinates a = (1 - percent / 100) $\pi$ / 2. That does not say which 20
points these are. Three readings, all orthogonal at 0 %, all with angle a between the first mode and each other:

| reading | $\theta_k$, k > 1 | angle of two others |
|---------|-------------------|---------------------|
| `SPHERICAL` | the angles $\phi_1 = \dots = \phi_{k-1} = a$, $\phi_k = 0$ | less and less, with k |
| `TOWARDS_ONE` | $\cos a\, e_1 + \sin a\, e_k$ | $\cos^{-1} \cos^2 a$ |
| `EQUIANGULAR` | as any other | a |
*/
typedef enum { SPHERICAL, TOWARDS_ONE, EQUIANGULAR } mode_layout;

/* The angle a, in radians. */
double modes_angle(double percent);

/* `theta` is k x k: a mode a row. */
void modes_place(mat theta, mode_layout how, double percent);

/* The angle between the first mode and the last, in degrees: measured, whatever placed them. */
double modes_apart(mat theta);

/* p(k|x) for every row of x; the probabilities of a row sum to 1. */
void posterior(mat p, mat x, mat theta);

/* The mean over the rows, in nats, of $\sum_k p_k \log (p_k / q_k)$, and of $-\sum_k p_k \log p_k$. */
double divergence(mat p, mat q);
double entropy(mat p);

/*
# The data

M points, and n examples: a point drawn from the M, with replacement, and a label. `scaled` takes the labels from
the modes times ten, as the points are; `certain` takes the most likely label in the place of a drawn one.
*/
typedef struct toy {
    mat theta;                     /* K x K: what is to be found */
    mat x, fresh;                  /* M x K: the points, and as many that no example is of */
    mat centres;                   /* K x K: of the Gaussians */
    int *mode;                     /* M: which Gaussian a point came from */
    size_t n, *point;              /* n: which point an example is of */
    int *label;                    /* n */
} toy;

typedef struct toy_reading { mode_layout layout; bool scaled, certain; } toy_reading;

/* The same draws for the same seed, whatever the alignment and the reading. */
toy toy_draw(toy_reading how, double percent, size_t classes, size_t points, size_t n, unsigned long seed, arena *a);

#endif
