/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_MEASURING_H
#define FROSST2019_MEASURING_H

#include "learn/snnl.h"
#include "network.h"

/*
# How entangled is each layer?

Fills `loss[i]` with the entanglement, at the temperature that is best for each batch (`entanglement_of_batch`), of each layer of the network,
and `loss[layers]` with that of the scores: the mean over batches of `batch` examples, taken from `of` in their order; what
fills no batch is left out, and there is one at least. The layers are those of inference: before a training, batch
normalisation does nothing there. Both tapes are reset.
*/
void measure_layers(double *loss, const network *net, examples of, size_t batch, distance d, tape *t,
                    tape *scratch);

#endif
