/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_BANDIT_H
#define LEARN_BANDIT_H

#include "learn/gaussian_process.h"

/*
# Where to look next: batched Gaussian-process bandits

Looks for the maximum of a function on the box $[0, 1]^d$ that is dear to evaluate
and noisy: the accuracy of a network, say, by its learning rate and two more. Every
batch of places depends on all observations so far:

    gp_data seen = { .n = 0, .d = 3, .x = x, .y = y };
    while (seen.n < 64) {
        double *next = x + seen.n * 3;
        bandit_suggest(next, 8, &seen, seed, a);
        for (size_t b = 0; b < 8; b++) y[seen.n + b] = accuracy(next + b * 3);
        seen.n += 8;
    }

There is no state but `seen`. A program that is interrupted and has kept its
observations asks again, and gets the same places. What a coordinate means, a
logarithm or a sign, is the program's.
*/

/*
Fills the `batch` rows of `next`, each of d numbers; they may follow those of `seen->x` in
memory. `seen` has n >= 0 observations inside the box, and larger y are better. `seed` is 1
or above; another one looks elsewhere first.

While there are fewer than 2d observations, the batch covers the box evenly. The
suggestions are a function of `seen`, `seed` and `batch`. If the noise is large, two of a
batch may be nearly the same place: the function is then worth a second look there. And the
search may settle on the lower of two hills: whoever has learned long length scales on the
one does not believe in another that is much narrower (tests/bandit.c counts).

Cost: a `gp_fit`, and for each place of the batch some 5,000 means and variances of $n^2$
flops each: 0.1 s for 8 places at n = 56.

Sources: Srinivas, Krause, Kakade and Seeger, "Gaussian process optimization in the
bandit setting" (2010); Desautels, Krause and Burdick, "Parallelizing
exploration-exploitation tradeoffs in Gaussian process bandit optimization" (2014).
*/
void bandit_suggest(double *next, size_t batch, const gp_data *seen, unsigned long seed,
                    arena *scratch);

#endif
