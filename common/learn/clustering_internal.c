/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Clusters as shapes

*Letters:* n examples, d features, k clusters, x an example, c a centroid.
*/
#include <math.h>
#include <string.h>

#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/clustering_internal.h"
#include "learn/distance.h"

/*
# The points, cluster by cluster

The internal metrics want each cluster's members and its centroid. We sort
the points by cluster (a counting sort, so that equal ones keep their order)
and forget numbers that nobody carries.
*/
typedef struct groups {
    size_t n, d, k;
    size_t *first;                 /* k + 1: where each cluster begins in `member` */
    size_t *member;                /* n: rows of the data */
    double *centroid;              /* k x d */
} groups;

static groups groups_of(mat x, const int *cluster, arena *a)
{
    size_t numbers = 0;
    for (size_t i = 0; i < x.rows; i++) {
        REQUIRE(cluster[i] >= 0, "example %zu is in cluster %d", i, cluster[i]);
        if ((size_t)cluster[i] >= numbers) numbers = (size_t)cluster[i] + 1;
    }
    groups g = { .n = x.rows, .d = x.cols };
    g.first = arena_take(a, numbers + 1, sizeof *g.first);
    g.member = arena_take(a, g.n, sizeof *g.member);
    size_t *size = arena_take(a, numbers, sizeof *size);
    size_t *next = arena_take(a, numbers, sizeof *next);
    memset(size, 0, numbers * sizeof *size);
    for (size_t i = 0; i < g.n; i++) size[cluster[i]]++;
    g.first[0] = 0;
    for (size_t c = 0; c < numbers; c++) {
        next[c] = g.first[g.k];
        if (size[c] == 0) continue;
        g.first[g.k + 1] = g.first[g.k] + size[c];
        g.k++;
    }
    for (size_t i = 0; i < g.n; i++) g.member[next[cluster[i]]++] = i;

    g.centroid = arena_take(a, g.k * g.d, sizeof *g.centroid);
    memset(g.centroid, 0, g.k * g.d * sizeof *g.centroid);
    #pragma omp parallel for schedule(dynamic)
    for (size_t c = 0; c < g.k; c++) {
        double *centroid = g.centroid + c * g.d, size_of_c = (double)(g.first[c + 1] - g.first[c]);
        for (size_t r = g.first[c]; r < g.first[c + 1]; r++)
            for (size_t f = 0; f < g.d; f++)
                centroid[f] += (double)mat_row(x, g.member[r])[f];
        for (size_t f = 0; f < g.d; f++) centroid[f] /= size_of_c;
    }
    return g;
}

/* There must be something to compare: 2 <= k < n. */
static bool is_comparable(const groups *g)
{
    return g->k >= 2 && g->k < g->n;
}

/*
# Silhouette

For a point, let a be its mean distance to the other members of its cluster
and b the least, over the other clusters, of its mean distance to that
cluster's members. Its silhouette is

$$ s = \frac{b - a}{\max(a, b)}, $$

near 1 deep inside its cluster, 0 on a border, negative where it should have
gone elsewhere. A point alone in its cluster has no a; it counts 0. The metric
is the mean over all points, and it needs all $n^2$ distances.

# Distances that do not cancel

$\|x - y\|^2 = \|x\|^2 + \|y\|^2 - 2\, x \cdot y$ turns them into a matrix
product. But it subtracts, and when the two points are nearer to each other
than to the origin, the digits of a float are spent on the part that cancels:
clusters that have collapsed to specks are just what this metric is asked
about. Distances do not care where the origin is. So for the rows of cluster p
we move it into the centroid of p. Seen from there a member is as small as its
distances to other members, and a point of another cluster is about as long
as it is far away: in neither case is there much to cancel.

What may remain are pairs nearer than that: duplicates, a speck inside a wide
cluster. The kernel reports when the result is below 1/32 of what it was
subtracted from (a square that rounding made negative is among these), and
those few are measured by the definition. A point does not meet itself: the
range is cut in two around it.
*/
enum { CHUNK = 128, TILE_ROWS = 256, TILE_COLS = 1024 };

KERNEL static real sum_distances(int *is_close, const real *dot, const real *norm,
                                 real own, size_t m)
{
    real lane[LANES] = { 0 }, rest = 0;
    int close = 0;
    size_t j = 0;
    for (; j + LANES <= m; j += LANES)
        for (size_t l = 0; l < LANES; l++) {
            real both = own + norm[j + l], s = both - 2 * dot[j + l];
            close |= s * 32 < both;
            lane[l] += real_sqrt(real_abs(s));
        }
    for (; j < m; j++) {
        real both = own + norm[j], s = both - 2 * dot[j];
        close |= s * 32 < both;
        rest += real_sqrt(real_abs(s));
    }
    *is_close = close;
    return lane_total(lane, rest);
}

