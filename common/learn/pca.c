/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Principal components

Which direction v, of length 1, spreads the examples most? The variance along
v is $v^\top S v$ with the covariance matrix

$$ S = \frac{1}{n-1} \sum_{i=1}^{n} (x_i - \mu)(x_i - \mu)^\top . $$

S is symmetric, so it has an orthonormal basis of eigenvectors; written in
that basis, $v^\top S v$ is a weighted mean of the eigenvalues, and it is
largest when all weight is on the largest one. The answer is the eigenvector
of the largest eigenvalue, then that of the second, and so on, and the
eigenvalues are the variances.

The other way to the same place, a singular value decomposition of the
centred data, is the more exact one for directions of hardly any variance. We
want the first ones of many examples, and there the covariance is as good and
far cheaper: one pass over the data, and everything after it is of size d, or n if that is less.

Letters: n examples, d features, k components.
*/
#include <fenv.h>
#include <math.h>
#include <string.h>

#include "base/blas.h"
#include "base/error.h"
#include "base/threads.h"
#include "learn/means.h"
#include "learn/pca.h"

/*
# The covariance

The textbook's shortcut $\overline{x x^\top} - \mu \mu^\top$ subtracts two
large numbers; we subtract the mean first. And a float that has added up
60,000 products has lost two or three of its seven digits, so a tile of 512
rows goes through the matrix product, and the products are added in double.
The diagonal of the result is good to about $10^{-6}$ of itself.
*/
enum { TILE = 512 };

KERNEL static void centre_row(real *to, const real *x, const double *mean, size_t d)
{
    for (size_t f = 0; f < d; f++) to[f] = (real)((double)x[f] - mean[f]);
}

KERNEL static void add_product(double *sum, const real *product, size_t count)
{
    for (size_t e = 0; e < count; e++) sum[e] += (double)product[e];
}

static void covariance_of(double *s, mat x, const double *mean, size_t freedom, arena *a)
{
    size_t n = x.rows, d = x.cols;
    mat tile = arena_mat(a, n < TILE ? n : TILE, d), product = arena_mat(a, d, d);
    memset(s, 0, d * d * sizeof *s);
    for (size_t first = 0; first < n; first += TILE) {
        size_t m = n - first < TILE ? n - first : TILE;
        mat rows = mat_rows(tile, 0, m);
        #pragma omp parallel for schedule(static)
        for (size_t i = 0; i < m; i++)
            centre_row(mat_row(rows, i), mat_row(x, first + i), mean, d);
        gemm(product, 1, rows, TRANSPOSED, rows, PLAIN, 0);
        #pragma omp parallel for schedule(static)
        for (size_t f = 0; f < d; f++)
            add_product(s + f * d, mat_row(product, f), d);
    }
    for (size_t e = 0; e < d * d; e++) s[e] /= (double)freedom;
}

/*
# The eigenvectors

LAPACK's divide and conquer, which OpenBLAS carries. Fortran passes
everything by address and the lengths of strings at the end. It stores
columns where we store rows: the "columns" that come back are our rows, one
eigenvector each, by rising eigenvalue. It reads one triangle of the matrix.

Fortran may touch infinities on its way and knows what it does, so a
floating-point trap that a test has set is put aside for the call.
*/
enum { MOST_ORDER = 32766 };      /* the largest d with a workspace of 1 + 6d + 2d^2 that an int can count */

void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda,
             double *w, double *work, const int *lwork, int *iwork, const int *liwork,
             int *info, size_t jobz_length, size_t uplo_length);

static void eigenvectors(double *s, double *value, size_t d, arena *a)
{
    int order = (int)d, info = 0, ask = -1, integers = 0;
    double doubles = 0;
    fenv_t traps;
    feholdexcept(&traps);
    dsyevd_("V", "L", &order, s, &order, value, &doubles, &ask, &integers, &ask, &info, 1, 1);
    int lwork = (int)doubles, liwork = integers;
    double *work = arena_take(a, (size_t)lwork, sizeof *work);
    int *iwork = arena_take(a, (size_t)liwork, sizeof *iwork);
    dsyevd_("V", "L", &order, s, &order, value, work, &lwork, iwork, &liwork, &info, 1, 1);
    fesetenv(&traps);
    REQUIRE(info == 0, "dsyevd gives up on %zu features with code %d", d, info);
}

static double *square_of(size_t d, arena *a)
{
    REQUIRE(d <= MOST_ORDER, "a covariance of %zu x %zu, of which LAPACK takes at most %d; reduce n or d", d, d, MOST_ORDER);
    return arena_take(a, d * d, sizeof(double));
}

static double sign_of(const double *v, size_t d)
{
    size_t largest = 0;
    for (size_t f = 1; f < d; f++)
        if (fabs(v[f]) > fabs(v[largest])) largest = f;
    return v[largest] < 0 ? -1 : 1;
}

/* Component c becomes v, with its sign. */
static void keep(const pca *p, size_t c, const double *v, double variance)
{
    size_t d = p->components.cols;
    double sign = sign_of(v, d);
    p->variance[c] = variance > 0 ? variance : 0;            /* no -1e-17 */
    for (size_t f = 0; f < d; f++) mat_row(p->components, c)[f] = (real)(sign * v[f]);
}

