/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "learn/entanglement.h"

/*
# At a temperature

Batch by batch. What a float has left of a mean over many points is little, so the
parts are added in double.
*/
static void require_batches(const entanglement *e)
{
    REQUIRE(e->batch >= 2 && e->x.rows >= e->batch && e->x.rows % e->batch == 0,
            "%zu points in batches of %zu", e->x.rows, e->batch);
}

static const node *loss_of(entanglement *e, const int *y, size_t first, real *tau)
{
    node *inverse = tape_input(e->t, mat_view(tau, 1, 1));
    if (e->known) return snnl_again(e->t, e->known, y, inverse);
    return snnl(e->t, tape_input(e->t, mat_rows(e->x, first, e->batch)), y + first, inverse, e->kind);
}

double entanglement_at(entanglement *e, const int *y, double T, double *cost)
{
    double sum = 0;
    real tau = (real)(1 / T);
    bool one = e->batch == e->x.rows;
    require_batches(e);
    for (size_t first = 0; first < e->x.rows; first += e->batch) {
        if (!e->known) tape_reset(e->t);
        const node *loss = loss_of(e, y, first, &tau);
        if (one && !e->known) e->known = loss;
        const real *p = snnl_probabilities(loss);
        for (size_t i = 0; i < e->batch; i++) {
            double part = -log(SNNL_EPSILON + (double)p[i]);
            if (cost) cost[first + i] = part;
            sum += part;
        }
    }
    if (!one) tape_reset(e->t);
    return sum / (double)e->x.rows;
}

double entanglement_by_chance(const entanglement *e, const int *y, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    size_t classes = 0;
    double sum = 0;
    require_batches(e);
    for (size_t i = 0; i < e->x.rows; i++)
        if ((size_t)y[i] >= classes) classes = (size_t)y[i] + 1;
    size_t *members = arena_take(scratch, classes, sizeof *members);
    for (size_t first = 0; first < e->x.rows; first += e->batch) {
        memset(members, 0, classes * sizeof *members);
        for (size_t i = 0; i < e->batch; i++) members[y[first + i]]++;
        for (size_t i = 0; i < e->batch; i++)
            sum -= log(SNNL_EPSILON + (double)(members[y[first + i]] - 1) / (double)(e->batch - 1));
    }
    arena_release(scratch, mark);
    return sum / (double)e->x.rows;
}

/*
# The minimum over the temperature

Brent's method: a parabola through the three best points proposes the next, and where it
proposes nothing good a step of the golden section is taken. It needs a bracket, three
temperatures of which the middle one has the lowest loss; the curve has it. We seek in
log T, in which the loss has a shape: it is flat at both ends.

At its minimum a smooth function is flat, so that a float's rounding of the loss (about
$10^{-7}$) hides where exactly it is; the loss there is the better known the less
that matters.
*/
typedef struct sought {
    entanglement *e;
    const int *y;
} sought;

static double loss_at_log(double log_T, void *context)
{
    const sought *s = context;
    return entanglement_at(s->e, s->y, exp(log_T), NULL);
}

static entanglement_minimum between(sought *s, const double T[3], const double loss[3])
{
    enum { MOST_STEPS = 50 };
    gsl_function f = { loss_at_log, s };
    gsl_min_fminimizer *brent = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    REQUIRE(brent, "no memory for a minimizer");
    gsl_min_fminimizer_set_with_values(brent, &f, log(T[1]), loss[1], log(T[0]), loss[0],
                                       log(T[2]), loss[2]);
    for (int step = 0; step < MOST_STEPS; step++) {
        gsl_min_fminimizer_iterate(brent);
        if (gsl_min_test_interval(gsl_min_fminimizer_x_lower(brent),
                                  gsl_min_fminimizer_x_upper(brent), 1e-3, 0) == GSL_SUCCESS)
            break;
    }
    entanglement_minimum found = { exp(gsl_min_fminimizer_x_minimum(brent)),
                                   gsl_min_fminimizer_f_minimum(brent), true };
    gsl_min_fminimizer_free(brent);
    return found;
}

entanglement_minimum entanglement_least(entanglement *e, const int *y, const double *T,
                                        const double *loss, size_t count)
{
    REQUIRE(count >= 2, "a curve of %zu points", count);
    size_t k = gsl_stats_min_index(loss, 1, count);
    if (k == 0 || k + 1 == count || !(loss[k + 1] > loss[k]))
        return (entanglement_minimum){ T[k], loss[k], false };
    return between(&(sought){ e, y }, T + k - 1, loss + k - 1);
}

/*
# A grid of temperatures

In cosine distance 1 is far. In the Euclidean one it is twice the variance:
$\frac{1}{b^2} \sum_{ij} |x_i - x_j|^2 = 2 \left( \frac1b \sum_i |x_i|^2 - |\bar x|^2 \right)$.
*/
double mean_distance(mat x, distance d)
{
    if (d == COSINE) return 1;
    double squares = 0, of_mean = 0, b = (double)x.rows;
    for (size_t i = 0; i < mat_size(x); i++) squares += (double)x.at[i] * (double)x.at[i];
    for (size_t j = 0; j < x.cols; j++) {
        double sum = 0;
        for (size_t i = 0; i < x.rows; i++) sum += (double)mat_row(x, i)[j];
        of_mean += sum * sum / (b * b);
    }
    double mean = 2 * (squares / b - of_mean);
    return mean > 1e-30 ? mean : 1;          /* a layer that says the same to everything */
}

double entanglement_of_batch(mat x, const int *y, distance d, tape *t, double *T)
{
    enum { POINTS = 9 };
    double at[POINTS], loss[POINTS], scale = mean_distance(x, d);
    entanglement e = { x, x.rows, d, t, NULL };
    for (size_t k = 0; k < POINTS; k++) {
        at[k] = scale * pow(10, (double)k / 2 - 3);
        loss[k] = entanglement_at(&e, y, at[k], NULL);
    }
    entanglement_minimum least = entanglement_least(&e, y, at, loss, POINTS);
    if (T) *T = least.T;
    tape_reset(t);
    return least.loss;
}