/* One cluster's view of all points: `row` and everything indexed by it is in
   the order of `groups.member`. */
typedef struct view {
    const groups *g;
    mat shifted;                   /* n x d */
    real *norm;                    /* n */
} view;

/* The distances of point i to the points [first, last), added up. `dot` is
   the product of i with `first` and what follows. */
static double reach(const view *v, size_t i, const real *dot, size_t first, size_t last)
{
    double sum = 0;
    for (size_t m; first < last; first += m, dot += m) {
        m = last - first < CHUNK ? last - first : CHUNK;
        int is_close;
        real quick = sum_distances(&is_close, dot, v->norm + first, v->norm[i], m);
        if (!is_close) {
            sum += (double)quick;
            continue;
        }
        for (size_t j = first; j < first + m; j++)
            sum += sqrt(distance_squared(mat_row(v->shifted, i), mat_row(v->shifted, j),
                                         v->shifted.cols));
    }
    return sum;
}

/* Adds to `total` (k for each row of `p`) the distances to the columns
   [start, stop), each to the sum of its cluster. */
static void add_tile(double *total, const view *v, piece p, size_t start, size_t stop,
                     real *dot)
{
    const groups *g = v->g;
    size_t d = g->d, width = stop - start;
    gemm_block(p.last - p.first, width, d, 1, mat_row(v->shifted, p.first), d, PLAIN,
               mat_row(v->shifted, start), d, TRANSPOSED, 0, dot, width);
    for (size_t i = p.first; i < p.last; i++, dot += width, total += g->k)
        for (size_t c = 0; c < g->k; c++) {
            size_t first = g->first[c] > start ? g->first[c] : start;
            size_t last = g->first[c + 1] < stop ? g->first[c + 1] : stop;
            if (first >= last) continue;
            if (i < first || i >= last) {
                total[c] += reach(v, i, dot + (first - start), first, last);
            } else {
                total[c] += reach(v, i, dot + (first - start), first, i);
                total[c] += reach(v, i, dot + (i + 1 - start), i + 1, last);
            }
        }
}

/* The silhouette of a point of cluster `own`, from its sums of distances to all clusters. */
static double silhouette_of(const double *total, const groups *g, size_t own)
{
    size_t size = g->first[own + 1] - g->first[own];
    if (size == 1) return 0;
    double a = total[own] / (double)(size - 1), b = INFINITY;
    for (size_t c = 0; c < g->k; c++) {
        double mean = total[c] / (double)(g->first[c + 1] - g->first[c]);
        if (c != own && mean < b) b = mean;
    }
    double larger = a > b ? a : b;
    return larger > 0 ? (b - a) / larger : 0;
}

static void move_origin(view *v, mat x, size_t c)
{
    const groups *g = v->g;
    const double *centroid = g->centroid + c * g->d;
    #pragma omp parallel for schedule(static)
    for (size_t r = 0; r < g->n; r++) {
        const real *from = mat_row(x, g->member[r]);
        real *to = mat_row(v->shifted, r);
        for (size_t f = 0; f < g->d; f++) to[f] = (real)((double)from[f] - centroid[f]);
    }
    squared_norms(v->norm, v->shifted);
}

/* Adds up the silhouettes of the members of cluster `own`. */
static double silhouettes(const view *v, size_t own, double *part, real *dots, double *totals)
{
    const groups *g = v->g;
    size_t begin = g->first[own], size = g->first[own + 1] - begin;
    size_t tiles = (size + TILE_ROWS - 1) / TILE_ROWS;
    #pragma omp parallel for schedule(dynamic)
    for (size_t t = 0; t < tiles; t++) {
        size_t me = threads_index();
        double *total = totals + me * TILE_ROWS * g->k;
        piece p = piece_of(size, 1, tiles, t);
        p.first += begin;
        p.last += begin;
        memset(total, 0, TILE_ROWS * g->k * sizeof *total);
        for (size_t start = 0; start < g->n; start += TILE_COLS)
            add_tile(total, v, p, start, start + TILE_COLS < g->n ? start + TILE_COLS : g->n,
                     dots + me * TILE_ROWS * TILE_COLS);
        part[t] = 0;
        for (size_t i = 0; i < p.last - p.first; i++)
            part[t] += silhouette_of(total + i * g->k, g, own);
    }
    double sum = 0;
    for (size_t t = 0; t < tiles; t++) sum += part[t];
    return sum;
}

