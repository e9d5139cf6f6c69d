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

/*
Fills `loss[i]` for each layer of the network: the mean over batches of `batch` examples, taken from
`of` in their order; what fills no batch is left out. The layers are those of inference. Both tapes
are reset.
*/
void measure_layers(double *loss, const network *net, examples of, size_t batch, distance d, tape *t,
                    tape *scratch);

/*
# Along a training

What was measured at `looks` moments: layer i at look k is at[i * looks + k]. Kept in the checkpoint.
*/
typedef struct history { size_t layers, looks; double *at, *step; } history;
history history_new(size_t layers, size_t looks, checkpoint *c, arena *memory);

/* The least value over the one before training; the last over the least; the last over that at look `from`;
   and Spearman's rank correlation of the values from there on with the step. */
typedef struct course { double fall, over_least, over_first, correlation; } course;
course history_course(const history *h, size_t layer, size_t from, arena *scratch);

#endif
