/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measuring.h"

/*
# A grid of temperatures

In cosine distance 1 is far. In the Euclidean one it is twice the variance:
$\frac{1}{b^2} \sum_{ij} |x_i - x_j|^2 = 2 \left( \frac1b \sum_i |x_i|^2 - |\bar x|^2 \right)$.
*/
double mean_distance(mat x, distance d)
{
    if (d == COSINE) return 1;
    double squares = 0, of_mean = 0, b = (double)x.rows;
    for (size_t i = 0; i < mat_size(x); i++) squares += (double)x.at[i] * (double)x.at[i];
    for (size_t j = 0; j < x.cols; j++) {
        double sum = 0;
        for (size_t i = 0; i < x.rows; i++) sum += (double)mat_row(x, i)[j];
        of_mean += sum * sum / (b * b);
    }
    double mean = 2 * (squares / b - of_mean);
    return mean > 1e-30 ? mean : 1;          /* a layer that says the same to everything */
}

double least_entanglement(mat x, const int *y, distance d, tape *t, double *T)
{
    enum { POINTS = 9 };
    double at[POINTS], loss[POINTS], scale = mean_distance(x, d);
    entanglement e = { x, x.rows, d, t, NULL };
    for (size_t k = 0; k < POINTS; k++) {
        at[k] = scale * pow(10, (double)k / 2 - 3);
        loss[k] = entanglement_at(&e, y, at[k], NULL);
    }
    entanglement_minimum least = entanglement_least(&e, y, at, loss, POINTS);
    if (T) *T = least.T;
    tape_reset(t);
    return least.loss;
}

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
