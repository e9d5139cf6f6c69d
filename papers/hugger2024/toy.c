/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/blas.h"
#include "base/elementary.h"
#include "base/rng.h"
#include "data/mixing.h"
#include "toy.h"

static const real REACH = 10;      /* the Gaussians are about ten times the modes */

/*
# The three layouts

Spherical coordinates: $\cos\phi_1$, $\sin\phi_1 \cos\phi_2$, ..., $\sin\phi_1 \cdots \sin\phi_{19}$. With
$\phi_k = 0$ nothing follows the k-th, which has what is left.
*/
double modes_angle(double percent)
{
    return (1 - percent / 100) * M_PI / 2;
}

static void spherical(real *theta, size_t k, double a)
{
    double left = 1;
    for (size_t j = 0; j < k; j++, left *= sin(a)) theta[j] = (real)(left * cos(a));
    theta[k] = (real)left;
}

/*
$\theta = \sqrt{1 - c}\, I + \beta\, \mathbf{1}\mathbf{1}^\top$ has rows of length 1 whose products are all
$c = \cos a$ if $2 \sqrt{1 - c}\, \beta + K \beta^2 = c$.
*/
static void equiangular(mat theta, double a)
{
    double K = (double)theta.rows, c = cos(a), root = sqrt(1 - c), beta = (sqrt(1 - c + K * c) - root) / K;
    mat_fill(theta, (real)beta);
    for (size_t k = 0; k < theta.rows; k++) mat_row(theta, k)[k] += (real)root;
}

void modes_place(mat theta, mode_layout how, double percent)
{
    double a = modes_angle(percent);
    mat_fill(theta, 0);
    if (how == EQUIANGULAR) {
        equiangular(theta, a);
        return;
    }
    for (size_t k = 0; k < theta.rows; k++) {
        real *mode = mat_row(theta, k);
        if (how == SPHERICAL) spherical(mode, k, a);
        else {
            mode[0] = (real)cos(a);
            mode[k] = k > 0 ? (real)sin(a) : 1;
        }
    }
}

static double product(mat theta, size_t i, size_t j)
{
    double sum = 0;
    for (size_t d = 0; d < theta.cols; d++) sum += (double)mat_row(theta, i)[d] * (double)mat_row(theta, j)[d];
    return sum;
}

/* Rounding may leave a cosine a little above 1. */
double modes_apart(mat theta)
{
    size_t last = theta.rows - 1;
    double cosine = product(theta, 0, last) / sqrt(product(theta, 0, 0) * product(theta, last, last));
    return acos(fmax(-1, fmin(1, cosine))) * 180 / M_PI;
}

/*
# Probabilities
*/
void posterior(mat p, mat x, mat theta)
{
    gemm(p, 1, x, PLAIN, theta, TRANSPOSED, 0);
    for (size_t i = 0; i < p.rows; i++) {
        real *row = mat_row(p, i), most = row[0];
        double sum = 0;
        for (size_t k = 1; k < p.cols; k++) most = real_max(most, row[k]);
        for (size_t k = 0; k < p.cols; k++) sum += (double)(row[k] = (real)exp((double)(row[k] - most)));
        for (size_t k = 0; k < p.cols; k++) row[k] = (real)((double)row[k] / sum);
    }
}

/* What a float cannot hold any more is not quite impossible. */
static double logarithm(real p)
{
    return log(fmax((double)p, 1e-37));
}

double divergence(mat p, mat q)
{
    double sum = 0;
    for (size_t i = 0; i < mat_size(p); i++)
        if (p.at[i] > 0) sum += (double)p.at[i] * (logarithm(p.at[i]) - logarithm(q.at[i]));
    return sum / (double)p.rows;
}

double entropy(mat p)
{
    double sum = 0;
    for (size_t i = 0; i < mat_size(p); i++) sum -= (double)p.at[i] * logarithm(p.at[i]);
    return sum / (double)p.rows;
}

/*
# The data
*/
static void draw_points(mat x, int *mode, mat centres, gsl_rng *rng)
{
    rng_normal(rng, x, 1);
    for (size_t i = 0; i < x.rows; i++) {
        size_t k = gsl_rng_uniform_int(rng, centres.rows);
        for (size_t j = 0; j < x.cols; j++) mat_row(x, i)[j] += mat_row(centres, k)[j];
        if (mode) mode[i] = (int)k;
    }
}

static void label(toy *d, bool certain, gsl_rng *rng, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    mat p = arena_mat(scratch, d->x.rows, d->theta.rows);
    posterior(p, d->x, d->theta);
    for (size_t i = 0; i < d->n; i++) {
        d->point[i] = gsl_rng_uniform_int(rng, d->x.rows);
        draw_labels(&d->label[i], mat_rows(p, d->point[i], 1), rng);
        if (certain) d->label[i] = (int)argmax(mat_row(p, d->point[i]), p.cols);
    }
    arena_release(scratch, mark);
}

toy toy_draw(toy_reading how, double percent, size_t classes, size_t points, size_t n, unsigned long seed, arena *a)
{
    toy d = { .theta = arena_mat(a, classes, classes), .n = n,
              .x = arena_mat(a, points, classes), .fresh = arena_mat(a, points, classes),
              .centres = arena_mat(a, classes, classes),
              .mode = arena_take(a, points, sizeof(int)), .point = arena_take(a, n, sizeof(size_t)),
              .label = arena_take(a, n, sizeof(int)) };
    modes_place(d.theta, how.layout, percent);
    gsl_rng *rng = rng_new(seed, "points");
    for (size_t i = 0; i < mat_size(d.theta); i++) d.centres.at[i] = REACH * d.theta.at[i];
    draw_points(d.x, d.mode, d.centres, rng);
    draw_points(d.fresh, NULL, d.centres, rng);
    if (how.scaled) mat_copy(d.theta, d.centres);
    rng_restart(rng, seed, "labels");
    label(&d, how.certain, rng, a);
    gsl_rng_free(rng);
    return d;
}