static void fit_features(pca *p, mat x, const double *mean, arena *a)
{
    size_t d = x.cols;
    double *s = square_of(d, a), *value = arena_take(a, d, sizeof *value);
    covariance_of(s, x, mean, x.rows - 1, a);
    p->total = 0;
    for (size_t f = 0; f < d; f++) p->total += s[f * d + f];
    eigenvectors(s, value, d, a);
    for (size_t c = 0; c < p->components.rows; c++) keep(p, c, s + (d - 1 - c) * d, value[d - 1 - c]);
}

/*
# Fewer examples than features

With the centred examples as the rows of X, $X^\top X v = \lambda v$ follows from $X X^\top u = \lambda u$ and
$v = X^\top u / \sqrt\lambda$: n examples of d > n features need the eigenvectors of an n x n matrix alone. That
matrix is a covariance once more, of the examples turned on their side.

What rounding has left in v of larger components is taken out again. A direction without variance has no u to come
from; where one is asked for, it is left to the features.
*/
static void take_out(double *v, double *const *before, size_t count, size_t d)
{
    for (size_t c = 0; c < count; c++) {
        double along = 0;
        for (size_t f = 0; f < d; f++) along += v[f] * before[c][f];
        for (size_t f = 0; f < d; f++) v[f] -= along * before[c][f];
    }
    double length = 0;
    for (size_t f = 0; f < d; f++) length += v[f] * v[f];
    for (size_t f = 0; f < d; f++) v[f] /= sqrt(length);
}

static bool fit_examples(pca *p, mat x, const double *mean, arena *a)
{
    size_t n = x.rows, d = x.cols, k = p->components.rows;
    double *s = square_of(n, a);
    mat side = arena_mat(a, d, n);
    for (size_t f = 0; f < d; f++)
        for (size_t i = 0; i < n; i++) mat_row(side, f)[i] = (real)((double)mat_row(x, i)[f] - mean[f]);
    double *value = arena_take(a, n, sizeof *value), *none = arena_take(a, n, sizeof *none), **v = arena_take(a, k, sizeof *v);
    for (size_t i = 0; i < n; i++) none[i] = 0;
    covariance_of(s, side, none, n - 1, a);
    p->total = 0;
    for (size_t i = 0; i < n; i++) p->total += s[i * n + i];
    eigenvectors(s, value, n, a);
    if (!(value[n - k] > 1e-5 * value[n - 1])) return false;
    for (size_t c = 0; c < k; c++) {
        const double *u = s + (n - 1 - c) * n;
        v[c] = arena_take(a, d, sizeof *v[c]);
        for (size_t f = 0; f < d; f++) {
            v[c][f] = 0;
            for (size_t i = 0; i < n; i++) v[c][f] += (double)mat_row(side, f)[i] * u[i];
        }
        take_out(v[c], v, c, d);
        keep(p, c, v[c], value[n - 1 - c]);
    }
    return true;
}

pca pca_fit(mat x, size_t k, arena *a)
{
    size_t n = x.rows, d = x.cols;
    REQUIRE(n >= 2 && k >= 1 && k <= d, "%zu components of %zu x %zu", k, n, d);
    pca p = { .mean = arena_mat(a, 1, d), .components = arena_mat(a, k, d),
              .variance = arena_take(a, k, sizeof(double)) };
    arena_mark mark = arena_save(a);
    double *mean = arena_take(a, d, sizeof *mean);
    column_means(mean, x, a);
    for (size_t f = 0; f < d; f++) p.mean.at[f] = (real)mean[f];
    if (n >= d || k >= n || !fit_examples(&p, x, mean, a)) fit_features(&p, x, mean, a);
    arena_release(a, mark);
    return p;
}

/*
# The coordinates

$z = (x - \mu) C^\top$, a tile of rows at a time: centring first costs a copy
of the tile, and saves the digits that $x C^\top - \mu C^\top$ would lose.
*/
KERNEL static void subtract_mean(real *to, const real *x, const real *mean, size_t d)
{
    for (size_t f = 0; f < d; f++) to[f] = x[f] - mean[f];
}

void pca_transform(mat z, mat x, const pca *p, arena *scratch)
{
    size_t n = x.rows, d = x.cols, k = p->components.rows, tiles = (n + TILE - 1) / TILE;
    REQUIRE(d == p->components.cols && z.rows == n && z.cols == k,
            "%zu x %zu to %zu x %zu by %zu components of %zu features",
            n, d, z.rows, z.cols, k, p->components.cols);
    arena_mark mark = arena_save(scratch);
    real *centred = arena_take(scratch, (size_t)threads_count() * TILE * d, sizeof *centred);
    #pragma omp parallel for schedule(static)
    for (size_t t = 0; t < tiles; t++) {
        piece rows = piece_of(n, TILE, tiles, t);
        size_t m = rows.last - rows.first;
        real *tile = centred + threads_index() * TILE * d;
        for (size_t i = 0; i < m; i++)
            subtract_mean(tile + i * d, mat_row(x, rows.first + i), p->mean.at, d);
        gemm_block(m, k, d, 1, tile, d, PLAIN, p->components.at, d, TRANSPOSED, 0,
                   mat_row(z, rows.first), k);
    }
    arena_release(scratch, mark);
}
