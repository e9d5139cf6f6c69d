/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The prior of a Gaussian process

How smooth is f, how large, how noisy its observations? We ask which answer makes what
was seen likely.

*Letters:* as in `learn/gaussian_process.c`; $\theta$ are the logarithms of s, $\sigma$ and
the $\ell_c$, in this order.
*/
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "learn/gaussian_process_fit.h"

/*
# How likely the observations are

$$ \log p(z) = -\tfrac12 z^\top \alpha - \sum_i \log L_{ii} - \tfrac n2 \log 2\pi . $$

The first term wants a prior that explains z; the second, half the logarithm of the
determinant of K, charges for a prior that could have explained anything. With
$\mathrm{d} K^{-1} = -K^{-1} \mathrm{d}K\, K^{-1}$ and $\mathrm{d} \log |K| =
\operatorname{tr}(K^{-1} \mathrm{d}K)$,

$$ \frac{\partial \log p}{\partial \theta} = \tfrac12 \sum_{ij} W_{ij}
   \frac{\partial K_{ij}}{\partial \theta}, \qquad W = \alpha \alpha^\top - K^{-1} . $$

All of it is symmetric: we visit the lower triangle, and what is off the diagonal
counts twice. The inverse takes the place of L.
*/
static void differentiate(double *gradient, gaussian_process *g)
{
    const gp_prior *p = &g->prior;
    double s2 = gsl_pow_2(p->signal), noise2 = gsl_pow_2(p->noise), bend;
    gsl_matrix_view inverse = gsl_matrix_view_array(g->L, g->n, g->n);
    gsl_linalg_cholesky_invert(&inverse.matrix);
    memset(gradient, 0, (g->d + 2) * sizeof *gradient);
    for (size_t i = 0; i < g->n; i++) {
        const double *x = g->x + i * g->d;
        for (size_t j = 0; j < i; j++) {
            const double *other = g->x + j * g->d;
            double w = g->alpha[i] * g->alpha[j] - g->L[i * g->n + j];
            gradient[0] += w * 2 * s2 * gp_matern(&bend, p, x, other, g->d);
            for (size_t c = 0; c < g->d; c++)
                gradient[2 + c] += w * s2 * bend * gsl_pow_2((x[c] - other[c]) / p->scale[c]);
        }
        double w = gsl_pow_2(g->alpha[i]) - g->L[i * g->n + i];
        gradient[0] += w * s2 * (1 + GP_JITTER);
        gradient[1] += w * noise2;
    }
}

double gp_log_likelihood(double *gradient, const gp_prior *prior, const gp_data *seen,
                         arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    gaussian_process g = gp_condition(prior, seen, seen->n, scratch);
    double log_p = -(double)g.n / 2 * log(2 * M_PI);
    for (size_t i = 0; i < g.n; i++)
        log_p -= g.z[i] * g.alpha[i] / 2 + log(g.L[i * g.n + i]);
    if (gradient) differentiate(gradient, &g);
    arena_release(scratch, mark);
    return log_p;
}

/*
# Which prior

Ten observations do not tell five numbers: the likelihood alone may send a length scale
to infinity or the noise to 0, and it has no maximum at all for a single observation or
for constant ones. What we believe of any function steadies it. Each $\theta$ has a
normal penalty around a middle value, of standard deviation 1, a factor of e:

| | middle | between, with 95 % |
|---|---|---|
| signal | 1: what standardised observations are made of | 0.14 and 7 |
| noise | 0.1 of the observations' deviation | 0.014 and 0.7 |
| length scales | 0.5 of the box | 0.07 and 3.6 |

What many observations say outweighs it. Where exact ones repeat each other, the noise
goes to 0 in spite of it, and comes to rest where the jitter hides it.
*/
typedef struct problem {
    const gp_data *seen;
    arena *scratch;
} problem;

enum { MOST_THETA = GP_MOST_INPUTS + 2 };

static double middle(size_t t)
{
    return log(t == 0 ? 1 : t == 1 ? 0.1 : 0.5);
}

static gp_prior prior_of(const gsl_vector *theta)
{
    gp_prior p = { .signal = exp(gsl_vector_get(theta, 0)), .noise = exp(gsl_vector_get(theta, 1)) };
    for (size_t c = 0; c + 2 < theta->size; c++) p.scale[c] = exp(gsl_vector_get(theta, c + 2));
    return p;
}

/* The negative logarithm of likelihood and penalty, and its gradient. */
static void negative_log_posterior(const gsl_vector *theta, void *of, double *value, gsl_vector *gradient)
{
    const problem *q = of;
    double slope[MOST_THETA];
    gp_prior p = prior_of(theta);
    *value = -gp_log_likelihood(gradient ? slope : NULL, &p, q->seen, q->scratch);
    for (size_t t = 0; t < theta->size; t++) {
        double off = gsl_vector_get(theta, t) - middle(t);
        *value += gsl_pow_2(off) / 2;
        if (gradient) gsl_vector_set(gradient, t, off - slope[t]);
    }
}

static double value_of(const gsl_vector *theta, void *of)
{
    double value;
    negative_log_posterior(theta, of, &value, NULL);
    return value;
}

static void gradient_of(const gsl_vector *theta, void *of, gsl_vector *gradient)
{
    double value;
    negative_log_posterior(theta, of, &value, gradient);
}

/*
# The search

Few observations often have two explanations, a wiggly function seen well or a smooth one
seen badly, and each may be a local maximum. So GSL's quasi-Newton method (Broyden,
Fletcher, Goldfarb, Shanno) starts three times: from the middle, from a third of its
length scales and noise, and from three times both. The best end is taken. Where it
makes no more progress, rounding has become larger than what is to be gained.
*/
gp_prior gp_fit(const gp_data *seen, arena *scratch)
{
    static const double start_at[] = { 0, -1, 1 };
    double best = INFINITY;
    gp_prior found = { 0 };
    REQUIRE(seen->d >= 1 && seen->d <= GP_MOST_INPUTS, "%zu inputs; 1 to %d are known", seen->d,
            GP_MOST_INPUTS);
    problem q = { .seen = seen, .scratch = scratch };
    gsl_multimin_function_fdf f = { value_of, gradient_of, negative_log_posterior, seen->d + 2, &q };
    gsl_multimin_fdfminimizer *m = gsl_multimin_fdfminimizer_alloc(
        gsl_multimin_fdfminimizer_vector_bfgs2, f.n);
    gsl_vector *theta = gsl_vector_alloc(f.n);
    REQUIRE(m && theta, "no memory to fit %zu numbers", f.n);
    for (size_t s = 0; s < sizeof start_at / sizeof *start_at; s++) {
        for (size_t t = 0; t < f.n; t++)
            gsl_vector_set(theta, t, middle(t) + (t == 0 ? 0 : start_at[s]));
        gsl_multimin_fdfminimizer_set(m, &f, theta, 0.1, 0.1);
        for (int step = 0; step < 100; step++)
            if (gsl_multimin_fdfminimizer_iterate(m) != GSL_SUCCESS
                || gsl_multimin_test_gradient(m->gradient, 1e-4) == GSL_SUCCESS) break;
        if (!(m->f < best)) continue;
        best = m->f;
        found = prior_of(m->x);
    }
    gsl_vector_free(theta);
    gsl_multimin_fdfminimizer_free(m);
    return found;
}
