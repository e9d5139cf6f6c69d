/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_BOUND_H
#define HUGGER2024_BOUND_H

#include <stddef.h>

/*
# What soft distribution InfoNCE bounds

Embeddings z and classes y with a joint distribution p(z, y), few enough to count all cases. Labels are drawn from

$$ p^\epsilon(y|z) = (1 - \epsilon)\, p(y|z) + \epsilon\, p(y), $$

noise labels from p(y). With the best critic, $e^s = p^\epsilon(y|z) / p(y)$, equation 18 says of N noise labels

$$ I(Z; Y) + H(Y|Z) - H_\epsilon(Y|Z) \ge \log N - \ell. $$

Its left side has a shorter name. $I + H(Y|Z) = H(Y)$, and smoothing leaves p(y) as it is; so the left side is
$I_\epsilon(Z; Y)$, the information that a *smoothed* label shares with the embedding. It is never negative, is I at
$\epsilon = 0$ and 0 at $\epsilon = 1$.
*/
enum { CLASSES = 4 };
typedef struct joint { double p[CLASSES][CLASSES]; } joint;      /* p[z][y] */

/* The left side as it is printed, from its three parts, in nats. */
double bound_left(const joint *j, double epsilon);

/* $\ell$, exactly: the mean over z, own label and noise labels of $\log (1 + \sum_i e^{s_i} / e^{s_0})$. Goes through all
   counts that N noise labels can have: $O(N^{K-1} K^2)$. */
double bound_loss(const joint *j, double epsilon, size_t N);

#endif
