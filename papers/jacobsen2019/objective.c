/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "nn/losses.h"
#include "objective.h"
#include "tape/arithmetic.h"

const objective cross_entropy_alone = { .name = "CE" };

/*
# A normal density for each dimension

With $u = (z - \mu) e^{-s}$,

$$ \log p = -\tfrac12 u^2 - s - \tfrac12 \log 2\pi, \qquad \frac{\partial}{\partial z} = -u e^{-s}, \quad
   \frac{\partial}{\partial \mu} = u e^{-s}, \quad \frac{\partial}{\partial s} = u^2 - 1. $$
*/
static void normal_log_density_backward(tape *t, node *y)
{
    mat z = y->in[0]->value, mean = y->in[1]->value;
    mat dz = node_grad(t, y->in[0]), dmean = node_grad(t, y->in[1]), dlog_sd = node_grad(t, y->in[2]);
    real share = y->grad.at[0] / (real)z.rows;
    if (dmean.at) mat_fill(dmean, 0);
    if (dlog_sd.at) mat_fill(dlog_sd, 0);
    const real *inverse = y->saved;
    for (size_t i = 0; i < z.rows; i++)
        for (size_t k = 0; k < z.cols; k++) {
            real u = (mat_row(z, i)[k] - mean.at[k]) * inverse[k];
            if (dz.at) mat_row(dz, i)[k] = -u * inverse[k] * share;
            if (dmean.at) dmean.at[k] += u * inverse[k] * share;
            if (dlog_sd.at) dlog_sd.at[k] += (u * u - 1) * share;
        }
}

node *normal_log_density(tape *t, node *z, node *mean, node *log_sd)
{
    size_t n = z->value.rows, d = z->value.cols;
    REQUIRE(mean->value.cols == d && log_sd->value.cols == d, "%zu means, %zu deviations of %zu numbers",
            mean->value.cols, log_sd->value.cols, d);
    node *y = tape_operation(t, "normal_log_density", 1, 1, z, mean, log_sd, normal_log_density_backward);
    real *inverse = y->saved = arena_take(tape_arena(t), d, sizeof *inverse);
    double sum = 0;
    for (size_t k = 0; k < d; k++) {
        inverse[k] = (real)exp(-(double)log_sd->value.at[k]);
        sum -= (double)n * ((double)log_sd->value.at[k] + .5 * log(2 * M_PI));
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < d; k++) {
            real u = (mat_row(z->value, i)[k] - mean->value.at[k]) * inverse[k];
            sum -= .5 * (double)(u * u);
        }
    y->value.at[0] = (real)(sum / (double)n);
    return y;
}

void prior_init(prior *p, size_t nuisances, size_t scores, arena *memory)
{
    for (size_t i = 0; i < 2; i++) {
        p->mean[i] = parameter_new(memory, "prior", i ? "score mean" : "mean", 1, i ? scores : nuisances);
        p->log_sd[i] = parameter_new(memory, "prior", i ? "score deviation" : "deviation", 1, i ? scores : nuisances);
        p->parameters[2 * i] = &p->mean[i];
        p->parameters[2 * i + 1] = &p->log_sd[i];
    }
}

void prior_start(prior *p)
{
    for (size_t i = 0; i < 4; i++) mat_fill(p->parameters[i]->value, 0);
}

/*
# The three terms
*/
node *objective_log_likelihood(tape *t, firevnet_nodes z, prior *p, bool scores_too)
{
    /* All four are on the tape, also where two have nothing to say: their optimizer asks each for its gradient. */
    node *mean[2], *log_sd[2];
    for (size_t i = 0; i < 2; i++) mean[i] = tape_parameter(t, &p->mean[i]), log_sd[i] = tape_parameter(t, &p->log_sd[i]);
    node *log_p = normal_log_density(t, z.nuisance, mean[0], log_sd[0]);
    if (z.logdet) log_p = add(t, log_p, z.logdet);
    return scores_too ? add(t, log_p, normal_log_density(t, z.semantic, mean[1], log_sd[1])) : log_p;
}

/* The mean of the cross-entropies against each class. */
static node *no_opinion(tape *t, node *scores)
{
    node *sum = NULL;
    for (size_t c = 0; c < scores->value.cols; c++) {
        int *all = arena_take(tape_arena(t), scores->value.rows, sizeof *all);
        for (size_t i = 0; i < scores->value.rows; i++) all[i] = (int)c;
        node *part = cross_entropy(t, scores, all);
        sum = sum ? add(t, sum, part) : part;
    }
    return scale(t, sum, 1 / (double)scores->value.cols);
}

static node *against(tape *t, const objective *o, node *z, const int *labels, const int *shuffled, nuisance *adversary)
{
    tape_freeze(t, true);
    node *scores = nuisance_scores(t, adversary, z);
    tape_freeze(t, false);
    if (o->rule == UNIFORM) return no_opinion(t, scores);
    return scale(t, cross_entropy(t, scores, o->rule == SHUFFLED ? shuffled : labels), -1);
}

node *objective_loss(tape *t, const objective *o, firevnet_nodes z, const int *labels, const int *shuffled,
                     nuisance *adversary, prior *p)
{
    node *loss = cross_entropy(t, z.semantic, labels);
    double d = (double)(z.semantic->value.cols + z.nuisance->value.cols);
    if (o->likelihood > 0)
        loss = add(t, loss, scale(t, objective_log_likelihood(t, z, p, o->scores_too), -o->likelihood / d));
    if (o->rule != NO_ADVERSARY)
        loss = add(t, loss, scale(t, against(t, o, z.nuisance, labels, shuffled, adversary), o->adversary));
    return loss;
}
