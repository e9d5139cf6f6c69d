/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_OBJECTIVE_H
#define JACOBSEN2019_OBJECTIVE_H

#include "firevnet.h"
#include "nuisance.h"

/*
# Independence cross-entropy

Cross-entropy asks that $z_s$ tell the class, and says nothing about $z_n$. Definition 7 adds two terms that
drive the class out of $z_n$, so that $z_s$ must hold all of it:

$$ \min_\theta \max_{nc}\; \underbrace{-\log \mathrm{softmax}(z_s)_y}_{L_{sCE}} + \underbrace{\log D_{nc}(z_n)_y}_{L_{nCE}}
   - \underbrace{\left( \sum_k \log p_k(z_{n,k}) + \log |\det J| \right)}_{L_{MLE}}, \qquad p_k = N(\beta_k, \gamma_k). $$

The *adversary* $D_{nc}$ (`nuisance.h`) is trained along, on the same $z_n$, to tell the class from it; the network is trained that it cannot.
The likelihood under a factorial prior makes $z_n$ independent of $z_s$. (The printed formula has the log over the density
only; a log-likelihood needs it over the determinant as well.)

To the letter the objective has no minimum, in two ways. $\log D_{nc}(z_n)_y$ goes to $-\infty$ once the network outruns
its adversary; the rules below say what else can be asked. And what is left out of the prior, $z_s$, may grow: softmax
does not see the mean of the scores, so stretching it by any factor changes no probability, but raises the determinant
without bound, and the likelihood with it. With `scores_too` the scores have a prior like the nuisances.

| rule | the network minimises |
|------|------------------------|
| `LITERAL` | $\log D_{nc}(z_n)_y$ |
| `UNIFORM` | $-\frac1C \sum_c \log D_{nc}(z_n)_c$: that the adversary has no opinion; bounded below by log C |
| `SHUFFLED` | $\log D_{nc}(z_n)_{y'}$ of another example's label, as the authors' published code does |

The likelihood counts per dimension. The weights of the two terms are not in the paper (`readings.c`). That of the adversary's own step,
which the paper divides by the dimensions, does not matter to Adamax, which is free of scale; its rate is that of the authors' code.
*/
typedef enum { NO_ADVERSARY, LITERAL, UNIFORM, SHUFFLED } adversary_rule;

typedef struct objective {
    const char *name;
    double likelihood, adversary;  /* weights */
    adversary_rule rule;
    bool scores_too;
} objective;

extern const objective cross_entropy_alone;

/*
# The prior
*/
typedef struct prior {
    parameter mean[2], log_sd[2];  /* of the nuisances and of the scores */
    parameter *parameters[4];
} prior;

void prior_init(prior *p, size_t nuisances, size_t scores, arena *memory);
void prior_start(prior *p);

/* $\frac1n \sum_{ik} \log N(z_{ik}; \mu_k, e^{2 s_k})$ over n rows: 1 x 1. */
node *normal_log_density(tape *t, node *z, node *mean, node *log_sd);

/*
# The loss of a batch

`shuffled` is a permutation of the labels, read by `SHUFFLED` alone. The adversary's
parameters are constants here.
*/
node *objective_loss(tape *t, const objective *o, firevnet_nodes z, const int *labels, const int *shuffled,
                     nuisance *adversary, prior *p);

/* $\log p(z) + \log |\det J|$ in nats, the mean over the rows: 1 x 1. Of the nuisances alone, or of the scores too. */
node *objective_log_likelihood(tape *t, firevnet_nodes z, prior *p, bool scores_too);

#endif
