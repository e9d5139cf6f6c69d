/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_GAUSSIAN_PROCESS_H
#define LEARN_GAUSSIAN_PROCESS_H

#include "base/arena.h"

/*
# Regression with a Gaussian process

A function f of d inputs is known at n places, with noise. What is it elsewhere,
and how sure can we be?

    gp_data seen = { .n = n, .d = 3, .x = x, .y = y };
    gp_prior prior = gp_fit(&seen, a);               learn/gaussian_process_fit.h
    gaussian_process g = gp_condition(&prior, &seen, n, a);
    double sd, mean = gp_predict(&sd, &g, place);

It is meant for observations that are dear and few, each a training run say, and
for inputs of the size of 1: `gp_fit` expects length scales around a half. All
is in double, whatever `real` is, and runs on the calling thread.

Source: Rasmussen and Williams, "Gaussian Processes for Machine Learning" (2006),
chapters 2, 4 and 5.
*/
enum { GP_MOST_INPUTS = 8 };

/* What was seen: the caller's, only read. Neither x nor y may be NaN or infinite. */
typedef struct gp_data {
    size_t n, d;                   /* n >= 1, 1 <= d <= GP_MOST_INPUTS */
    const double *x;               /* n x d, row after row; rows may coincide */
    const double *y;               /* n; they may be all the same */
} gp_data;

/* What is believed before anything is seen. `signal` and `noise` are in units of
   the standard deviation of the observations. */
typedef struct gp_prior {
    double signal;                 /* s: the standard deviation of f */
    double noise;                  /* sigma: that of an observation around f */
    double scale[GP_MOST_INPUTS];  /* l: how far to go along an input for f to change */
} gp_prior;

typedef struct gaussian_process {
    gp_prior prior;
    size_t n, d, room;             /* points now, inputs, points there is memory for */
    double mean, unit;             /* y = mean + unit z */
    double *x;                     /* room x d */
    double *L;                     /* room x room, the lower triangle: K = L L' */
    double *z;                     /* room: y standardised; imagined points have none */
    double *alpha;                 /* room: K^-1 z */
    double *work;                  /* room */
} gaussian_process;

/* The process given what was seen; it lies in the arena, and has room for
   `room` >= n points. Cost: $n^3 / 3$ flops. */
gaussian_process gp_condition(const gp_prior *prior, const gp_data *seen, size_t room, arena *a);

/* Returns the mean of f at `place` (d numbers) and puts its standard deviation
   into `sd`; the noise of an observation would come on top. Uses `g->work`: two
   threads may not ask the same `g`. Cost: $n^2$ flops. */
double gp_predict(double *sd, const gaussian_process *g, const double *place);

/* Adds a point, as if its mean had been observed there: from now on f is surer
   around `place`, and its mean is as before everywhere. n < room. Cost: $n^2$ flops. */
void gp_hallucinate(gaussian_process *g, const double *place);

/* The shape of the covariance: kappa between two places of `d` numbers, 1 where they
   coincide. `bend`, unless it is NULL, gets what its derivatives by the logarithms of the
   scales have in common. */
double gp_matern(double *bend, const gp_prior *p, const double *x, const double *other, size_t d);

/* The variance that f has of its own at each place, as a part of s^2: see the .c. */
#define GP_JITTER 1e-8

#endif
