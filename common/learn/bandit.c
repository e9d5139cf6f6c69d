/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Batched Gaussian-process bandits

Every evaluation serves two ends: to find out, and to profit. Look only where the mean
of the posterior is largest, and the first hill is climbed and nothing else ever seen;
look only where it is least known, and the hill is mapped as carefully as the plain. An
*upper confidence bound* does both (GP-UCB, Srinivas et al. 2010),

$$ x_t = \arg\max_x \; \mu(x) + \sqrt{\beta_t}\, \sigma(x) , $$

with the posterior's mean $\mu$ and standard deviation $\sigma$: be optimistic, and go
where the best is still possible. If it is not there, the bound has come down.

# A batch

Several machines want to work at once, but the maximum is one place, and the posterior
will not move before it is observed. Half of it can move: the variance depends only on
*where* one looks. So a pending place is added with the value expected there, a
hallucination (GP-BUCB, Desautels et al. 2014). The mean stays, the variance around the
place shrinks, and the maximum goes elsewhere.

*Letters:* n observations, d inputs, c one of them, $\mu$, $\sigma$ and $\beta$ as above
($\sigma$ is not the noise here).
*/
#include <gsl/gsl_math.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "learn/bandit.h"
#include "learn/gaussian_process_fit.h"

/*
# How optimistic

For a finite set D of places, theorem 1 of Srinivas et al. bounds the regret with
probability $1 - \delta$ if

$$ \beta_t = 2 \log \frac{|D|\, t^2 \pi^2}{6 \delta} . $$

It is a union bound over all places and all times, as if neighbours knew nothing of each
other, and therefore wide. In their experiments they take $\delta = 0.1$ and divide
$\beta$ by 5; so do we. D are the candidates below, and t is the first observation that we
wait for, n + 1: $\sqrt\beta$ is 2.4 at n = 8 and 2.7 at n = 63. Inside a batch t stays,
as the mean does. The theory of the batch wants $\beta$ larger, by a factor that bounds how
much sharper hallucinations make the variance than observations would; as with the 5, we
leave the proof's caution to the proof.
*/
enum { CANDIDATES = 2048, LOTS = 32 };
static const double DELTA = 0.1, LESS = 5;

static double optimism(size_t n)
{
    double t = (double)n + 1;
    return sqrt(2 * log(CANDIDATES * t * t * M_PI * M_PI / (6 * DELTA)) / LESS);
}

static double bound(const gaussian_process *g, double root_beta, const double *x)
{
    double sigma, mu = gp_predict(&sigma, g, x);
    return mu + root_beta * sigma;
}

/*
# Even cover

Random places leave holes and form clumps. Sobol's sequence fills a box evenly, however
many of its points one takes. Shifted by a random vector, and wrapped around, it is as
even as before, and another seed gives other places.
*/
typedef struct cover {
    size_t d;
    double shift[GP_MOST_INPUTS];
    gsl_qrng *sobol;
} cover;

static cover cover_begin(size_t d, unsigned long seed, const char *stream)
{
    cover box = { .d = d, .sobol = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)d) };
    gsl_rng *rng = rng_new(seed, stream);
    REQUIRE(box.sobol, "no memory for a sequence of %zu dimensions", d);
    for (size_t c = 0; c < d; c++) box.shift[c] = gsl_rng_uniform(rng);
    gsl_rng_free(rng);
    return box;
}

static void cover_next(cover *box, double *x)
{
    gsl_qrng_get(box->sobol, x);
    for (size_t c = 0; c < box->d; c++) {
        double moved = x[c] + box->shift[c];
        x[c] = moved < 1 ? moved : moved - 1;
    }
}

/* Points n to n + batch - 1 of the sequence: a second batch goes on where the first ended. */
static void cover_box(double *next, size_t batch, size_t n, size_t d, unsigned long seed)
{
    cover box = cover_begin(d, seed, "bandit: first places");
    double skipped[GP_MOST_INPUTS];
    for (size_t i = 0; i < n; i++) cover_next(&box, skipped);
    for (size_t b = 0; b < batch; b++) cover_next(&box, next + b * d);
    gsl_qrng_free(box.sobol);
}

