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
Hinton 2019, equation 1, and an $\varepsilon$ that is not in it):

$$ \ell = -\frac1b \sum_{i=1}^{b} \log \left( \varepsilon + p_i \right), $$

$$ p_i = \frac{\sum_{j \ne i,\, y_j = y_i} e^{-D_{ij}/T}}
              {\sum_{k \ne i} e^{-D_{ik}/T}}. $$

It is small when classes lie apart, about $\log c$ when c balanced classes lie
on top of each other, and larger still when points prefer strangers.
Salakhutdinov and Hinton (2007) learned embeddings by it; Frosst and others
asked of hidden layers what it says, and whether a network gains by it.

What does a step on it do? With $q_{ij}$ the probability that i chooses j, so
that $p_i$ is the sum of $q_{ij}$ over its class,

$$ \frac{\partial}{\partial D_{ij}} \left( -\log (\varepsilon + p_i) \right) =
   \frac{q_{ij}}{T} \cdot \frac{[y_i = y_j] - p_i}{\varepsilon + p_i}. $$

Going downhill, a point is drawn to those of its class and driven from strangers, by
the near ones most; going uphill, the other way round. One that will choose its
own class anyway, $p_i \approx 1$, does neither.

The temperature T says what near means, in the unit of D: points twice as far
from each other have the same loss at a T four times as high. When it is low
only the nearest neighbour counts, $p_i$ is 1 or 0, and the loss is $-\log
\varepsilon$ times the share of points whose neighbour is a stranger; its
gradient is next to nothing, since of every pair one of $q_{ij}$ and $[y_i =
y_j] - p_i$ is nearly 0. When it is high all count alike, $p_i$ is the share of
a class among the others, the loss is what chance gives
(`learn/entanglement.h`), and the gradient, the same for all partners and for
all strangers, falls with $1/T$.

$\varepsilon = 10^{-5}$ is that of the authors' code. A point with no partner in
its batch costs $-\log \varepsilon \approx 11.5$ and has no gradient, where the
definition without it would be infinite. And where a point's partners are so far
that $p_i \ll \varepsilon$, they are as good as none. The authors' code adds another
$\varepsilon$ to the denominator, and takes each $e^{-D_{ik}/T}$ as it is, where we divide all
of a row by the largest. So where T is low enough for all of them to vanish beside $\varepsilon$, theirs
costs 11.5 and has no gradient, while ours still tells whether the nearest neighbour is a partner.

    node *tau = tape_input(t, mat_view(&inverse_temperature, 1, 1));
    node *loss = snnl(t, h, labels, tau, SQUARED_EUCLIDEAN);
*/
typedef enum { SQUARED_EUCLIDEAN, COSINE } distance;

#define SNNL_EPSILON 1e-5

/*
The loss of `x` (b x d, b >= 2) with `labels` (b of them, borrowed until the tape is
reset): 1 x 1. `tau` is
the *inverse* temperature $\tau = 1/T > 0$, 1 x 1; gradients reach x and tau where
they are wanted. The distance is $D_{ij} = |x_i - x_j|^2$ or
$D_{ij} = 1 - \cos(x_i, x_j)$. A row of zeros has no direction: it is at 1/2 from every other row, and at
0 from another one of zeros.

Cost: $4 b^2 d$ flops forward and backward for b above 1,920, $3 b^2 d$ up to
there, and about $b^2$ exponentials either way. Memory: a copy of x, and up to
1,920 points half of the b x b distances, 8 MB; beyond that a tile a thread.
*/
node *snnl(tape *t, node *x, const int *labels, node *tau, distance kind);

/*
The loss of the same points at another temperature, perhaps with other labels: `loss` is one that `snnl` or
this function put on this tape. Gradients reach x from either. Cost: $b^2$ exponentials forward where the distances fit in 8 MB
(b up to 1,920), since those are known; as `snnl` otherwise.
*/
node *snnl_again(tape *t, const node *loss, const int *labels, node *tau);

/* $\partial\ell / \partial\tau$ of such a loss, if nothing else is wanted. Cost: $b^2$ exponentials where the distances are
   kept. */
double snnl_slope(tape *t, const node *loss);

/* The b probabilities $p_i$ of a loss that `snnl` returned; they live until the tape is
   reset. */
const real *snnl_probabilities(const node *loss);

#endif
