/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "bound.h"

/*
# The left side
*/
static double marginal_y(const joint *j, size_t y)
{
    double sum = 0;
    for (size_t z = 0; z < CLASSES; z++) sum += j->p[z][y];
    return sum;
}

static double marginal_z(const joint *j, size_t z)
{
    double sum = 0;
    for (size_t y = 0; y < CLASSES; y++) sum += j->p[z][y];
    return sum;
}

static double smoothed(const joint *j, double epsilon, size_t z, size_t y)
{
    return (1 - epsilon) * j->p[z][y] / marginal_z(j, z) + epsilon * marginal_y(j, y);
}

/* Equation 50; with $\epsilon = 0$ it is H(Y|Z). */
static double conditional_entropy(const joint *j, double epsilon)
{
    double H = 0;
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++) {
            double p = smoothed(j, epsilon, z, y);
            if (p > 0) H -= marginal_z(j, z) * p * log(p);
        }
    return H;
}

double bound_left(const joint *j, double epsilon)
{
    double I = 0;
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++)
            if (j->p[z][y] > 0) I += j->p[z][y] * log(j->p[z][y] / (marginal_z(j, z) * marginal_y(j, y)));
    return I + conditional_entropy(j, 0) - conditional_entropy(j, epsilon);
}

/*
# The loss

N noise labels enter as counts, multinomially distributed: a walk over the classes hands them out, and carries the
logarithm of the counts' probability and the sum of their $e^s$.
*/
typedef struct walk {
    double log_p[CLASSES], ratio[CLASSES], own[CLASSES];   /* of the noise; e^s; p^eps(y|z) */
} walk;

static double hand_out(const walk *w, size_t class, size_t left, double log_probability, double sum)
{
    if (class + 1 < CLASSES) {
        double total = 0;
        for (size_t n = 0; n <= left; n++)
            total += hand_out(w, class + 1, left - n, log_probability + (double)n * w->log_p[class] - lgamma((double)n + 1),
                              sum + (double)n * w->ratio[class]);
        return total;
    }
    log_probability += (double)left * w->log_p[class] - lgamma((double)left + 1);
    sum += (double)left * w->ratio[class];
    double loss = 0;
    for (size_t y = 0; y < CLASSES; y++)
        if (w->own[y] > 0) loss += w->own[y] * log1p(sum / w->ratio[y]);
    return exp(log_probability) * loss;
}

double bound_loss(const joint *j, double epsilon, size_t N)
{
    double loss = 0;
    for (size_t z = 0; z < CLASSES; z++) {
        walk w;
        for (size_t y = 0; y < CLASSES; y++) {
            w.log_p[y] = log(marginal_y(j, y));
            w.own[y] = smoothed(j, epsilon, z, y);
            w.ratio[y] = w.own[y] / marginal_y(j, y);
        }
        loss += marginal_z(j, z) * hand_out(&w, 0, N, lgamma((double)N + 1), 0);
    }
    return loss;
}
