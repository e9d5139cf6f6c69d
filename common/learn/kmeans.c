/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# k-means

We look for centres $c_1, \dots, c_k$ that make the inertia small,

$$ \sum_{i=1}^{n} \min_j \|x_i - c_j\|^2 . $$

Two partial questions are easy. Given the centres, each example belongs to
the nearest one. Given which examples belong together, the best centre is
their mean. Lloyd's iteration answers the two in turn. Neither answer can
raise the inertia, there are finitely many ways to divide the examples, and so
it comes to rest, in a place that depends on where it began
(`learn/kmeans_start.h`).

Letters: n examples, d features, k clusters.
*/
#include <limits.h>
#include <string.h>

#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/threads.h"
#include "learn/distance.h"
#include "learn/kmeans.h"
#include "learn/kmeans_start.h"
#include "learn/means.h"

const kmeans_settings kmeans_defaults = { .restarts = 10, .iterations = 300, .tolerance = 1e-4 };

/*
# One sweep over the data

At 60,000 x 784 the data are 188 MB and come from main memory, so an
iteration reads them once and does everything with a row while it is near: a
tile of 256 rows goes through the product with the centres, each row finds its
nearest centre, and is added to that centre's sum.

The rows are cut into at most 32 pieces, a number that depends on n alone.
Each piece has sums of its own, in double, and they are combined in the order
of the pieces: that is why the number of threads cannot change a bit.
*/
enum { TILE = 256, MOST_PIECES = 32 };

typedef struct workspace {
    size_t k, d, pieces;
    mat middle;                    /* 1 x d: the mean of the data */
    mat shifted;                   /* k x d: the centres less that mean */
    real *half;                    /* k: see `shift_centres` */
    real *dot;                     /* threads x k x TILE */
    double *sum;                   /* pieces x k x d; the total ends in the first */
    size_t *count;                 /* pieces x k; likewise */
    double *far;                   /* n: squared distance to the own centre */
} workspace;

static mat middle_of(mat x, arena *a)
{
    mat middle = arena_mat(a, 1, x.cols);
    arena_mark mark = arena_save(a);
    double *mean = arena_take(a, x.cols, sizeof *mean);
    column_means(mean, x, a);
    for (size_t f = 0; f < x.cols; f++) middle.at[f] = (real)mean[f];
    arena_release(a, mark);
    return middle;
}

/* NaN and infinities are not. */
KERNEL static bool are_within(const real *x, size_t n, real most)
{
    int within = 1;
    for (size_t i = 0; i < n; i++) within &= real_abs(x[i]) <= most;
    return within;
}

static workspace workspace_of(mat x, size_t k, arena *a)
{
    REQUIRE(are_within(x.at, mat_size(x), (real)1e18), "examples of which some numbers are above 1e18 in size, or none");
    size_t n = x.rows, d = x.cols, tiles = (n + TILE - 1) / TILE;
    return (workspace){
        .k = k, .d = d, .pieces = tiles < MOST_PIECES ? tiles : MOST_PIECES,
        .middle = middle_of(x, a),
        .shifted = arena_mat(a, k, d),
        .half = arena_take(a, k, sizeof(real)),
        .dot = arena_take(a, (size_t)threads_count() * k * TILE, sizeof(real)),
    };
}

static workspace workspace_with_sums(mat x, size_t k, arena *a)
{
    workspace w = workspace_of(x, k, a);
    w.sum = arena_take(a, w.pieces * k * w.d, sizeof *w.sum);
    w.count = arena_take(a, w.pieces * k, sizeof *w.count);
    w.far = arena_take(a, x.rows, sizeof *w.far);
    return w;
}

/*
# The nearest centre

$\|x - c_j\|^2 = \|x\|^2 - 2\,x \cdot c_j + \|c_j\|^2$, and for the question
which j is nearest the first term does not count. Half of the rest,

$$ s_j = \tfrac12 \|c_j\|^2 - x \cdot c_j , $$

is a matrix product away. But when the data lie far from the origin its two
terms are large and nearly the same for all j, and a float forgets what
distinguishes them. What the centres have in common may be taken out first:
with the mean m of the data (any m would be right), the scores

$$ \tfrac12 (c_j - m) \cdot (c_j + m) - x \cdot (c_j - m) $$

differ from $s_j$ by the same amount for every j, and are as small as the data
are close together.
*/
static void shift_centres(workspace *w, mat centres)
{
    for (size_t j = 0; j < w->k; j++) {
        double half = 0;
        for (size_t f = 0; f < w->d; f++) {
            double c = (double)mat_row(centres, j)[f], m = (double)w->middle.at[f];
            mat_row(w->shifted, j)[f] = (real)(c - m);
            half += (c - m) * (c + m) / 2;
        }
        w->half[j] = (real)half;
    }
}

