/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_SMOOTHNESS_H
#define BONTONOU2019_SMOOTHNESS_H

#include "tape/tape.h"

/*
# The graph smoothness loss

A batch of images $x_\mu$ with labels $y_\mu$, and the place $f_\mu$ that a network gives to each. Draw a graph: a
vertex an image, an edge from each to its k nearest, heavy where two are near,

$$ W_{\mu\nu} = e^{-\alpha |f_\mu - f_\nu|}, $$

and 0 where there is no edge. (The distance is *not* squared.) A signal s gives each vertex a number, and it is
*smooth* if heavy edges join equal numbers: $s^\top L s$ is small, with the Laplacian L = D - W and the sums of
the rows of W on the diagonal of D. The labels are one signal a class, $s_c$, 1 on the class and 0 elsewhere,
and the loss asks all of them to be smooth:

$$ \sum_c s_c^\top L s_c = \sum_{c, \mu, \nu} W_{\mu\nu} \left( s_c(\mu)^2 - s_c(\mu) s_c(\nu) \right)
   = \sum_{\mu, \nu:\; y_\mu \ne y_\nu} W_{\mu\nu}. $$

For each ordered pair the first product is 1 for one class, and so is the second if both have it. What
remains is the paper's Definition 1: **the weight of the edges between classes**. Nothing is asked of
images of one class; nothing pulls, all that are alike in place and unlike in label push each other away. With few neighbours
a class may even fall into several clusters, each larger than k: where nobody has a neighbour of another class the loss is 0
(section 3.3).

(Section 3.1 also writes $s^\top L s$ as the sum of $W_{\mu\nu} (s(\mu) - s(\nu))^2$ over all ordered pairs. That is
$2\, s^\top L s$: each edge is counted from both of its ends. Definition 1 is right with the first form only.)

    node *f = normalise_rows(t, outputs);
    node *loss = smoothness(t, f, labels, &(similarity){ .alpha = 2 });

# What the definition leaves open

*Whose neighbour?* The k nearest of one are not mutual. `EITHER` keeps an edge in both directions if one of
the two wants it, as the same group's code for another paper does; `OWN` is the formula to the letter.

*Sum or mean?* A batch of 100 from ten classes has 9,000 terms, and the definition adds them up; the rate of
learning, 0.1, was chosen for a cross-entropy, which is a mean. `MEAN` divides by the number of ordered pairs of
distinct classes that the batch has, edge or not: definition 1 up to a factor that hardly differs from batch to batch. `MEAN_VERTEX` divides by the size
of the batch, as a cross-entropy does: the mean over images of the sum of their edges. `MEAN_EDGE` divides by the
number of edges between classes, so that the length of the gradient does not fall with k, nor as classes part.
*/
typedef enum { EITHER, OWN } edge_rule;
typedef enum { MEAN, SUM, MEAN_VERTEX, MEAN_EDGE } reduction;

typedef struct similarity {
    double alpha;
    size_t k;                      /* neighbours of a vertex, itself not counted; 0, or more than there are: all */
    edge_rule edges;
    reduction take;
    bool squared;                  /* the distance, as in other losses */
} similarity;

/*
The loss of `f` (b x d) with `labels` (b of them): 1 x 1. The gradient moves the places; the choice of
neighbours is a constant of the batch. Where two places are equal, their distance has no derivative, and the
pair does not push: any direction would be as good. Of equally near neighbours the first ones count. A batch of
one class has a loss of 0.

Cost: $\tfrac32 b^2 d$ flops forward, $3 b^2 d$ backward, $b^2 k$ comparisons at most; $b^2$ doubles.
*/
node *smoothness(tape *t, node *f, const int *labels, const similarity *how);

#endif
