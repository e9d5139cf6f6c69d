/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_TSNE_H
#define LEARN_TSNE_H

#include "learn/tsne_affinity.h"
#include "learn/tsne_grid.h"
#include "learn/tsne_repulsion.h"

/*
# t-SNE

Draws n points of d dimensions as a map in the plane or in space, such that
neighbours stay neighbours. Distances between what is far apart mean little in
such a map, nor do the sizes of its clusters.

    mat y = arena_mat(a, x.rows, 2);
    tsne_start(y, x, a);                     or rng_normal(rng, y, 1e-4)
    tsne *t = tsne_new(x, y, &tsne_defaults, a);
    while (t->iteration < t->how.iterations) tsne_step(t);
    double divergence = tsne_divergence(t);
    tsne_map(y, t);
    tsne_free(t);

A step depends on `y`, `velocity`, `gain` and `iteration`, and on nothing else
that changes: a program that keeps these four in a checkpoint continues to the
same bytes.

| setting        | default | meaning                                           |
|----------------|---------|---------------------------------------------------|
| `perplexity`   | 30      | how many neighbours a point has, in effect        |
| `neighbours`   | 0       | how many are looked at; 0 for 3 perplexity + 1    |
| `iterations`   | 1000    | for the caller's loop                             |
| `exaggeration` | 12      | what attraction is multiplied by at first         |
| `exaggerated`  | 250     | the number of iterations with exaggeration        |
| `rate`         | 0       | learning rate; 0 for n / (4 exaggeration), but at least 50 |
| `path`         | `TSNE_AUTO` | the repulsion: see below                      |

The repulsion is that of all pairs, or, in the plane, by a grid: `TSNE_AUTO` takes the grid
from 8,000 points on. In space there is no grid.

The gradient has the factor 4 of the paper, as scikit-learn's has, so the same
rate means the same there (openTSNE and FIt-SNE leave the 4 out: their n /
exaggeration is this default). With three dimensions scikit-learn uses another
kernel, of Student's t with two degrees of freedom; here it is the paper's,
with one, always.

Sources: van der Maaten and Hinton (2008); van der Maaten (2014) for the
sparse affinities and for early exaggeration 12; Belkina et al. (2019) for the
rate; Kobak and Berens (2019) for the start from principal components.
*/
typedef enum { TSNE_AUTO, TSNE_EXACT, TSNE_INTERPOLATED } tsne_path;

typedef struct tsne_settings {
    double perplexity;
    size_t neighbours, iterations;
    double exaggeration;
    size_t exaggerated;
    double rate;
    tsne_path path;
} tsne_settings;

extern const tsne_settings tsne_defaults;

typedef struct tsne {
    tsne_settings how;             /* with the rate and the path that were chosen */
    tsne_affinity p;
    mat y, velocity, gain;         /* dims x n: a row a coordinate */
    mat gradient;                  /* dims x n; of the last step */
    size_t iteration;              /* how many were done */
    tsne_grid *grid;
    arena *memory;
} tsne;

/*
A start: the first principal components of `x`, scaled to a standard deviation
of $10^{-4}$ along the first. `y` is n x dims, 1 <= dims <= d. Cost: as
`pca_fit`. Where all of `x` is alike there are none, and the start has all points in one
place: `tsne_new` refuses it.
*/
void tsne_start(mat y, mat x, arena *scratch);

/*
Computes the affinities of `x` (n x d, finite, n >= 4); the map begins at
`start` (n x 2 or n x 3, finite, not all the same). Everything lies in the
arena, but for plans of the grid, which `tsne_free` gives back. Cost: as
`tsne_affinities`.
*/
tsne *tsne_new(mat x, mat start, const tsne_settings *how, arena *a);
void tsne_free(tsne *t);                 /* accepts NULL */

/* One iteration. The same bytes at any number of threads. Cost: $O(n k)$ for the
   attraction, and the repulsion: $13 n^2$ flops, $18 n^2$ in space, or the grid's. */
void tsne_step(tsne *t);

/* y = the map as it is now, n x dims. */
void tsne_map(mat y, const tsne *t);

/* The Kullback-Leibler divergence of the map's similarities from P, which is what
   t-SNE minimises. Overwrites `gradient`. Cost: a repulsion, and n k logarithms. */
double tsne_divergence(tsne *t);

/* Its gradient with respect to the map, into `t->gradient`, with P multiplied by
   `exaggeration`. A step's first half. */
void tsne_gradient(tsne *t, double exaggeration);

#endif
