/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/elementary.h"
#include "base/threads.h"
#include "nn/gelu.h"

/*
# The distribution function

In float by formula 7.1.26 of Abramowitz and Stegun, whose absolute error is below $1.5 \cdot 10^{-7}$: for $u = |x| / \sqrt2$
and $s = 1 / (1 + 0.3275911\, u)$, $\mathrm{erfc}\, u$ is $e^{-u^2}$ times a polynomial of s, and
$\Phi(-|x|) = \frac12 \mathrm{erfc}\, u$. It has no branch and one exponential, which the derivative needs as well:
$\varphi(x) = e^{-u^2} / \sqrt{2 \pi}$.
*/
static const real INVERSE_ROOT_2PI = (real)0.39894228040143267794;

#ifdef REAL_IS_DOUBLE
static inline real normal_cdf(real x, real e) { (void)e; return erfc(-x / sqrt(2)) / 2; }
#else
static inline real normal_cdf(real x, real e)
{
    real s = 1 / (1 + 0.3275911f * 0.70710678f * real_abs(x));
    real tail = 0.5f * e * s * (0.254829592f + s * (-0.284496736f + s * (1.421413741f + s * (-1.453152027f + s * 1.061405429f))));
    return x > 0 ? 1 - tail : tail;
}
#endif

KERNEL static void forward(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = x[i] * normal_cdf(x[i], real_exp(-x[i] * x[i] / 2));
}

/* $y' = \Phi(x) + x \varphi(x)$ */
KERNEL static void backward(real *dx, const real *dy, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real e = real_exp(-x[i] * x[i] / 2);
        dx[i] = dy[i] * (normal_cdf(x[i], e) + x[i] * e * INVERSE_ROOT_2PI);
    }
}

static void gelu_backward(tape *t, node *y)
{
    mat dx = node_grad(t, y->in[0]);
    size_t n = mat_size(dx), pieces = pieces_for(n);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, 1, pieces, i);
        backward(dx.at + p.first, y->grad.at + p.first, y->in[0]->value.at + p.first, p.last - p.first);
    }
}

node *gelu(tape *t, node *x)
{
    node *y = tape_operation(t, "gelu", x->value.rows, x->value.cols, x, NULL, NULL, gelu_backward);
    size_t n = mat_size(x->value), pieces = pieces_for(n);
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(n, 1, pieces, i);
        forward(y->value.at + p.first, x->value.at + p.first, p.last - p.first);
    }
    return y;
}
