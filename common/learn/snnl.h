/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_SNNL_H
#define LEARN_SNNL_H

#include "tape/tape.h"

/*
# The soft nearest neighbour loss

How entangled are classes in a space of representations? Let every point of a
batch $(x_i, y_i)$, $i = 1 \dots b$, choose a neighbour, near ones more likely
than far ones. The loss is the negative logarithm of the probability that the
neighbour is of the same class, averaged over the points (Frosst, Papernot and
Hinton 2019, equation 1):

$$ \ell = -\frac1b \sum_{i=1}^{b} \log \left( \varepsilon + p_i \right), \qquad
   p_i = \frac{\sum_{j \ne i,\, y_j = y_i} e^{-d_{ij}/T}}
              {\sum_{k \ne i} e^{-d_{ik}/T}}. $$

It is small when classes lie apart, about $\log c$ when c balanced classes lie
on top of each other, and larger still when points prefer strangers. The
temperature T says what near means. $\varepsilon = 10^{-5}$ is the authors': a
point with no partner in its batch costs $-\log \varepsilon \approx 11.5$ and
has no gradient, where the definition without it would be infinite.

    node *tau = tape_input(t, mat_view(&inverse_temperature, 1, 1));
    node *loss = snnl(t, h, labels, tau, SQUARED_EUCLIDEAN);
*/
typedef enum { SQUARED_EUCLIDEAN, COSINE } distance;

#define SNNL_EPSILON 1e-5

/*
The loss of `x` (b x d, b >= 2) with `labels` (b of them, borrowed until the tape is
reset): 1 x 1. `tau` is
the *inverse* temperature $\tau = 1/T > 0$, 1 x 1; gradients reach x and tau where
they are wanted. The distance is $d_{ij} = |x_i - x_j|^2$ or
$d_{ij} = 1 - \cos(x_i, x_j)$.

Cost: $4 b^2 d$ flops forward and backward for large b, $3 b^2 d$ for small.
Memory: a copy of x and at most 8 MB of tiles, never b x b.
*/
node *snnl(tape *t, node *x, const int *labels, node *tau, distance d);

/*
The loss of the same points at another temperature, perhaps with other labels: `loss` is one that `snnl` or
this function put on this tape. Gradients reach x from either. Cost: $2 b^2$ exponentials forward where the distances fit in 8 MB
(b up to 1,920), since those are known; as `snnl` otherwise.
*/
node *snnl_again(tape *t, const node *loss, const int *labels, node *tau);

/* $\partial\ell / \partial\tau$ of such a loss, for who wants nothing else of it. Cost: $2 b^2$ exponentials where the distances are
   kept. */
double snnl_slope(tape *t, const node *loss);

/* The b probabilities $p_i$ of a loss that `snnl` returned; they live until the tape is
   reset. */
const real *snnl_probabilities(const node *loss);

#endif
