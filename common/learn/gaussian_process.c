/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Regression with a Gaussian process

Suppose that the values of f at any places $x_1, \dots, x_n$ are jointly normal, with
mean 0 and a covariance $k(x_i, x_j)$ that is large for places near each other. That
is a belief about functions: what is near is alike. An observation adds noise,

$$ z_i = f(x_i) + \varepsilon_i, \quad \varepsilon_i \sim N(0, \sigma^2), \qquad
   K_{ij} = \operatorname{cov}(z_i, z_j) = k(x_i, x_j) + \sigma^2 [i = j] . $$

Now f at a new place x and all of z are jointly normal too, and conditioning a normal
vector on a part of it is linear algebra. With $k_i = k(x, x_i)$,

$$ f(x) \mid z \sim N \big( k^\top \alpha,\; k(x, x) - k^\top K^{-1} k \big), \qquad
   \alpha = K^{-1} z . $$

The mean is a sum of bumps, one around each observation; the variance is the prior's,
less what the neighbours tell. Note that the variance does not know z: how sure we
shall be depends on where we look, not on what we find there.

*Letters:* n points, d inputs, s the standard deviation of f, $\sigma$ that of the
noise, $\ell_c$ the length scale of input c.
*/
#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "learn/gaussian_process.h"

/*
# What is near

Matern's covariance of smoothness 5/2, with a length scale for each input:

$$ k(x, x') = s^2 \kappa(r), \qquad
   \kappa(r) = \big( 1 + \sqrt5\, r + \tfrac53 r^2 \big) e^{-\sqrt5\, r}, \qquad
   r^2 = \sum_c \frac{(x_c - x'_c)^2}{\ell_c^2} . $$

Its functions are twice differentiable. Those of the usual $e^{-r^2/2}$ have every
derivative, a strong belief: an accuracy that drops where a learning rate becomes too
large forces their length scales down everywhere. An input that does not matter gets
a long scale, and drops out of r.

The likelihood will ask how k changes with a scale. $\kappa'(r)$ has a factor r that
cancels the one of $\partial r / \partial \log \ell_c = - (x_c - x'_c)^2 / (\ell_c^2 r)$,

$$ \frac{\partial \kappa}{\partial \log \ell_c} =
   \frac{(x_c - x'_c)^2}{\ell_c^2} \cdot \tfrac53 \big( 1 + \sqrt5\, r \big) e^{-\sqrt5\, r} , $$

so there is nothing to fear at r = 0.
*/
double gp_matern(double *bend, const gp_prior *p, const double *x, const double *other, size_t d)
{
    double r2 = 0;
    for (size_t c = 0; c < d; c++) r2 += gsl_pow_2((x[c] - other[c]) / p->scale[c]);
    double root = sqrt(5 * r2), fade = exp(-root);
    if (bend) *bend = 5. / 3 * (1 + root) * fade;
    return (1 + root + 5. / 3 * r2) * fade;
}

/*
# The observations, in units of their own

The mean 0 and the size of s and $\sigma$ make sense for standardised observations
$z = (y - m) / u$, with mean m and standard deviation u. Observations that are all the
same, to rounding, or a single one, have no deviation to divide by: then u is 1.
*/
static void standardise(gaussian_process *g, const double *y)
{
    double sum = 0, square = 0, n = (double)g->n;
    for (size_t i = 0; i < g->n; i++) sum += y[i];
    g->mean = sum / n;
    for (size_t i = 0; i < g->n; i++) square += gsl_pow_2(y[i] - g->mean);
    double sd = sqrt(square / n);
    g->unit = sd > 1e-12 * fabs(g->mean) ? sd : 1;
    for (size_t i = 0; i < g->n; i++) g->z[i] = (y[i] - g->mean) / g->unit;
}

/*
# Conditioning

$K = L L^\top$ by Cholesky; then $\alpha$ is two triangular systems away. In exact numbers
K is positive definite. But two observations in one place make two rows that differ by
$\sigma^2$ alone, and smooth functions make rows nearly dependent; rounding moves
eigenvalues by about $n s^2 \cdot 10^{-16}$, and the root of a negative number would end it.
So f gets a *jitter*, a variance of $10^{-8} s^2$ of its own at each place: far above the
rounding for any n that one would wait for, and a deviation of $10^{-4} s$ that nobody
would see.
*/
static gsl_matrix_view factor(const gaussian_process *g)
{
    return gsl_matrix_view_array_with_tda(g->L, g->n, g->n, g->room);
}

static double variance_of_one(const gp_prior *p)
{
    return gsl_pow_2(p->signal) * (1 + GP_JITTER) + gsl_pow_2(p->noise);
}

