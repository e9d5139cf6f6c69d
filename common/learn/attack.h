/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEARN_ATTACK_H
#define LEARN_ATTACK_H

#include <gsl/gsl_rng.h>

#include "tape/tape.h"

/*
# Adversarial examples

The image that a network misreads most among those that differ by at most epsilon in every pixel
(Madry et al. 2018, projected gradient descent): from x, or from a random place in that cube, go
uphill on the cross-entropy of the true label by the *sign* of its gradient, and back into the cube
and into [0, 1] after every step:

$$ x' \leftarrow \mathrm{clip}_{[0, 1]} \left( \mathrm{clip}_{x \pm \varepsilon}
   \left( x' + \eta\, \mathrm{sign} \frac{\partial L}{\partial x'} \right) \right). $$

Two older attacks are cases of it: the basic iterative method (Kurakin et al. 2016) starts at x itself,
and the fast gradient sign method (Goodfellow et al. 2014) is one step of it, of the whole epsilon. A
*targeted* attack has a class of its own for each image in the place of the true label, and goes
downhill.

    attack how = { .epsilon = .3, .step = .01, .steps = 40, .random_start = true };
    attack_pgd(adversarial, x, y, how, &victim, rng, t);
    attack_pgd(adversarial, x, y, attack_fgsm(.3), &victim, NULL, t);
    attack_pgd(adversarial, x, y, attack_bim(.3, .01, 1000), &victim, NULL, t);
*/
typedef struct attack {
    double epsilon, step;
    size_t steps;
    bool random_start, targeted;
} attack;

static inline attack attack_fgsm(double epsilon)
{
    return (attack){ .epsilon = epsilon, .step = epsilon, .steps = 1 };
}

static inline attack attack_bim(double epsilon, double step, size_t steps)
{
    return (attack){ .epsilon = epsilon, .step = step, .steps = steps };
}

/* Who is attacked: the scores of a batch, in inference. */
typedef struct attack_victim {
    node *(*scores)(tape *t, void *model, node *x);
    void *model;
} attack_victim;

/* Fills `adversarial` (the shape of x) with x moved away from the labels y, or towards them if `how` is
   targeted. Numbers are drawn from `rng` for a random start only, one a pixel; otherwise it may be NULL. The tape is
   reset. Cost: `steps` passes forward and back, without the weights' gradients. */
void attack_pgd(mat adversarial, mat x, const int *y, attack how, const attack_victim *victim,
                gsl_rng *rng, tape *t);

#endif
