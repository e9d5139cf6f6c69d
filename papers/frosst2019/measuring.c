/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learn/entanglement.h"
#include "measuring.h"

void measure_layers(double *loss, const network *net, examples of, size_t batch, distance d, tape *t,
                    tape *scratch)
{
    size_t batches = of.x.rows / batch;
    for (size_t i = 0; i <= net->layers; i++) loss[i] = 0;
    for (size_t k = 0; k < batches; k++) {
        node *x = tape_input(t, mat_rows(of.x, k * batch, batch));
        outputs h = net->apply(t, net->model, x, INFERENCE);
        h.layer[h.layers] = h.scores;
        for (size_t i = 0; i <= h.layers; i++)
            loss[i] += least_entanglement(h.layer[i]->value, of.y + k * batch, d, scratch, NULL) / (double)batches;
        tape_reset(t);
    }
}
