/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_OBJECTIVE_H
#define FROSST2019_OBJECTIVE_H

#include "learn/snnl_temperature.h"
#include "network.h"
#include "run/run.h"

/*
# What a classifier minimises

Of b images $x_j$ with labels $y_j$: cross-entropy, and the soft nearest neighbour loss of each hidden layer (equation 3),
where $f^i(x)$ is what layer i of k makes of the batch, and layer k makes the scores:

$$ L = -\frac1b \sum_j \log p(y_j | x_j) + \alpha \sum_{i=1}^{k-1} \ell_\text{sn}'(f^i(x), y). $$

With $\alpha < 0$ the entanglement of the layers is maximised. Why would one? The paper argues that hidden layers in
which classes are mixed share among them what all classes have in common, which acts as a regulariser; and that data
unlike any class are then not drawn into one of them, but lie elsewhere, and can be told. Both are what its Table 1
and its figures from 9 on are to show. With $\alpha = 0$ it is the baseline. (In Agarap and Azcarraga's paper $\alpha$
is above 0, and disentangles.) $\ell_\text{sn}'$ is, as the paper has it, the loss at its best temperature, and as
`objective_entangled` has it, at one that stays.

The best temperature, one for each layer, goes downhill by one step at every evaluation (`learn/snnl_temperature.h`).
It always goes *down*hill, also where the weights make the loss larger: a layer that is to look entangled must be so
on the scale of distances where its classes are easiest to tell apart, and cannot hide them on another. The script
that the authors published keeps T = 100. On the held-out images of Fashion-MNIST that gained more (`readings`), so
Table 1's network, and whatever is done to it, goes by it.

Appendix B maximises the triplet loss (`common/learn/triplet.h`) in its place. Maximised it has no upper
end, so each layer is divided by D, the mean squared distance of the pairs that were drawn, held constant,
and D is the margin too:

$$ \frac1b \sum_j \max \left( 0,\; \frac{|a_j - p_j|^2 - |a_j - n_j|^2}{D} + 1 \right). $$

That is never above 3. The gradient takes D for a constant, so a layer may still grow; its loss gains nothing by it.

The paper leaves open $\alpha$, the first temperature, and whether a layer is normalised. The fields are
these choices, and others that the program `readings` compares.
*/
typedef enum {
    ONE_STEP,                      /* a batch, from where the last one left it */
    FIXED,
    BEST,                          /* equation 2 to the letter: searched anew for every batch */
} temperature_rule;

typedef struct objective {
    const char *name;
    double alpha;
    double temperature;            /* at the start; 0: the setting, or else 100, or 1 in cosine distance */
    temperature_rule rule;
    distance distance;             /* of raw activations, or COSINE, of normalised ones */
    size_t layers;                 /* so many of them, from the input on; 0: all */
    bool triplet;                  /* the triplet loss in the place of the soft nearest neighbour loss */
} objective;

/* The baseline, and the variant of Table 1 with the settings below. */
extern const objective objective_baseline;
objective objective_entangled(distance d);

/* What it is worth and its temperature, as settings, for programs that do not choose both themselves; and the
   rate of a temperature that learns. */
extern const run_setting entanglement_settings[], temperature_settings[];

/*
# During training

`layers` temperatures that persist from batch to batch, and the loss of a batch on the tape. `snnl_sum` is
where the sum over the layers goes, before it is multiplied by alpha; 0 for the baseline. Triplets are drawn
from `noise`, the same for all layers; it may be NULL where none are.
*/
typedef struct temperatures {
    size_t layers;
    snnl_temperature of[MOST_LAYERS];
    tape *scratch;
} temperatures;

void temperatures_init(temperatures *T, size_t layers);
void temperatures_start(temperatures *T, const objective *o);
void temperatures_keep(temperatures *T, checkpoint *c);
void temperatures_free(temperatures *T);

/* A row for each layer that takes part, x its number from 1: "temperature". */
void temperatures_rows(const temperatures *T, run *r, const objective *o);

node *objective_loss(tape *t, const objective *o, const outputs *h, const int *labels, temperatures *T,
                     gsl_rng *noise, double *snnl_sum);

#endif
