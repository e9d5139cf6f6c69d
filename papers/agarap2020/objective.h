/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef AGARAP2020_OBJECTIVE_H
#define AGARAP2020_OBJECTIVE_H

#include "autoencoder.h"
#include "learn/snnl_temperature.h"
#include "run/run.h"

/*
# What a model minimises

With the reconstruction r of x, and h running over the layers (equation 5),

$$ L = \ell_\text{rec}(x, r) + \alpha \sum_h \ell_\text{sn}(h, y), $$

where $\ell_\text{sn}$ is the soft nearest neighbour loss (`learn/snnl.h`) in the
cosine distance; with $\alpha > 0$ classes are disentangled. (The paper that the loss comes from has an
$\alpha < 0$ where it entangles them: `papers/frosst2019/objective.h`.) The baseline has the first term only. Table I of the paper names eight
variants with both, by three switches:

| switch | one way | the other |
|--------|---------|-----------|
| `labels` | of a small part of the training set | none: every neighbour is a right one |
| `layers` | the sum over the layers | "arg min" |
| `annealing` | $T = (\eta + i)^{-\gamma}$ in epoch i (equation 3) | T is fixed |

The paper leaves open what exactly they do. The other fields of a `variant` are readings of
it; their zeros are what the tables take, and the program `readings` compares them.

# Without labels there is nothing to learn

In the unsupervised variants "we simply perform the same probabilistic sampling of a
neighboring point j to i, but we do not constrain them to come from the same class".
Then all points are of one class, and the numerator of

$$ p_i = \frac{\sum_{j \ne i,\, y_j = y_i} e^{-D_{ij}/T}}{\sum_{k \ne i} e^{-D_{ik}/T}} $$

is its denominator: $p_i = 1$ wherever the points lie. The loss of a layer, the mean of
$-\log(\varepsilon + p_i)$ (`learn/snnl.h`), is the constant $-\log(1 + \varepsilon)$ whatever T is,
that of n layers n times as much, and the gradient is 0. SNNL-2, 4, 6 and 8 are the baseline
autoencoder. Where their rows in Tables III to V differ, repeated runs of one model do.
*/
typedef enum {
    SUM,                           /* over the layers */
    LEAST_LAYER,                   /* the smallest of them, as the words have it */
    LEAST_TEMPERATURE,             /* each layer's T goes downhill, as equation 4 has it */
} layers;

typedef enum {
    ACTIVATIONS,                   /* all eight, code and reconstruction among them */
    ACTIVATIONS_AND_SCORES,        /* sixteen: what goes into them, too */
    HIDDEN,                        /* seven: without the reconstruction */
    ENCODER,                       /* four: up to the code */
    CODE,                          /* one */
    CHOICES_OF_TENSORS
} tensors;

typedef enum { PIXEL_MEAN, PIXEL_SUM } pixels;   /* scale of the reconstruction loss */

typedef struct variant {
    const char *name;
    bool neighbours;               /* has the second term */
    bool labels, annealing;
    layers layers;
    tensors tensors;
    pixels pixels;
    double temperature;            /* where it is fixed; 0: the protocol's */
    size_t batch;                  /* 0: the protocol's */
} variant;

/* The variants of Table I, SNNL-1 first. */
enum { VARIANTS = 8 };
extern const variant table_1[VARIANTS];

/* The one called "SNNL-5". There must be one. */
const variant *variant_named(const char *name);

/*
# What all of them share

The numbers of the protocol, each a setting of every program that trains; the fixed temperature of
those that train a variant which has one.
*/
typedef struct protocol {
    size_t epochs, batch, code;
    size_t restarts, iterations;   /* of k-means */
    double rate, alpha, temperature, eta, gamma;
} protocol;

extern protocol the_protocol;
extern const run_setting protocol_settings[], fixed_temperature[];

/* T of the variant in epoch i = 0, 1, ... */
double variant_temperature(const variant *v, size_t epoch);

/*
For `LEAST_TEMPERATURE`: T, learned for each tensor, is what the schedule says divided
by a factor that starts at 1 and goes one step downhill in every batch, at the rate of
0.1 of Frosst et al. (`learn/snnl_temperature.h`). `factor` is all that a checkpoint
needs.
*/
enum { MOST_TENSORS = 2 * AE_LAYERS };
typedef struct temperatures {
    double factor[MOST_TENSORS];
    snnl_temperature of[MOST_TENSORS];
} temperatures;

void temperatures_init(temperatures *s);
void temperatures_start(temperatures *s);      /* all factors at 1 */

/* What the variant needs to know of the pass through the network. */
scores variant_scores(const variant *v);

/* l_rec: 1 x 1. */
node *reconstruction_loss(tape *t, const activations *a, mat x, const variant *v);

/* The sum, or what the variant has in its place: 1 x 1. `learned` may be NULL unless
   the variant learns temperatures. */
node *neighbour_loss(tape *t, const activations *a, const int *y, const variant *v,
                     size_t epoch, temperatures *learned);

#endif
