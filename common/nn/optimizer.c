/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/error.h"
#include "base/threads.h"
#include "nn/optimizer.h"

/*
# What a rule is

A name, how many numbers it remembers of each weight (`slots`), and a kernel
that updates n weights in one pass: it reads gradient, memory and weight once
and writes memory and weight once, because this step is bound by memory alone.
What is the same for all weights of a step is worked out beforehand.
*/
typedef struct step_constants {
    real rate, decay, momentum;
    real beta1, beta2, epsilon;
    real correction1, correction2; /* 1 / (1 - beta^t) */
} step_constants;

struct optimizer_rule {
    const char *name;
    size_t slots;
    void (*update)(real *w, const real *g, real *first, real *second, size_t n,
                   const step_constants *k);
};

/*
# Momentum

The velocity v is a sum of past gradients that forgets at rate $\mu$. Nesterov's
form looks one step ahead along it.
*/
KERNEL static void sgd_update(real *w, const real *g, real *v, real *unused, size_t n,
                              const step_constants *k)
{
    (void)unused;
    const step_constants c = *k;
    for (size_t i = 0; i < n; i++) {
        v[i] = c.momentum * v[i] + (g[i] + c.decay * w[i]);
        w[i] -= c.rate * v[i];
    }
}

KERNEL static void nesterov_update(real *w, const real *g, real *v, real *unused, size_t n,
                                   const step_constants *k)
{
    (void)unused;
    const step_constants c = *k;
    for (size_t i = 0; i < n; i++) {
        real gradient = g[i] + c.decay * w[i];
        v[i] = c.momentum * v[i] + gradient;
        w[i] -= c.rate * (gradient + c.momentum * v[i]);
    }
}

/*
# Adam

m and v are running means of the gradient and of its square; they start at 0, and
$\hat m = m / (1 - \beta_1^t)$, $\hat v = v / (1 - \beta_2^t)$ undo that bias. AdamW
takes the decay out of the gradient, where the division by $\sqrt{\hat v}$ would
weaken it for the weights that move most.
*/
static inline void adam_one(real *w, real g, real *m, real *v, const step_constants *c)
{
    *m = c->beta1 * *m + (1 - c->beta1) * g;
    *v = c->beta2 * *v + (1 - c->beta2) * g * g;
    *w -= c->rate * (*m * c->correction1) / (real_sqrt(*v * c->correction2) + c->epsilon);
}

KERNEL static void adam_update(real *restrict w, const real *restrict g, real *restrict m,
                               real *restrict v, size_t n, const step_constants *k)
{
    const step_constants c = *k;
    for (size_t i = 0; i < n; i++) adam_one(&w[i], g[i] + c.decay * w[i], &m[i], &v[i], &c);
}

KERNEL static void adamw_update(real *restrict w, const real *restrict g, real *restrict m,
                                real *restrict v, size_t n, const step_constants *k)
{
    const step_constants c = *k;
    for (size_t i = 0; i < n; i++) {
        w[i] -= c.rate * c.decay * w[i];
        adam_one(&w[i], g[i], &m[i], &v[i], &c);
    }
}

/*
# Adamax

Adam with the maximum norm in place of the Euclidean one. The maximum needs no
correction of its bias.
*/
KERNEL static void adamax_update(real *restrict w, const real *restrict g, real *restrict m,
                                 real *restrict u, size_t n, const step_constants *k)
{
    const step_constants c = *k;
    for (size_t i = 0; i < n; i++) {
        real gradient = g[i] + c.decay * w[i];
        m[i] = c.beta1 * m[i] + (1 - c.beta1) * gradient;
        u[i] = real_max(c.beta2 * u[i], real_abs(gradient));
        w[i] -= c.rate * c.correction1 * m[i] / (u[i] + c.epsilon);
    }
}

const optimizer_rule sgd      = { "sgd", 1, sgd_update };
const optimizer_rule nesterov = { "nesterov", 1, nesterov_update };
const optimizer_rule adam     = { "adam", 2, adam_update };
const optimizer_rule adamw    = { "adamw", 2, adamw_update };
const optimizer_rule adamax   = { "adamax", 2, adamax_update };

