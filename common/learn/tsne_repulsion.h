/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_TSNE_REPULSION_H
#define LEARN_TSNE_REPULSION_H

#include "base/arena.h"
#include "base/mat.h"

/*
# Every point pushes every other away

In the map of t-SNE the similarity of two points is $w_{ij} = 1 / (1 + |y_i -
y_j|^2)$, and the repulsive half of the gradient consists of two sums over all
pairs:

$$ Z = \sum_{i \ne j} w_{ij}, \qquad
   R_i = \sum_{j \ne i} w_{ij}^2 \, (y_i - y_j) . $$

Here they are computed pair by pair. `learn/tsne_grid.h` does it
approximately, in less than quadratic time.

A map is stored by coordinates, not by points: `y` and `force` are c x n with
c = 2 or 3, a row of all the first coordinates, a row of all the second. That
is how a vector unit wants to read it.

    double Z = tsne_repel_exact(force, y, scratch);

Coordinates stay below $10^8$ in magnitude. The same bytes at any number of
threads. Cost: $13 n^2$ flops in the plane, $18 n^2$ in space; n c reals of
scratch.
*/
double tsne_repel_exact(mat force, mat y, arena *scratch);

#endif
