/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learn/entanglement.h"
#include "measuring.h"

void measure_layers(double *loss, const network *net, examples of, size_t batch, distance d, tape *t,
                    tape *scratch)
{
    size_t parts = of.x.rows / batch;
    for (size_t i = 0; i <= net->layers; i++) loss[i] = 0;
    for (size_t k = 0; k < parts; k++) {
        outputs h = network_layers(net, t, mat_rows(of.x, k * batch, batch));
        for (size_t i = 0; i < h.layers; i++)
            loss[i] += entanglement_of_batch(h.layer[i]->value, of.y + k * batch, d, scratch, NULL) / (double)parts;
        tape_reset(t);
    }
}