/*
# The optimizer

Its memory is one block: the number of steps, then for each parameter its slots,
one after the other. `cut_into_pieces` cuts all weights of all parameters into the
pieces that one parallel loop shares.
*/
struct optimizer {
    const optimizer_rule *rule;
    optimizer_settings settings;
    parameter **parameters;
    size_t count, bytes, pieces;
    struct { size_t parameter, first, last; real *memory; } *piece;
    void *state;                   /* uint64_t steps, padded to 64 bytes; slots */
};

enum { STATE_HEADER = 64, PIECE = 1 << 14 };

static void cut_into_pieces(optimizer *o)
{
    real *memory = (real *)((char *)o->state + STATE_HEADER);
    size_t k = 0;
    for (size_t i = 0; i < o->count; i++) {
        size_t n = mat_size(o->parameters[i]->value);
        for (size_t first = 0; first < n; first += PIECE, k++) {
            o->piece[k].parameter = i;
            o->piece[k].first = first;
            o->piece[k].last = first + PIECE < n ? first + PIECE : n;
            o->piece[k].memory = memory;
        }
        memory += o->rule->slots * n;
    }
}

optimizer *optimizer_new(const optimizer_rule *rule, parameter **parameters, size_t count,
                         optimizer_settings settings)
{
    optimizer *o = calloc(1, sizeof *o);
    REQUIRE(o, "no memory for an optimizer");
    REQUIRE(count > 0, "%s has no parameters", rule->name);
    *o = (optimizer){ .rule = rule, .settings = settings, .parameters = parameters, .count = count };
    size_t weights = 0;
    for (size_t i = 0; i < count; i++) {
        size_t n = mat_size(parameters[i]->value);
        weights += n;
        o->pieces += (n + PIECE - 1) / PIECE;
    }
    o->bytes = STATE_HEADER + rule->slots * weights * sizeof(real);
    o->bytes = (o->bytes + 63) / 64 * 64;
    o->state = aligned_alloc(64, o->bytes);
    o->piece = calloc(o->pieces, sizeof *o->piece);
    REQUIRE(o->state && o->piece, "no memory for %zu weights of %s", weights, rule->name);
    optimizer_reset(o);
    cut_into_pieces(o);
    return o;
}

void optimizer_free(optimizer *o)
{
    if (!o) return;
    free(o->state);
    free(o->piece);
    free(o);
}

void optimizer_reset(optimizer *o)
{
    memset(o->state, 0, o->bytes);
}

void optimizer_choose(optimizer *o, optimizer_settings settings)
{
    o->settings = settings;
}

void *optimizer_state(optimizer *o, size_t *bytes)
{
    *bytes = o->bytes;
    return o->state;
}

static step_constants constants_of(const optimizer_settings *s, double rate, uint64_t steps)
{
    return (step_constants){
        .rate = (real)rate, .decay = (real)s->decay, .momentum = (real)s->momentum,
        .beta1 = (real)s->beta1, .beta2 = (real)s->beta2, .epsilon = (real)s->epsilon,
        .correction1 = (real)(1 / (1 - pow(s->beta1, (double)steps))),
        .correction2 = (real)(1 / (1 - pow(s->beta2, (double)steps))),
    };
}

void optimizer_step(optimizer *o, double rate)
{
    uint64_t steps = ++*(uint64_t *)o->state;
    step_constants k = constants_of(&o->settings, rate, steps);
    #pragma omp parallel for schedule(static) if (o->pieces > 1)
    for (size_t i = 0; i < o->pieces; i++) {
        const parameter *p = o->parameters[o->piece[i].parameter];
        size_t n = mat_size(p->value), first = o->piece[i].first;
        real *memory = o->piece[i].memory + first;
        o->rule->update(p->value.at + first, p->grad.at + first, memory,
                        o->rule->slots > 1 ? memory + n : NULL, o->piece[i].last - first, &k);
    }
}
