/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Exact neighbours at the speed of a product

Ten neighbours of 10,000 queries among 50,000 points of 512 features: 500
million distances, and all but one in 5,000 are thrown away. Three ideas make
that quick and still exact.

Letters: q queries, n points, d features, k neighbours.
*/
#include <float.h>
#include <math.h>
#include <stdint.h>

#include "base/blas.h"
#include "base/error.h"
#include "base/threads.h"
#include "learn/distance.h"
#include "learn/knn.h"

/*
# First idea: a product instead of differences

$$ \|x - p_j\|^2 = \|x\|^2 + 2\,\bigl(\tfrac12\|p_j\|^2 - x \cdot p_j\bigr). $$

The first term is the same for every point, so it cannot change their order.
We rank the points by the bracket, the *score*: half the squared length of
the point, known beforehand, less an element of a matrix product, and the
product runs many times faster than any loop over differences.

# Second idea: look only at what is near enough

A query keeps a short list, sorted, whose last entry is the score to beat.
After the first few hundred points hardly any beats it: of n points in random
order about $k \ln(n/k)$ do. So the scan of a row of the product compares 64
scores at a time with one number, and looks closer only where one is below.
*/
enum { CHUNK = 64 };

KERNEL static size_t next_below(real bar, const real *half, const real *dot,
                                size_t from, size_t m)
{
    size_t j = from;
    for (; j + CHUNK <= m; j += CHUNK) {
        int below = 0;
        for (size_t l = 0; l < CHUNK; l++)
            below |= half[j + l] - dot[j + l] < bar;
        if (below) break;
    }
    for (; j < m; j++)
        if (half[j] - dot[j] < bar) break;
    return j;
}

typedef struct list {
    size_t length;
    double *key;                   /* ascending */
    size_t *index;                 /* ascending among equal keys */
} list;

static list list_of(double *key, size_t *index, size_t length, double unused)
{
    for (size_t r = 0; r < length; r++) {
        key[r] = unused;
        index[r] = SIZE_MAX;
    }
    return (list){ length, key, index };
}

static void list_insert(list l, double key, size_t index)
{
    size_t at = l.length;
    while (at > 0 && (key < l.key[at - 1]
                      || (key == l.key[at - 1] && index < l.index[at - 1]))) {
        at--;
        if (at + 1 == l.length) continue;              /* the last one drops out */
        l.key[at + 1] = l.key[at];
        l.index[at + 1] = l.index[at];
    }
    if (at == l.length) return;
    l.key[at] = key;
    l.index[at] = index;
}

static bool list_has(list l, size_t index)
{
    for (size_t r = 0; r < l.length; r++)
        if (l.index[r] == index) return true;
    return false;
}

/*
# Third idea: candidates first, then certainty

The score is a difference of two large numbers when the data lie far from the
origin, and a float has 24 bits. So a list is longer than k by a few spare
places, and what it holds are candidates. With the unit roundoff u (half an
epsilon) and P the length of the longest point, a computed score is off by at
most

$$ E = u\,\bigl(P^2 + (d + 4)\,\|x\|\,P\bigr), $$

the bound $d u$ of a dot product summed in any order, which holds for every d
(Jeannerod and Rump 2013, *Improved error bounds for inner products in
floating-point arithmetic*; the classical one divides by $1 - d u$), plus the
roundings of the half norm and of the difference. If t is the last score of the list, every
point outside it has a true score of at least $t - E$. We measure the
candidates with the yardstick (`learn/distance.h`); if the k-th of them is nearer than
$\|x\|^2 + 2(t - E)$, then no point outside can be among the k, not even as a
tie, and the answer is proven. If not, which takes many duplicates or data
squeezed together far from the origin, this one query is measured against
every point.

Points may come in blocks. Then k neighbours are known before, the last of them at the squared distance D, and a
point can only be among the nearest if its true score is below $(D - \|x\|^2) / 2$: an empty list
begins with that much, and $2E$ for what rounding does to the score and to this bar, as the score to beat.
*/
enum { SPARE = 16 };

