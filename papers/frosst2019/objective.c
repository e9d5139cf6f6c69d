/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "learn/entanglement.h"
#include "nn/losses.h"
#include "objective.h"
#include "tape/arithmetic.h"

static struct { double alpha, temperature, temperature_rate; } set;

const run_setting objective_settings[] = {
    { "alpha", NULL, &set.alpha, { .1, .1, .1, .1 },
      "how much entanglement is worth: alpha is its negative", "ours" },
    { "temperature", NULL, &set.temperature, { 0, 0, 0, 0 },
      "T at the start; without it 100, or 1 in cosine distance", "the authors' code" },
    { "temperature-rate", NULL, &set.temperature_rate, { .1, .1, .1, .1 },
      "learning rate of 1/T", "the authors' code" },
    { 0 }
};

const objective baseline = { .name = "baseline" };

objective entangled(distance d)
{
    return (objective){ .name = "entangled", .alpha = -set.alpha, .distance = d };
}

/*
# Temperatures
*/
void temperatures_init(temperatures *T, size_t layers)
{
    REQUIRE(layers <= MOST_LAYERS, "%zu layers", layers);
    T->layers = layers;
    for (size_t i = 0; i < layers; i++) snnl_temperature_init(&T->of[i], 1, 0);
}

void temperatures_start(temperatures *T, const objective *o)
{
    double usual = o->distance == COSINE ? 1 : 100;
    double first = o->temperature > 0 ? o->temperature : set.temperature > 0 ? set.temperature : usual;
    for (size_t i = 0; i < T->layers; i++) {
        T->of[i].first = first;
        T->of[i].value = (real)(1 / first);
        T->of[i].rate = o->rule == ONE_STEP ? set.temperature_rate : 0;
    }
}

void temperatures_keep(temperatures *T, checkpoint *c)
{
    for (size_t i = 0; i < T->layers; i++) {
        checkpoint_keep(c, "temperature", &T->of[i].value, sizeof T->of[i].value);
        checkpoint_keep(c, "first temperature", &T->of[i].first, sizeof T->of[i].first);
        checkpoint_keep(c, "temperature rate", &T->of[i].rate, sizeof T->of[i].rate);
    }
}

void temperatures_free(temperatures *T)
{
    for (size_t i = 0; i < T->layers; i++) snnl_temperature_free(&T->of[i]);
}

/*
# The best temperature, found anew

Equation 2 to the letter: where `BEST` is asked for, the minimum is searched on a grid of
temperatures, two to a decade around the last one, and then between the neighbours of its least point.
*/
static void find_best(snnl_temperature *T, mat x, const int *labels, distance d)
{
    enum { POINTS = 9 };
    double at[POINTS], loss[POINTS];
    entanglement e = { x, x.rows, d, T->scratch };
    for (size_t k = 0; k < POINTS; k++) {
        at[k] = snnl_temperature_now(T) * pow(10, ((double)k - POINTS / 2) / 2);
        loss[k] = entanglement_at(&e, labels, at[k], NULL);
    }
    T->value = (real)(1 / entanglement_least(&e, labels, at, loss, POINTS).T);
}

/*
# The loss of a batch
*/
node *objective_loss(tape *t, const objective *o, const outputs *h, const int *labels, temperatures *T,
                     double *neighbours)
{
    node *loss = cross_entropy(t, h->scores, labels), *sum = NULL;
    *neighbours = 0;
    if (o->alpha == 0) return loss;
    for (size_t i = 0; i < (o->layers > 0 ? o->layers : h->layers); i++) {
        if (o->rule == BEST) find_best(&T->of[i], h->layer[i]->value, labels, o->distance);
        node *l = snnl_learning_temperature(t, h->layer[i], labels, &T->of[i], o->distance);
        *neighbours += node_scalar(l);
        sum = sum ? add(t, sum, l) : l;
    }
    return add(t, loss, scale(t, sum, o->alpha));
}
