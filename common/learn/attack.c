/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rng.h"
#include "base/threads.h"
#include "learn/attack.h"
#include "nn/losses.h"

static inline real clip(real v, real low, real high)
{
    return v < low ? low : v > high ? high : v;
}

/* One step uphill (downhill where it is negative) and back into the cube; a gradient of 0 stays where it is. */
KERNEL static void climb(real *to, const real *g, const real *x, size_t n, real step, real epsilon)
{
    for (size_t i = 0; i < n; i++) {
        real up = to[i] + (g[i] > 0 ? step : g[i] < 0 ? -step : 0);
        to[i] = clip(clip(up, x[i] - epsilon, x[i] + epsilon), 0, 1);
    }
}

static void start(mat to, mat x, const attack *how, gsl_rng *rng)
{
    mat_copy(to, x);
    if (!how->random_start) return;
    rng_uniform(rng, to, -how->epsilon, how->epsilon);
    for (size_t i = 0; i < mat_size(x); i++) to.at[i] = clip(x.at[i] + to.at[i], 0, 1);
}

void attack_pgd(mat adversarial, mat x, const int *y, attack how, const attack_victim *victim,
                gsl_rng *rng, tape *t)
{
    real step = (real)(how.targeted ? -how.step : how.step);
    start(adversarial, x, &how, rng);
    tape_freeze(t, true);
    for (size_t i = 0; i < how.steps; i++) {
        node *at = tape_variable(t, adversarial);
        tape_backward(t, cross_entropy(t, victim->scores(t, victim->model, at), y));
        climb(adversarial.at, at->grad.at, x.at, mat_size(x), step, (real)how.epsilon);
        tape_reset(t);
    }
    tape_freeze(t, false);
}