double clustering_silhouette(mat x, const int *cluster, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    groups g = groups_of(x, cluster, scratch);
    double sum = NAN;
    if (is_comparable(&g)) {
        size_t threads = (size_t)threads_count();
        view v = { &g, arena_mat(scratch, g.n, g.d), arena_take(scratch, g.n, sizeof(real)) };
        double *part = arena_take(scratch, g.n / TILE_ROWS + 1, sizeof *part);
        real *dots = arena_take(scratch, threads * TILE_ROWS * TILE_COLS, sizeof *dots);
        double *totals = arena_take(scratch, threads * TILE_ROWS * g.k, sizeof *totals);
        sum = 0;
        for (size_t c = 0; c < g.k; c++) {
            move_origin(&v, x, c);
            sum += silhouettes(&v, c, part, dots, totals);
        }
    }
    arena_release(scratch, mark);
    return sum / (double)x.rows;
}

/*
# Within and between

The total scatter of the points around their mean splits into two parts
(Pythagoras, once for each point): the scatter W of the points around the
centroids of their clusters, and the scatter B of the centroids around the
mean, each centroid counting as often as its cluster has members.
*/
static double squared_gap(const double *a, const double *b, size_t d)
{
    double sum = 0;
    for (size_t f = 0; f < d; f++) sum += (a[f] - b[f]) * (a[f] - b[f]);
    return sum;
}

/* scatter[c] = the sum over the members of c of their squared distance to the
   centroid; width[c] = the mean of the distances themselves. */
static void measure_groups(double *scatter, double *width, const groups *g, mat x)
{
    #pragma omp parallel for schedule(dynamic)
    for (size_t c = 0; c < g->k; c++) {
        const double *centroid = g->centroid + c * g->d;
        double squares = 0, distances = 0;
        for (size_t r = g->first[c]; r < g->first[c + 1]; r++) {
            const real *row = mat_row(x, g->member[r]);
            double s = 0;
            for (size_t f = 0; f < g->d; f++)
                s += ((double)row[f] - centroid[f]) * ((double)row[f] - centroid[f]);
            squares += s;
            distances += sqrt(s);
        }
        scatter[c] = squares;
        width[c] = distances / (double)(g->first[c + 1] - g->first[c]);
    }
}

/*
# Calinski and Harabasz

$$ \mathrm{CHS} = \frac{B / (k - 1)}{W / (n - k)}, $$

both parts divided by their degrees of freedom: the F ratio of an analysis of
variance. *Between* is above and *within* below, so that larger is better, as
the published values show; Agarap and Azcarraga's (2020) sentence about it
names the two the other way round.
*/
double clustering_calinski_harabasz(mat x, const int *cluster, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    groups g = groups_of(x, cluster, scratch);
    double W = 0, B = 0, n = (double)g.n, k = (double)g.k;
    double *scatter = arena_take(scratch, g.k, sizeof *scatter);
    double *width = arena_take(scratch, g.k, sizeof *width);
    double *mean = arena_take(scratch, g.d, sizeof *mean);
    bool comparable = is_comparable(&g);
    measure_groups(scatter, width, &g, x);
    memset(mean, 0, g.d * sizeof *mean);
    for (size_t c = 0; c < g.k; c++)
        for (size_t f = 0; f < g.d; f++)
            mean[f] += (double)(g.first[c + 1] - g.first[c]) / n * g.centroid[c * g.d + f];
    for (size_t c = 0; c < g.k; c++) {
        W += scatter[c];
        B += (double)(g.first[c + 1] - g.first[c])
             * squared_gap(g.centroid + c * g.d, mean, g.d);
    }
    arena_release(scratch, mark);
    if (!comparable) return NAN;
    return W > 0 ? B / W * (n - k) / (k - 1) : 1;
}

/*
# Davies and Bouldin

Two clusters overlap when they are wide and near: $(s_i + s_j) / \|c_i - c_j\|$
with the width s, the mean distance of the members to their centroid. Each
cluster is judged by its worst neighbour, and the index is the mean of these.
Two clusters with one centroid are left out, as a ratio that says nothing.
*/
double clustering_davies_bouldin(mat x, const int *cluster, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    groups g = groups_of(x, cluster, scratch);
    double *scatter = arena_take(scratch, g.k, sizeof *scatter);
    double *width = arena_take(scratch, g.k, sizeof *width);
    double sum = 0;
    bool comparable = is_comparable(&g);
    measure_groups(scatter, width, &g, x);
    for (size_t i = 0; i < g.k; i++) {
        double worst = 0;
        for (size_t j = 0; j < g.k; j++) {
            double gap = sqrt(squared_gap(g.centroid + i * g.d, g.centroid + j * g.d, g.d));
            if (gap > 0 && (width[i] + width[j]) / gap > worst)
                worst = (width[i] + width[j]) / gap;
        }
        sum += worst;
    }
    size_t k = g.k;
    arena_release(scratch, mark);
    return comparable ? sum / (double)k : NAN;
}
