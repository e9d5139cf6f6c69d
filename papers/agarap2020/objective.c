/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "nn/losses.h"
#include "objective.h"
#include "tape/arithmetic.h"

/*
# Table I
*/
const variant table_1[VARIANTS] = {
    { .name = "SNNL-1", .neighbours = true, .labels = true },
    { .name = "SNNL-2", .neighbours = true },
    { .name = "SNNL-3", .neighbours = true, .labels = true, .layers = LEAST_LAYER },
    { .name = "SNNL-4", .neighbours = true, .layers = LEAST_LAYER },
    { .name = "SNNL-5", .neighbours = true, .labels = true, .annealing = true },
    { .name = "SNNL-6", .neighbours = true, .annealing = true },
    { .name = "SNNL-7", .neighbours = true, .labels = true, .annealing = true,
      .layers = LEAST_LAYER },
    { .name = "SNNL-8", .neighbours = true, .annealing = true, .layers = LEAST_LAYER },
};

const variant *variant_named(const char *name)
{
    for (size_t i = 0; i < VARIANTS; i++)
        if (strcmp(table_1[i].name, name) == 0) return &table_1[i];
    REQUIRE(false, "no variant is called %s", name);
    return NULL;
}

/*
# The protocol

What the paper leaves open here: the batch size (256, from the authors' code) and the
fixed temperature (1, where annealing starts).
*/
protocol the_protocol;

const run_setting protocol_settings[] = {
    { "epochs", &the_protocol.epochs, NULL, { 2, 10, 50, 50 }, "passes over the training examples", "III.A" },
    { "batch", &the_protocol.batch, NULL, { 256, 256, 256, 256 }, "examples a step",
      "the authors' code" },
    { "code", &the_protocol.code, NULL, { 70, 70, 70, 70 }, "units of the code, and principal components",
      "III.A" },
    { "restarts", &the_protocol.restarts, NULL, { 2, 10, 10, 10 }, "of k-means, of which the best counts",
      "the authors' code" },
    { "iterations", &the_protocol.iterations, NULL, { 10, 90, 90, 90 }, "of a restart of k-means, at most",
      "III.B" },
    { "rate", NULL, &the_protocol.rate, { 1e-3, 1e-3, 1e-3, 1e-3 }, "learning rate of Adam",
      "III.A" },
    { "alpha", NULL, &the_protocol.alpha, { 100, 100, 100, 100 },
      "weight of the neighbour loss", "II.B" },
    { "eta", NULL, &the_protocol.eta, { 1, 1, 1, 1 }, "in T = (eta + epoch)^-gamma", "II.B.2" },
    { "gamma", NULL, &the_protocol.gamma, { .55, .55, .55, .55 }, "in T = (eta + epoch)^-gamma",
      "II.B.2" },
    { 0 }
};

const run_setting fixed_temperature[] = {
    { "temperature", NULL, &the_protocol.temperature, { 1, 1, 1, 1 },
      "T of the variants whose T is fixed", "ours" },
    { 0 }
};

/*
# Temperature
*/
double variant_temperature(const variant *v, size_t epoch)
{
    if (v->annealing) return pow(the_protocol.eta + (double)epoch, -the_protocol.gamma);
    return v->temperature > 0 ? v->temperature : the_protocol.temperature;
}

void temperatures_init(temperatures *s)
{
    for (size_t i = 0; i < MOST_TENSORS; i++) s->of[i] = snnl_temperature_new(1, 0.1);
    temperatures_start(s);
}

void temperatures_start(temperatures *s)
{
    for (size_t i = 0; i < MOST_TENSORS; i++) s->factor[i] = 1;
}

/* The loss of tensor i at its own temperature; the schedule says T. */
static node *learning_loss(tape *t, node *h, const int *y, temperatures *s, size_t i, double T)
{
    snnl_temperature *own = &s->of[i];
    own->first = T;
    own->value = (real)(s->factor[i] / T);
    node *loss = snnl_learning_temperature(t, h, y, own, COSINE);
    s->factor[i] = (double)own->value * T;
    return loss;
}

/*
# The two losses
*/
node *reconstruction_loss(tape *t, const activations *a, mat x, const variant *v)
{
    node *mean = binary_cross_entropy(t, a->z[AE_LAYERS - 1], x);
    return v->pixels == PIXEL_SUM ? scale(t, mean, (double)x.cols) : mean;
}

scores variant_scores(const variant *v)
{
    return v->tensors == ACTIVATIONS_AND_SCORES ? ALL_SCORES : LAST_SCORES;
}

/* The tensors that the variant's neighbour loss looks at, and how many. */
static size_t chosen(node *h[MOST_TENSORS], const activations *a, tensors which)
{
    static const struct { size_t first, last; } range[CHOICES_OF_TENSORS] = {
        [ACTIVATIONS] = { 0, AE_LAYERS }, [ACTIVATIONS_AND_SCORES] = { 0, AE_LAYERS },
        [HIDDEN] = { 0, AE_LAYERS - 1 }, [ENCODER] = { 0, AE_CODE + 1 },
        [CODE] = { AE_CODE, AE_CODE + 1 },
    };
    size_t n = 0;
    for (size_t i = range[which].first; i < range[which].last; i++) {
        if (which == ACTIVATIONS_AND_SCORES) h[n++] = a->z[i];
        h[n++] = a->h[i];
    }
    return n;
}

node *neighbour_loss(tape *t, const activations *a, const int *y, const variant *v,
                     size_t epoch, temperatures *learned)
{
    node *h[MOST_TENSORS], *loss[MOST_TENSORS], *sum = NULL;
    size_t n = chosen(h, a, v->tensors);
    double T = variant_temperature(v, epoch);
    real *tau = arena_take(tape_arena(t), 1, sizeof *tau);
    *tau = (real)(1 / T);
    for (size_t i = 0; i < n; i++) {
        loss[i] = v->layers == LEAST_TEMPERATURE
                ? learning_loss(t, h[i], y, learned, i, T)
                : snnl(t, h[i], y, tape_input(t, mat_view(tau, 1, 1)), COSINE);
        sum = sum ? add(t, sum, loss[i]) : loss[i];
    }
    return v->layers == LEAST_LAYER ? smallest(t, loss, n) : sum;
}
