/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_MEASURING_H
#define FROSST2019_MEASURING_H

#include "learn/entanglement.h"
#include "network.h"

/*
# How entangled is each layer?

The soft nearest neighbour loss at its best temperature (equation 2). The temperature is searched anew for
every batch and layer: on a grid of two to a decade, around the layer's own mean squared distance,
then between the neighbours of the least point.
*/
double least_entanglement(mat x, const int *y, distance d, tape *t, double *T);

/* The mean squared distance of two rows of x; in cosine distance 1, which is far. Where all rows are
   one, 1 as well: a scale is never 0. */
double mean_distance(mat x, distance d);

/*
Fills `loss[i]` for each layer of the network, and `loss[layers]` for the scores: the mean over batches of `batch` examples, taken from
`of` in their order; what fills no batch is left out. The layers are those of inference. Both tapes
are reset.
*/
void measure_layers(double *loss, const network *net, examples of, size_t batch, distance d, tape *t,
                    tape *scratch);

#endif