static void covariances(double *k, const gaussian_process *g, const double *place, size_t n)
{
    double s2 = gsl_pow_2(g->prior.signal);
    for (size_t i = 0; i < n; i++)
        k[i] = s2 * gp_matern(NULL, &g->prior, place, g->x + i * g->d, g->d);
}

static void require_sense(const gp_prior *p, const gp_data *seen)
{
    REQUIRE(seen->n >= 1 && seen->d >= 1 && seen->d <= GP_MOST_INPUTS,
            "%zu observations of %zu inputs; it takes at least one, and 1 to %d",
            seen->n, seen->d, GP_MOST_INPUTS);
    for (size_t e = 0; e < seen->n * seen->d; e++)
        REQUIRE(isfinite(seen->x[e]), "input %zu of observation %zu is %g", e % seen->d,
                e / seen->d, seen->x[e]);
    for (size_t i = 0; i < seen->n; i++)
        REQUIRE(isfinite(seen->y[i]), "observation %zu is %g; a failed one needs a number, a "
                "poor one", i, seen->y[i]);
    REQUIRE(p->signal > 0 && p->noise >= 0, "signal %g and noise %g; the one lies above 0, the "
            "other is 0 or above", p->signal, p->noise);
    for (size_t c = 0; c < seen->d; c++)
        REQUIRE(p->scale[c] > 0, "length scale %zu is %g; it lies above 0", c, p->scale[c]);
}

gaussian_process gp_condition(const gp_prior *prior, const gp_data *seen, size_t room, arena *a)
{
    size_t n = seen->n, d = seen->d;
    require_sense(prior, seen);
    REQUIRE(room >= n, "room for %zu points, and %zu were seen", room, n);
    gaussian_process g = {
        .prior = *prior, .n = n, .d = d, .room = room,
        .x = arena_take(a, room * d, sizeof(double)),
        .L = arena_take(a, room * room, sizeof(double)),
        .z = arena_take(a, room, sizeof(double)),
        .alpha = arena_take(a, room, sizeof(double)),
        .work = arena_take(a, room, sizeof(double)),
    };
    memcpy(g.x, seen->x, n * d * sizeof *g.x);
    standardise(&g, seen->y);
    for (size_t i = 0; i < n; i++) {
        covariances(g.L + i * room, &g, g.x + i * d, i);
        g.L[i * room + i] = variance_of_one(prior);
    }
    gsl_matrix_view K = factor(&g);
    gsl_vector_view z = gsl_vector_view_array(g.z, n), alpha = gsl_vector_view_array(g.alpha, n);
    gsl_linalg_cholesky_decomp1(&K.matrix);
    gsl_linalg_cholesky_solve(&K.matrix, &z.vector, &alpha.vector);
    return g;
}

/*
# The answer

$k^\top K^{-1} k = |v|^2$ with $L v = k$. At an observed place without noise the variance
is a difference of equals, which rounding may push below 0.
*/
double gp_predict(double *sd, const gaussian_process *g, const double *place)
{
    gsl_matrix_view L = factor(g);
    gsl_vector_view v = gsl_vector_view_array(g->work, g->n);
    double mean = 0, square;
    covariances(g->work, g, place, g->n);
    for (size_t i = 0; i < g->n; i++) mean += g->work[i] * g->alpha[i];
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &L.matrix, &v.vector);
    gsl_blas_ddot(&v.vector, &v.vector, &square);
    *sd = g->unit * sqrt(fmax(gsl_pow_2(g->prior.signal) - square, 0));
    return g->mean + g->unit * mean;
}

/*
# An observation that is only imagined

Let the next observation at x be exactly what we expect, $z_{n+1} = k^\top \alpha$. Then
$(\alpha, 0)$ solves the larger system: its first n rows are as before, and the last one
reads $k^\top \alpha = z_{n+1}$. No coefficient changes, so the mean does not change, at
any place, by a single bit. L gets one more row, $(v^\top, \lambda)$, with $L v = k$ and
$\lambda^2 = K_{n+1,n+1} - |v|^2$ (never below the jitter, but for rounding), and the
variance shrinks as it would with any other observation there.
*/
void gp_hallucinate(gaussian_process *g, const double *place)
{
    REQUIRE(g->n < g->room, "no room for more than %zu points", g->room);
    gsl_matrix_view L = factor(g);
    double *row = g->L + g->n * g->room, square;
    gsl_vector_view v = gsl_vector_view_array(row, g->n);
    covariances(row, g, place, g->n);
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &L.matrix, &v.vector);
    gsl_blas_ddot(&v.vector, &v.vector, &square);
    double least = GP_JITTER * gsl_pow_2(g->prior.signal) / 2;
    row[g->n] = sqrt(fmax(variance_of_one(&g->prior) - square, least));
    memcpy(g->x + g->n * g->d, place, g->d * sizeof *place);
    g->alpha[g->n] = 0;
    g->n++;
}
