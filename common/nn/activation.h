/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_ACTIVATION_H
#define NN_ACTIVATION_H

#include "tape/tape.h"

/*
# Activations

| name | $a(z)$ |
|------|--------|
| `LINEAR` | $z$ |
| `RELU` | $\max(0, z)$ |
| `LEAKY_RELU` | $z$ for $z > 0$, else $0.2 z$ |
| `SIGMOID` | $1 / (1 + e^{-z})$ |
| `TANH` | $\tanh z$ |

All of them have a derivative that can be read off their output, so that no
operation keeps z.
*/
typedef enum { LINEAR, RELU, LEAKY_RELU, SIGMOID, TANH } activation;

/* $y = a(x)$, element by element. */
node *activate(tape *t, node *x, activation a);

/*
# Bias and activation, for layers

What follows the product of a layer, whose outputs are the columns: one pass over it
forward, one backward. `b` and `db` have one number a column, or are NULL.
*/

/* $y \leftarrow a(y + b)$. Inside a parallel region it runs on the calling thread. */
void bias_activate(mat y, const real *b, activation a);

/* From $\partial L / \partial y$ to $\delta = \partial L / \partial z = \partial L / \partial y \odot a'(z)$,
   in place, on the calling thread. */
void activation_derive(mat dz, mat y, activation a);

/* The same by all threads, and the sum of $\delta$ over the rows into `db`, unless it is NULL. */
void bias_derive(mat dz, mat y, real *db, activation a, arena *scratch);

#endif
