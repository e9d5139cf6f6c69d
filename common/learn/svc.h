/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_SVC_H
#define LEARN_SVC_H

#include "base/mat.h"

/*
# Support vector classification

The classifier of libsvm, with radial basis functions

$$ k(u, v) = e^{-\gamma |u - v|^2}. $$

For each two classes it looks for the widest margin between them, where an example on the wrong side costs C times
as far as it lies there; then every pair votes. Only examples at the margin or beyond it, the *support
vectors*, are remembered.

    svc *m = svc_fit(train, labels, 1, svc_gamma(train));
    svc_answers(y, m, test);
    svc_free(m);

Source: Chang and Lin, "LIBSVM: a library for support vector machines", 2011.
*/
typedef struct svc svc;

/* Fits to the rows of `x` (n x d) and their labels. Time between $n^2 d$ and $n^3 d$ over the square of the
   number of classes, on one thread; 200 MB for a cache, and 16 bytes a number of x. */
svc *svc_fit(mat x, const int *labels, double C, double gamma);
void svc_free(svc *m);             /* accepts NULL */

/* $\gamma = 1 / (d \sigma^2)$ with the variance of all numbers of x: what scikit-learn calls "scale". 1 if they
   are all one. */
double svc_gamma(mat x);

/* How many examples are remembered, for `tests/svc.c`. */
size_t svc_support_vectors(const svc *m);

/* y[i] = the label of row i. All threads work. O(d) a row and support vector. */
void svc_answers(int *y, const svc *m, mat x);

#endif
