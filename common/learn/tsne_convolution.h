/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_TSNE_CONVOLUTION_H
#define LEARN_TSNE_CONVOLUTION_H

#include "base/mat.h"

/*
# All nodes push all nodes

On a grid of p x p nodes $g_a$, a step apart, each with a weight $D_a$: the
force that each node feels, a vector, and the sum of similarities,

$$ \Phi_a = \sum_b \frac{g_a - g_b}{(1 + |g_a - g_b|^2)^2}\, D_b, \qquad
   S = \sum_{a,b} \frac{D_a D_b}{1 + |g_a - g_b|^2} . $$

Both depend on differences alone and so are convolutions, which Fourier
transforms turn into products. The pairs with a = b are among them, with force
0 and similarity 1.

    tsne_convolution *g = tsne_convolution_new();
    tsne_nodes at = tsne_convolution_nodes(g, p, step);
    at.weight[row * at.pitch + column] = 1;             and so on
    double S = tsne_convolve(g);
    real along = at.field[0][row * at.pitch + column];
    tsne_convolution_free(g);

The result has the same bytes at any number of threads, and is off by what a
`real` rounds away.

Cost: three transforms of a plane of 2p x 2p, $O(p^2 \log p)$; some 25 $p^2$
reals. The transforms of the kernels, as much work again, are kept until p or
the step changes. Best where p has no prime factor above 5.
*/
typedef struct tsne_convolution tsne_convolution;

tsne_convolution *tsne_convolution_new(void);
void tsne_convolution_free(tsne_convolution *g);         /* accepts NULL */

/* Where weights are left and forces found: the node in row r and column c lies at (c, r)
   steps. A view: the memory is the convolution's, until it is asked for other nodes. */
typedef struct tsne_nodes {
    size_t p, pitch;               /* nodes along each side; reals from a row to the next */
    real *weight;                  /* p x pitch: D, and 0 from column p on */
    const real *field[2];          /* p x pitch: Phi, a coordinate each; from column p on, refuse */
} tsne_nodes;

/* Nodes for p > 0, step > 0 and as many threads as there are now; the weights are not
   set yet. Cost: nothing, if they are the same as before. */
tsne_nodes tsne_convolution_nodes(tsne_convolution *g, size_t p, double step);

/* field = the forces by the weights, which stay; returns S. */
double tsne_convolve(tsne_convolution *g);

#endif
