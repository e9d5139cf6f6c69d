/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_OPTIMIZER_H
#define NN_OPTIMIZER_H

#include "tape/tape.h"

/*
# Optimizers

A rule turns a gradient g into a new weight w; what it remembers of each weight
lives in the optimizer. The learning rate comes with every
step, so that a schedule is a function that the training loop calls.

    parameter *all[] = { &layer.w, &layer.b };
    optimizer *o = optimizer_new(&adam, all, 2, ADAM_DEFAULTS);
    ...
    tape_backward(t, loss);
    optimizer_step(o, schedule_exponential(0.4, 0.004, step, steps));

Every parameter must have been on the tape of the step.
*/
typedef struct optimizer_settings {
    double momentum;               /* SGD */
    double beta1, beta2, epsilon;  /* the Adam family */
    double decay;                  /* weight decay; see each rule */
} optimizer_settings;

#define SGD_DEFAULTS    ((optimizer_settings){ .momentum = 0 })
#define ADAM_DEFAULTS   ((optimizer_settings){ .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-8 })

/*
| rule | update | source |
|------|--------|--------|
| `sgd` | $v \leftarrow \mu v + g$, $w \leftarrow w - \eta v$ | Polyak 1964 |
| `nesterov` | the same v, $w \leftarrow w - \eta (g + \mu v)$ | Sutskever et al. 2013 |
| `adam` | $w \leftarrow w - \eta\, \hat m / (\sqrt{\hat v} + \epsilon)$ | Kingma and Ba 2015, algorithm 1 |
| `adamw` | Adam, and $w \leftarrow w - \eta \lambda w$ | Loshchilov and Hutter 2019 |
| `adamax` | $w \leftarrow w - \eta\, \hat m / (u + \epsilon)$, $u = \max(\beta_2 u, \lvert g \rvert)$ | Kingma and Ba 2015, algorithm 2 |

`decay` is $\lambda$: added to the gradient as $\lambda w$ by all but `adamw`.
*/
typedef struct optimizer_rule optimizer_rule;
extern const optimizer_rule sgd, nesterov, adam, adamw, adamax;

typedef struct optimizer optimizer;

/* `parameters` (an array of `count`) is borrowed for the optimizer's life. */
optimizer *optimizer_new(const optimizer_rule *rule, parameter **parameters, size_t count,
                         optimizer_settings settings);
void optimizer_free(optimizer *o);       /* accepts NULL */

/* From now on with other settings; what it remembers stays. */
void optimizer_choose(optimizer *o, optimizer_settings settings);

/* One step at learning rate `rate`. Cost: one pass over the weights. */
void optimizer_step(optimizer *o, double rate);

/* Forgets all that it remembers: what follows is its first step. */
void optimizer_reset(optimizer *o);

/* Everything the optimizer remembers, as one block for a checkpoint. */
void *optimizer_state(optimizer *o, size_t *bytes);

#endif