/*
The product is laid out with a row for each centre, so that the search for
the least score runs down the tile side by side for many examples.
*/
KERNEL static void nearest_centres(int *nearest, real *least, const real *dot,
                                   const real *half, size_t k, size_t m)
{
    for (size_t r = 0; r < m; r++) {
        least[r] = half[0] - dot[r];
        nearest[r] = 0;
    }
    for (size_t j = 1; j < k; j++)
        for (size_t r = 0; r < m; r++) {
            real score = half[j] - dot[j * m + r];
            bool nearer = score < least[r];
            nearest[r] = nearer ? (int)j : nearest[r];
            least[r] = nearer ? score : least[r];
        }
}

/* Returns how many examples of piece `p` changed their cluster. */
static size_t sweep_piece(workspace *w, int *cluster, mat x, size_t p)
{
    size_t k = w->k, d = w->d, changed = 0;
    piece rows = piece_of(x.rows, TILE, w->pieces, p);
    real *dot = w->dot + threads_index() * k * TILE;
    double *sum = w->sum ? w->sum + p * k * d : NULL;
    int nearest[TILE];
    real least[TILE];
    if (sum) {
        memset(sum, 0, k * d * sizeof *sum);
        memset(w->count + p * k, 0, k * sizeof *w->count);
    }
    for (size_t first = rows.first; first < rows.last; first += TILE) {
        size_t m = rows.last - first < TILE ? rows.last - first : TILE;
        gemm_block(k, m, d, 1, w->shifted.at, d, PLAIN, mat_row(x, first), d, TRANSPOSED,
                   0, dot, m);
        nearest_centres(nearest, least, dot, w->half, k, m);
        for (size_t r = 0; r < m; r++) {
            size_t j = (size_t)nearest[r];
            changed += cluster[first + r] != nearest[r];
            cluster[first + r] = nearest[r];
            if (!sum) continue;
            row_add(sum + j * d, mat_row(x, first + r), d);
            w->count[p * k + j]++;
        }
    }
    return changed;
}

/* Sends every example to its nearest centre and, if the workspace has room
   for them, adds up each cluster. Returns how many examples changed. */
static size_t sweep(workspace *w, int *cluster, mat x, mat centres)
{
    size_t changed = 0;
    shift_centres(w, centres);
    #pragma omp parallel for schedule(static) reduction(+: changed)
    for (size_t p = 0; p < w->pieces; p++)
        changed += sweep_piece(w, cluster, x, p);
    if (!w->sum) return changed;

    #pragma omp parallel for schedule(static)
    for (size_t j = 0; j < w->k; j++)
        for (size_t p = 1; p < w->pieces; p++) {
            const double *part = w->sum + (p * w->k + j) * w->d;
            for (size_t f = 0; f < w->d; f++) w->sum[j * w->d + f] += part[f];
            w->count[j] += w->count[p * w->k + j];
        }
    return changed;
}

void kmeans_assign(int *cluster, mat x, mat centres, arena *scratch)
{
    REQUIRE(centres.rows > 0 && x.cols == centres.cols,
            "examples of %zu features to %zu centres of %zu", x.cols, centres.rows, centres.cols);
    arena_mark mark = arena_save(scratch);
    workspace w = workspace_of(x, centres.rows, scratch);
    memset(cluster, -1, x.rows * sizeof *cluster);
    sweep(&w, cluster, x, centres);
    arena_release(scratch, mark);
}

/*
# The inertia

The scores find the nearest centre, but they are not distances, and to
complete them to $\|x - c\|^2$ would bring the cancellation back. The inertia
is what restarts are compared by and what is reported, so it is measured by
the definition, once, when a run is over.
*/
static double distances(double *far, mat x, mat centres, const int *cluster)
{
    double part[MOST_PIECES] = { 0 }, inertia = 0;
    #pragma omp parallel for schedule(static)
    for (size_t p = 0; p < MOST_PIECES; p++) {
        piece rows = piece_of(x.rows, 1, MOST_PIECES, p);
        for (size_t i = rows.first; i < rows.last; i++) {
            const real *own = mat_row(centres, (size_t)cluster[i]);
            double s = distance_squared(mat_row(x, i), own, x.cols);
            if (far) far[i] = s;
            part[p] += s;
        }
    }
    for (size_t p = 0; p < MOST_PIECES; p++) inertia += part[p];
    return inertia;
}

/*
# A cluster that lost everything

A centre may end up nearest to nobody, and a mean of nothing is no centre. It
takes over the example that is farthest from its own centre: that example's
distance drops to 0 and no other grows, so the inertia still goes down. An
example alone in its cluster stays there, or the hole would only move. If
everybody sits exactly on a centre, the empty one stays where it was.
*/
static size_t farthest(const workspace *w, const int *cluster, size_t n)
{
    size_t best = n;
    double most = 0;
    for (size_t i = 0; i < n; i++)
        if (w->far[i] > most && w->count[cluster[i]] > 1) {
            most = w->far[i];
            best = i;
        }
    return best;
}