typedef struct search {
    mat queries, points;
    size_t first;                  /* the number of the first point */
    const real *half;              /* n: half the squared length of a point */
    double longest;                /* P */
    const double *norm;            /* q: the squared length of a query */
    size_t k;
    knn_self self;
    size_t *neighbour;             /* q x k: the nearest so far */
    double *distance;
} search;

static bool is_candidate(const search *s, size_t query, size_t point)
{
    return s->self == WITH_SELF || query != point;
}

static list nearest_of(const search *s, size_t query)
{
    return (list){ s->k, s->distance + query * s->k, s->neighbour + query * s->k };
}

/* E, for this query. */
static double error_of(const search *s, size_t query)
{
    double u = (sizeof(real) == sizeof(float) ? FLT_EPSILON : DBL_EPSILON) / 2, P = s->longest;
    return u * (P * P + ((double)s->points.cols + 4) * sqrt(s->norm[query]) * P);
}

static double score_to_beat(const search *s, size_t query)
{
    double D = nearest_of(s, query).key[s->k - 1];
    return D == DBL_MAX ? (double)REAL_MAX : (D - s->norm[query]) / 2 + 2 * error_of(s, query);
}

static void measure(const search *s, size_t query, size_t point)
{
    double distance = distance_squared(mat_row(s->queries, query), mat_row(s->points, point), s->points.cols);
    list_insert(nearest_of(s, query), distance, s->first + point);
}

static void settle(const search *s, size_t query, list candidates)
{
    list nearest = nearest_of(s, query);
    size_t last = candidates.length - 1;
    for (size_t c = 0; c <= last && candidates.index[c] != SIZE_MAX; c++)
        measure(s, query, candidates.index[c]);
    if (candidates.index[last] == SIZE_MAX) return;            /* nobody was left outside */
    if (nearest.key[s->k - 1] < s->norm[query] + 2 * (candidates.key[last] - error_of(s, query))) return;

    for (size_t j = 0; j < s->points.rows; j++)
        if (is_candidate(s, query, j) && !list_has(nearest, s->first + j)) measure(s, query, j);
}

/*
# A tile

Queries come in tiles of up to 512 rows, and each tile meets the points 512
at a time: the product of the two is 1 MB, which stays in the cache between
the product that writes it and the scan that reads it. Tiles of queries are
independent, so threads take them in turn; few queries make smaller tiles, so
that there is something to share. What a tile's lists hold depends on the
rounding of the product, but the answer does not, because every distance in
it is the yardstick's.
*/
enum { TILE = 512, FEW = 8, SMALLEST = 16 };

static void meet(const search *s, piece p, real *dot, double *key, size_t *index)
{
    size_t K = s->k + SPARE, m = p.last - p.first, d = s->points.cols;
    for (size_t i = 0; i < m; i++) list_of(key + i * K, index + i * K, K, score_to_beat(s, p.first + i));
    for (size_t first = 0; first < s->points.rows; first += TILE) {
        size_t count = s->points.rows - first < TILE ? s->points.rows - first : TILE;
        gemm_block(m, count, d, 1, mat_row(s->queries, p.first), d, PLAIN,
                   mat_row(s->points, first), d, TRANSPOSED, 0, dot, count);
        for (size_t i = 0; i < m; i++) {
            const real *half = s->half + first, *row = dot + i * count;
            list l = { K, key + i * K, index + i * K };
            for (size_t j = 0;; j++) {
                j = next_below((real)l.key[K - 1], half, row, j, count);
                if (j == count) break;
                if (is_candidate(s, p.first + i, first + j))
                    list_insert(l, (double)(half[j] - row[j]), first + j);
            }
        }
    }
}

static size_t tiles_of(size_t q)
{
    size_t tiles = (q + TILE - 1) / TILE, small = (q + SMALLEST - 1) / SMALLEST;
    return tiles > FEW ? tiles : small < FEW ? small : FEW;
}

