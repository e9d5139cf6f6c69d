/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "learn/distance.h"
#include "learn/triplet.h"
#include "learn/entanglement.h"
#include "nn/losses.h"
#include "objective.h"
#include "tape/arithmetic.h"

static struct { double entanglement, temperature, temperature_rate; } set;

const run_setting entanglement_settings[] = {
    { "entanglement", NULL, &set.entanglement, { .1, .1, .1, .1 },
      "what entanglement is worth: alpha is the negative of it", "readings" },
    { "temperature", NULL, &set.temperature, { 0, 0, 0, 0 },
      "T, which stays; without it 100, or 1 in cosine distance", "the authors' script" },
    { 0 }
};

const run_setting temperature_settings[] = {
    { "temperature-rate", NULL, &set.temperature_rate, { .1, .1, .1, .1 },
      "learning rate of 1/T", "the authors' code" },
    { 0 }
};

const objective objective_baseline = { .name = "baseline" };

objective objective_entangled(distance d)
{
    return (objective){ .name = "entangled", .alpha = -set.entanglement, .distance = d, .rule = FIXED };
}

/*
# Temperatures
*/
void temperatures_init(temperatures *T, size_t layers)
{
    REQUIRE(layers <= MOST_LAYERS, "%zu layers", layers);
    T->layers = layers;
    T->scratch = tape_new();
    for (size_t i = 0; i < layers; i++) T->of[i] = snnl_temperature_new(1, 0);
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
    tape_free(T->scratch);
}

static size_t layers_of(const objective *o, size_t all)
{
    return o->layers > 0 ? o->layers : all;
}

void temperatures_rows(const temperatures *T, run *r, const objective *o)
{
    for (size_t i = 0; i < layers_of(o, T->layers); i++)
        run_row(r, o->name, (double)(i + 1), "temperature", snnl_temperature_now(&T->of[i]));
}

/*
# A layer
*/
static node *soft_neighbours(tape *t, const objective *o, node *x, const int *labels, snnl_temperature *T, tape *scratch)
{
    if (o->rule == BEST) {
        double best;
        entanglement_of_batch(x->value, labels, o->distance, scratch, &best);
        T->value = (real)(1 / best);
    }
    return snnl_learning_temperature(t, x, labels, T, o->distance);
}

typedef struct triplets { size_t *positive, *negative; } triplets;

static triplets draw_triplets(tape *t, const int *labels, size_t b, gsl_rng *noise)
{
    triplets d = { arena_take(tape_arena(t), b, sizeof(size_t)), arena_take(tape_arena(t), b, sizeof(size_t)) };
    triplet_sample(d.positive, d.negative, noise, labels, b);
    return d;
}

/* A layer that makes one point of all has no triplets to speak of. */
static node *mean_triplet_loss(tape *t, node *x, const triplets *d)
{
    size_t b = x->value.rows;
    double D = 0;
    for (size_t i = 0; i < b; i++) {
        const real *a = mat_row(x->value, i);
        D += distance_squared(a, mat_row(x->value, d->positive[i]), x->value.cols) / (2 * (double)b);
        D += distance_squared(a, mat_row(x->value, d->negative[i]), x->value.cols) / (2 * (double)b);
    }
    D = fmax(D, 1e-12);
    return scale(t, triplet_loss(t, x, d->positive, d->negative, D), 1 / ((double)b * D));
}

/*
# The loss of a batch
*/
node *objective_loss(tape *t, const objective *o, const outputs *h, const int *labels, temperatures *T,
                     gsl_rng *noise, double *snnl_sum)
{
    node *loss = cross_entropy(t, h->scores, labels), *sum = NULL;
    *snnl_sum = 0;
    if (o->alpha == 0) return loss;
    triplets drawn = o->triplet ? draw_triplets(t, labels, h->scores->value.rows, noise) : (triplets){ 0 };
    for (size_t i = 0; i < layers_of(o, h->layers); i++) {
        node *l = o->triplet ? mean_triplet_loss(t, h->layer[i], &drawn)
                             : soft_neighbours(t, o, h->layer[i], labels, &T->of[i], T->scratch);
        *snnl_sum += node_scalar(l);
        sum = sum ? add(t, sum, l) : l;
    }
    return add(t, loss, scale(t, sum, o->alpha));
}