static bool fill_empty(workspace *w, int *cluster, mat x, mat centres)
{
    bool measured = false, filled = false;
    for (size_t e = 0; e < w->k; e++) {
        if (w->count[e] > 0) continue;
        if (!measured) distances(w->far, x, centres, cluster);
        measured = true;
        size_t i = farthest(w, cluster, x.rows);
        if (i == x.rows) break;
        filled = true;
        size_t old = (size_t)cluster[i];
        for (size_t f = 0; f < w->d; f++) {
            w->sum[old * w->d + f] -= (double)mat_row(x, i)[f];
            w->sum[e * w->d + f] = (double)mat_row(x, i)[f];
        }
        w->count[old]--;
        w->count[e] = 1;
        w->far[i] = 0;
        cluster[i] = (int)e;
    }
    return filled;
}

/* Moves each centre to the mean of its cluster; returns the sum of the
   squared shifts. */
static double move_centres(workspace *w, mat centres)
{
    double shift = 0;
    for (size_t j = 0; j < w->k; j++) {
        if (w->count[j] == 0) continue;
        for (size_t f = 0; f < w->d; f++) {
            real *c = mat_row(centres, j) + f, old = *c;
            *c = (real)(w->sum[j * w->d + f] / (double)w->count[j]);
            shift += ((double)*c - (double)old) * ((double)*c - (double)old);
        }
    }
    return shift;
}

/*
# Lloyd's iteration

It ends when no example changes its cluster: then nothing will ever change
again. Long before that the centres may hardly move, and `enough` says what
"hardly" is. The last sweep sends the examples to the centres as they are
now, so that centres and clusters belong together.
*/
static void lloyd(kmeans *run, mat x, workspace *w, size_t iterations, double enough)
{
    memset(run->cluster, -1, x.rows * sizeof *run->cluster);
    run->converged = false;
    for (run->iterations = 0; run->iterations < iterations && !run->converged;
         run->iterations++) {
        size_t changed = sweep(w, run->cluster, x, run->centres);
        if (fill_empty(w, run->cluster, x, run->centres)) changed++;
        double shift = move_centres(w, run->centres);
        run->converged = changed == 0 || shift <= enough;
    }
    sweep(w, run->cluster, x, run->centres);
    run->inertia = distances(NULL, x, run->centres, run->cluster);
}

/*
# What "hardly" is measured by

A tolerance must not depend on the unit of the data, so it is multiplied by
the mean variance of a feature: the inertia of one single cluster, divided
by nd.
*/
static double mean_variance(mat x, mat mean, int *cluster)
{
    memset(cluster, 0, x.rows * sizeof *cluster);
    return distances(NULL, x, mean, cluster) / ((double)x.rows * (double)x.cols);
}

static kmeans kmeans_of(mat x, size_t k, arena *a)
{
    REQUIRE(k > 0 && k <= x.rows && k <= INT_MAX && x.cols > 0,
            "%zu clusters of %zu x %zu", k, x.rows, x.cols);
    return (kmeans){ .centres = arena_mat(a, k, x.cols),
                     .cluster = arena_take(a, x.rows, sizeof(int)) };
}

kmeans kmeans_from(mat start, mat x, const kmeans_settings *how, arena *a)
{
    REQUIRE(start.cols == x.cols, "%zu features, centres of %zu", x.cols, start.cols);
    kmeans run = kmeans_of(x, start.rows, a);
    arena_mark mark = arena_save(a);
    workspace w = workspace_with_sums(x, start.rows, a);
    double enough = how->tolerance * mean_variance(x, w.middle, run.cluster);
    mat_copy(run.centres, start);
    lloyd(&run, x, &w, how->iterations, enough);
    arena_release(a, mark);
    return run;
}

kmeans kmeans_fit(mat x, size_t k, const kmeans_settings *how, gsl_rng *rng, arena *a)
{
    REQUIRE(how->restarts > 0, "no run at all");
    kmeans best = kmeans_of(x, k, a);
    arena_mark mark = arena_save(a);
    kmeans run = kmeans_of(x, k, a);
    workspace w = workspace_with_sums(x, k, a);
    double enough = how->tolerance * mean_variance(x, w.middle, run.cluster);
    for (size_t r = 0; r < how->restarts; r++) {
        kmeans_start(run.centres, x, w.far, rng);
        lloyd(&run, x, &w, how->iterations, enough);
        if (r > 0 && !(run.inertia < best.inertia)) continue;
        mat_copy(best.centres, run.centres);
        memcpy(best.cluster, run.cluster, x.rows * sizeof *run.cluster);
        best.inertia = run.inertia;
        best.iterations = run.iterations;
        best.converged = run.converged;
    }
    arena_release(a, mark);
    return best;
}