static const real *half_norms(double *longest, mat points, arena *scratch)
{
    real *half = arena_take(scratch, points.rows, sizeof *half);
    double most = 0;
    squared_norms(half, points);
    for (size_t j = 0; j < points.rows; j++) {
        if ((double)half[j] > most) most = (double)half[j];
        half[j] /= 2;
    }
    *longest = sqrt(most);
    return half;
}

static const double *norms_of(double *longest, mat queries, arena *scratch)
{
    double *norm = arena_take(scratch, queries.rows, sizeof *norm), most = 0;
    #pragma omp parallel for reduction(max : most) if (mat_size(queries) > 1 << 16)
    for (size_t i = 0; i < queries.rows; i++) {
        norm[i] = length_squared(mat_row(queries, i), queries.cols);
        if (norm[i] > most) most = norm[i];
    }
    *longest = sqrt(most);
    return norm;
}

static void seek(search *s, arena *scratch)
{
    size_t q = s->queries.rows, n = s->points.rows, K = s->k + SPARE;
    REQUIRE(s->queries.cols == s->points.cols, "queries of %zu features among points of %zu",
            s->queries.cols, s->points.cols);
    REQUIRE(mat_is_finite(s->queries) && mat_is_finite(s->points), "a distance to no number");
    if (q == 0 || n == 0) return;

    s->half = half_norms(&s->longest, s->points, scratch);
    double longest;
    s->norm = norms_of(&longest, s->queries, scratch);
    double reach = s->longest + longest;
    REQUIRE(reach * reach < (double)REAL_MAX, "the longest query and the longest point are together %g long, expected less than %g",
            reach, sqrt((double)REAL_MAX));
    size_t tiles = tiles_of(q), threads = (size_t)threads_count();
    size_t width = n < TILE ? n : TILE, height = q < TILE ? q : TILE;
    real *dot = arena_take(scratch, threads * height * width, sizeof *dot);
    double *key = arena_take(scratch, threads * height * K, sizeof *key);
    size_t *index = arena_take(scratch, threads * height * K, sizeof *index);

    #pragma omp parallel for schedule(dynamic)
    for (size_t tile = 0; tile < tiles; tile++) {
        size_t at = threads_index() * height;
        piece p = piece_of(q, 1, tiles, tile);
        meet(s, p, dot + at * width, key + at * K, index + at * K);
        for (size_t i = 0; i < p.last - p.first; i++)
            settle(s, p.first + i, (list){ K, key + (at + i) * K, index + (at + i) * K });
    }
}

void knn_search(size_t *neighbour, double *distance, mat queries, mat points, size_t k,
                knn_self self, arena *scratch)
{
    size_t q = queries.rows, n = points.rows;
    REQUIRE(k > 0 && k + (self == WITHOUT_SELF) <= n, "%zu neighbours among %zu points", k, n);
    REQUIRE(self == WITH_SELF || q <= n, "%zu queries are not rows of %zu points", q, n);
    arena_mark mark = arena_save(scratch);
    if (!distance) distance = arena_take(scratch, q * k, sizeof *distance);
    list_of(distance, neighbour, q * k, DBL_MAX);
    seek(&(search){ .queries = queries, .points = points, .k = k, .self = self,
                    .neighbour = neighbour, .distance = distance }, scratch);
    arena_release(scratch, mark);
}

void knn_search_on(size_t *neighbour, double *distance, mat queries, mat points, size_t first,
                   size_t k, arena *scratch)
{
    REQUIRE(k > 0, "no neighbours are wanted");
    arena_mark mark = arena_save(scratch);
    if (first == 0) list_of(distance, neighbour, queries.rows * k, DBL_MAX);
    seek(&(search){ .queries = queries, .points = points, .first = first, .k = k, .self = WITH_SELF,
                    .neighbour = neighbour, .distance = distance }, scratch);
    arena_release(scratch, mark);
}
