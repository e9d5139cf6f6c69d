/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_ENTANGLEMENT_H
#define LEARN_ENTANGLEMENT_H

#include "learn/snnl.h"

/*
# Measuring entanglement

The soft nearest neighbour loss (`learn/snnl.h`) of points that stay where they are: at a
temperature, at its minimum over all temperatures, and by chance.

    entanglement e = { x, x.rows, SQUARED_EUCLIDEAN, tape_new() };
    for (size_t k = 0; k < count; k++) curve[k] = entanglement_at(&e, y, T[k], NULL);
    entanglement_minimum best = entanglement_least(&e, y, T, curve, count);
    tape_free(e.t);

The loss is defined on a batch. Where `batch` is smaller than the number of points, the
first `batch` rows are a batch, the next ones another, and the loss is the mean over all.
*/
typedef struct entanglement {
    mat x;                         /* n x d, borrowed; n is a multiple of `batch` */
    size_t batch;                  /* how many points see each other, from 2 */
    distance kind;
    tape *t;                       /* to work on, by nobody else until the last measurement */
    const node *known;             /* NULL at first. If there is one batch, its distances */
} entanglement;

/*
The loss at temperature T > 0 of the points with labels `y` (n of them). `cost` (n, may be
NULL) gets each point's part, $-\log(\varepsilon + p_i)$; the loss is their mean, in
`double`. Cost: $n b d$ flops and $n b$ exponentials with batches of b points; if there is one batch, of up to
1,920 points, only the first measurement has the flops. The tape is then reset by the caller.
*/
double entanglement_at(entanglement *e, const int *y, double T, double *cost);

/*
What the loss comes to when labels say nothing about distances:

$$ h = -\frac1n \sum_i \log\left( \varepsilon + \frac{b_i - 1}{b - 1} \right) $$

with $b_i$ points of the class of point i in its batch of b: about $\log c$ for c large
balanced classes. It is the limit of the loss for high temperatures. And at every
temperature it is what shuffled labels cost at least, on average: whatever the
weights, each neighbour of i is as likely to be of its class as any other, so
$(b_i - 1) / (b - 1)$ is the mean of $p_i$, and $-\log$ is convex.
*/
double entanglement_by_chance(const entanglement *e, const int *y, arena *scratch);

/*
The minimum over the temperature (equation 2), from a curve: `loss[k]` at `T[k]`, `count`
>= 2 temperatures in rising order. It is sought in log T between the neighbours of
the curve's least point, where there are two and both are higher, to a thousandth of T;
`inside` is then true. Otherwise it is the curve's least point itself: the loss falls
towards an end of the curve, or is flat. A loss with several minima is as well served
as its curve is dense. Cost: about ten measurements.
*/
typedef struct entanglement_minimum {
    double T, loss;
    bool inside;
} entanglement_minimum;

entanglement_minimum entanglement_least(entanglement *e, const int *y, const double *T,
                                        const double *loss, size_t count);

/*
The same for one batch, without a curve to begin with: on a grid of two temperatures to a decade, from a thousandth of
the mean squared distance of the points to ten times it, then between the neighbours of the least. `T` may be NULL. Resets the tape.
*/
double entanglement_of_batch(mat x, const int *y, distance d, tape *t, double *T);

/* The mean squared distance of two rows of x; in cosine distance 1, which is far. Where all rows are
   one, 1 as well: a scale is never 0. */
double mean_distance(mat x, distance d);

#endif
