/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_DKNN_H
#define LEARN_DKNN_H

#include "base/arena.h"
#include "base/mat.h"

/*
# Deep k-nearest neighbours

How far do the training data support what a network says? Papernot and McDaniel (2018) look in every layer
for the k training examples that the layer holds to be nearest to the input, and read their labels. An input
that is like the training data has neighbours of one class from the first layer to the last; one that was
made to deceive the last layer looks like another class in the layers before it.

    dknn d = { .layers = 5, .width = width, .represent = layers_of, .model = &net,
               .x = train.x, .y = train.y, .classes = 10, .k = 75 };
    dknn_votes(votes, held_out.x, &d, a);
    dknn_calibrate(&c, &d, votes, held_out.y, held_out.x.rows, AS_PUBLISHED, a);
    dknn_votes(votes, strange.x, &d, a);
    dknn_answer says = dknn_predict(&c, votes + i * d.classes);

# Neighbours

*Near* is the angle between two representations: Euclidean distance between representations of length 1 (one
that is all zeros stays at the origin). The authors' code also subtracts the mean of all training examples,
for the sake of the hash tables in which it looks neighbours up. That moves no point relative to another;
our search is exact and leaves it out.
*/
typedef struct dknn {
    size_t layers;
    const size_t *width;                               /* numbers in each layer */
    void (*represent)(mat *layer, void *model, mat x); /* fills layer[l], x.rows x width[l] */
    void *model;
    mat x;                                             /* n training examples */
    const int *y;                                      /* their labels, from 0 to classes - 1 */
    size_t classes, k;                                 /* k <= n */
} dknn;

/*
votes[i * classes + j] is how many of the `layers` k neighbours of row i of `x` have label j.

With W the sum of the widths and q the rows of x: $2 q n W$ flops, and as many passes through the network as
there are rows in both. Of the training set only a block is held at a time: (q + 2048) W reals and 16 q k
bytes a layer, and what `knn_search_on` takes.
*/
void dknn_votes(size_t *votes, mat x, const dknn *d, arena *scratch);

/*
# How unusual is that?

The *nonconformity* of an input with label j is the number of its neighbours that say otherwise,

$$ a(x, j) = \mathit{layers} \cdot k - \mathit{votes}_j(x). $$

Held-out examples, with the labels that they have, tell what is usual. The *p-value* of label j is the share
of them that fit their own label no better than x fits j,

$$ p_j(x) = \frac{1}{n} \left| \{ i : a(x_i, y_i) \ge a(x, j) \} \right|, $$

the prediction is the label of the largest, which is called the *credibility*, and the *confidence* is 1
less the second largest.

Two details of the published code (cleverhans, `dknn.py`) change numbers. It drops held-out examples whose
neighbours all agree with their label, so that p is a share of the others; a(x, j) = 0 still has p = 1. And
of equal p-values the first label wins: an input that is unlike everything is of class 0, with credibility
0.
*/
typedef enum {
    AS_DEFINED = 0,
    DROPS_PERFECT = 1,             /* held-out examples without a dissenting neighbour do not count */
    FIRST_OF_EQUALS = 2,           /* otherwise the label with more votes, and then the first */
    AS_PUBLISHED = DROPS_PERFECT | FIRST_OF_EQUALS
} dknn_details;

typedef struct dknn_calibration {
    dknn_details details;
    size_t classes, most;          /* most: layers k */
    size_t n, *usual;              /* n nonconformities, ascending */
} dknn_calibration;

typedef struct dknn_answer {
    int label;
    double credibility, confidence;
} dknn_answer;

/* From the votes for n held-out examples, and their labels. `usual` lives in the arena. O(n log n). */
void dknn_calibrate(dknn_calibration *c, const dknn *d, const size_t *votes, const int *y, size_t n,
                    dknn_details details, arena *memory);

/* For the votes on one input. O(classes log n). */
dknn_answer dknn_predict(const dknn_calibration *c, const size_t *votes);

#endif
