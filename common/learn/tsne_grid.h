/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_TSNE_GRID_H
#define LEARN_TSNE_GRID_H

#include "base/mat.h"

/*
# Repulsion in less than quadratic time

The sums of `learn/tsne_repulsion.h`, in the plane, by interpolation on a
grid: the points hand their weight to the nodes around them, the nodes push
each other (a convolution, done by Fourier transforms), and the points read
off what the nodes feel. In maps up to 512 wide, forces differ from the exact ones by
less than half a per cent of their root mean square.

    tsne_grid *g = tsne_grid_new();
    double Z = tsne_repel_interpolated(force, y, g);      y and force are 2 x n
    tsne_grid_free(g);

The grid keeps what it computed for maps of the same extent. What it returns
depends on `y` alone, and has the same bytes at any number of threads.

Cost: some 750 n flops and, with b boxes over the width of the map, $O(b^2 \log
b)$; some $900\, b^2$ reals. A box is one unit wide, narrower in a map of less
than 8 units and wider, with less precision, in one of more than 500. The
transforms of the two kernels are computed anew when b changes.

Source: Linderman, Rachh, Hoskins, Steinerberger and Kluger (2019), *Fast
interpolation-based t-SNE for improved visualization of single-cell RNA-seq
data*.
*/
typedef struct tsne_grid tsne_grid;

tsne_grid *tsne_grid_new(void);
void tsne_grid_free(tsne_grid *g);       /* accepts NULL */

double tsne_repel_interpolated(mat force, mat y, tsne_grid *g);

#endif
