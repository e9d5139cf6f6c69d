/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_ESTIMATE_H
#define HUGGER2024_ESTIMATE_H

#include "nn/optimizer.h"
#include "run/run.h"
#include "toy.h"

/*
# Estimating the modes

The scores of a linear model, $\hat\theta_k \cdot x$, are fitted to the examples of a toy (`toy.h`) with NLL or with InfoNCE.
A tenth of the examples is held out; after an epoch in which NLL on them was least so far the estimate is kept, and after
`patience` epochs without one the fit ends.

What an `estimator` does not name is as the paper has it, or as we fill it in: Adam, the noise labels being those of the
batch, $\eta$ their frequency among the examples.
*/
typedef enum {
    IN_BATCH,                      /* the labels of the batch */
    DRAWN,                         /* as many, drawn from eta for each batch */
    FEW,                           /* 20, drawn from eta for each example */
} noise_source;

typedef struct estimator {
    bool info_nce;
    const optimizer_rule *rule;    /* NULL: Adam */
    double momentum, rate;         /* rate 0: the setting */
    size_t batch, patience;        /* 0: the setting */
    noise_source noise;
    bool uniform_eta, no_stopping;
    double start;                  /* standard deviation of the first weights; 0: the setting */
} estimator;

/*
How far the estimate is from the truth, in nats: the Kullback-Leibler divergence of its conditional distribution from the
true one, on the points that were sampled, on fresh ones, and on the centres of the Gaussians; the same the other way
round; and the distance of the modes, less the shift of them all that no label can tell, over their own length.
*/
typedef struct estimate { double kl, fresh, centres, reverse, modes; size_t epochs; } estimate;

/* Alignments are spread evenly from 0 % to 80 %: that of data set i of `count`. Other counts than 2 to 81 are wrong usage. */
enum { MOST_ALIGNMENTS = 81 };
double toy_percent(size_t i, size_t count);
void toy_require_alignments(size_t count);

/* The settings that data and fits share: of examples, points, classes, epochs, ... */
extern const run_setting toy_settings[];
toy toy_of(const run *r, toy_reading how, double percent, arena *a);

/* The divergence that maximum likelihood is expected to leave in the true model, for many examples: the K d - d parameters that
   labels can tell, over twice the number of examples that are fitted. */
double toy_expected(void);

/* How far weights are from the truth: `w` is dimensions x classes. After no epochs. */
estimate estimate_of(const toy *d, mat w, arena *scratch);

/* Fits, for the `done`-th of `fits` in the progress line. The same draws for the same seed. */
estimate estimate_modes(run *r, const toy *d, const estimator *how, size_t done, size_t fits);

#endif