/*
# The maximum of the bound

The bound has many hills and is cheap. 2048 places, evenly spread, come in 32 lots of 64;
we climb from the best place of each lot, and take the highest summit. With one climb only,
from the best place of all, a steep hill in a corner is missed for a broad one that is lower.

A climb tries a step forth and back along every coordinate, keeps what is better, and
halves its step where nothing is. It needs no derivative (at an observed place without
noise $\sigma$ has none), and walks along a wall of the box, where maxima are common, as
along anything else.
*/
static bool try_place(double *x, double *best, size_t c, double value,
                      const gaussian_process *g, double root_beta)
{
    double old = x[c];
    x[c] = fmax(0, fmin(value, 1));
    double here = bound(g, root_beta, x);
    if (here > *best) {
        *best = here;
        return true;
    }
    x[c] = old;
    return false;
}

/* Returns the height of the summit. */
static double climb(double *x, const gaussian_process *g, double root_beta)
{
    double best = bound(g, root_beta, x);
    for (double step = 0.05; step > 5e-4;) {
        bool better = false;
        for (size_t c = 0; c < g->d; c++)
            better |= try_place(x, &best, c, x[c] + step, g, root_beta)
                      || try_place(x, &best, c, x[c] - step, g, root_beta);
        if (!better) step /= 2;
    }
    return best;
}

static void best_of_lot(double *x, cover *places, const gaussian_process *g, double root_beta)
{
    double best = -INFINITY, candidate[GP_MOST_INPUTS];
    for (size_t i = 0; i < CANDIDATES / LOTS; i++) {
        cover_next(places, candidate);
        double here = bound(g, root_beta, candidate);
        if (!(here > best)) continue;
        best = here;
        memcpy(x, candidate, g->d * sizeof *x);
    }
}

static void most_promising(double *x, cover *places, const gaussian_process *g, double root_beta)
{
    double best = -INFINITY, summit[GP_MOST_INPUTS];
    for (size_t lot = 0; lot < LOTS; lot++) {
        best_of_lot(summit, places, g, root_beta);
        double here = climb(summit, g, root_beta);
        if (!(here > best)) continue;
        best = here;
        memcpy(x, summit, g->d * sizeof *x);
    }
}

/*
# The suggestion

Every place of the batch takes the next 2048 candidates of the sequence: what one misses,
another may see.
*/
static void suggest(double *next, size_t batch, const gp_data *seen, unsigned long seed,
                    arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    gp_prior prior = gp_fit(seen, scratch);
    gaussian_process g = gp_condition(&prior, seen, seen->n + batch, scratch);
    cover places = cover_begin(seen->d, seed, "bandit: candidates");
    for (size_t b = 0; b < batch; b++) {
        most_promising(next + b * seen->d, &places, &g, optimism(seen->n));
        gp_hallucinate(&g, next + b * seen->d);
    }
    gsl_qrng_free(places.sobol);
    arena_release(scratch, mark);
}

void bandit_suggest(double *next, size_t batch, const gp_data *seen, unsigned long seed,
                    arena *scratch)
{
    REQUIRE(batch >= 1 && seen->d >= 1 && seen->d <= GP_MOST_INPUTS,
            "%zu places of %zu inputs; at least one, and 1 to %d", batch, seen->d, GP_MOST_INPUTS);
    for (size_t e = 0; e < seen->n * seen->d; e++)
        REQUIRE(seen->x[e] >= 0 && seen->x[e] <= 1, "input %zu of observation %zu is %g, outside "
                "of the box from 0 to 1", e % seen->d, e / seen->d, seen->x[e]);
    if (seen->n < 2 * seen->d) cover_box(next, batch, seen->n, seen->d, seed);
    else suggest(next, batch, seen, seed, scratch);
}
