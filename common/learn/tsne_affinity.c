/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Affinities of a given perplexity

Let point i choose a neighbour, j with a probability that falls with the
distance as a normal density does,

$$ p_{j|i} = \frac{e^{-\beta_i d_{ij}}}{\sum_{k \ne i} e^{-\beta_i d_{ik}}}, \qquad
   d_{ij} = \|x_i - x_j\|^2 . $$

What is near in a crowd is nearer than what is near in a desert, so each point
has a *precision* $\beta_i$ of its own. It follows from one number that all
points share, the perplexity: the choice shall be as uncertain as one among
that many equally likely neighbours,

$$ H_i = - \sum_j p_{j|i} \log p_{j|i} = \log(\text{perplexity}) . $$

A neighbour much farther away than the perplexity reaches has no weight worth
storing: of a normal choice among 30, the ninety-first has between $10^{-4}$ (in the
plane) and $10^{-2}$ (in 70 dimensions) of the first.

*Letters:* n points, k neighbours of each, $\beta$ the precision, H the
entropy.
*/
#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/knn.h"
#include "learn/tsne_affinity.h"

/*
# The entropy of a choice

With $w_j = e^{-\beta u_j}$, $S = \sum_j w_j$ and $p_j = w_j / S$,

$$ H = -\sum_j p_j (-\beta u_j - \log S) = \log S + \frac{\beta}{S} \sum_j w_j u_j . $$

Two liberties keep the numbers tame. Probabilities do not change when all
distances lose the same amount, so u starts at 0 with the nearest neighbour:
one weight is 1, and S cannot vanish. And u is measured in units of its own
mean, so that the search below starts near its end whatever the unit of the
data.

Returns S and leaves the weights in `w`.
*/
KERNEL static real weigh(real *w, real *moment, const real *u, real beta, size_t k)
{
    for (size_t j = 0; j < k; j++) w[j] = real_exp(-beta * u[j]);
    *moment = lane_dot(w, u, k);
    return lane_sum(w, k);
}

/* u[j] = (d[j] - d[0]) / mean; returns that mean, or 0 if all are equally far. */
static double relative_distances(real *u, const double *d, size_t k)
{
    double mean = 0;
    for (size_t j = 0; j < k; j++) mean += (d[j] - d[0]) / (double)k;
    for (size_t j = 0; j < k; j++) u[j] = mean > 0 ? (real)((d[j] - d[0]) / mean) : 0;
    return mean;
}

/*
# The precision of a point

H falls from $\log k$ to the logarithm of how many share the nearest place
while $\beta$ grows. So we double or halve until the perplexity is enclosed,
and then cut the interval in two until H is right to $10^{-5}$, scikit-learn's
tolerance (to $10^{-10}$ in the double build). If more points than the
perplexity lie at the nearest place, no $\beta$ is large enough, and the
doubling ends with all of them equally likely.

`p` gets the conditional probabilities; returns $\beta$ in the unit of u.
*/
enum { HALVINGS = 64 };
static const double ENTROPY_TOLERANCE = sizeof(real) == sizeof(float) ? 1e-5 : 1e-10;

static double choose(real *p, const real *u, double perplexity, size_t k)
{
    double beta = 1, low = 0, high = INFINITY, wanted = log(perplexity);
    real moment, S = 1;
    for (int i = 0; i < HALVINGS; i++) {
        S = weigh(p, &moment, u, (real)beta, k);
        double over = log((double)S) + beta * (double)moment / (double)S - wanted;
        if (fabs(over) <= ENTROPY_TOLERANCE || i + 1 == HALVINGS) break;
        if (over > 0) low = beta;
        else high = beta;
        beta = isinf(high) ? 2 * beta : (low + high) / 2;
    }
    for (size_t j = 0; j < k; j++) p[j] /= S;
    return beta;
}

/* p is n x k, like `distance`: row i the probabilities of its neighbours. */
static void choose_all(real *p, double *precision, const double *distance, size_t n,
                       double perplexity, size_t k, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    real *u = arena_take(scratch, (size_t)threads_count() * k, sizeof *u);
    #pragma omp parallel for schedule(dynamic, 64)
    for (size_t i = 0; i < n; i++) {
        real *mine = u + threads_index() * k;
        double mean = relative_distances(mine, distance + i * k, k);
        double beta = choose(p + i * k, mine, perplexity, k);
        precision[i] = mean > 0 ? beta / mean : INFINITY;
    }
    arena_release(scratch, mark);
}

/*
# Both directions

i may choose j while j has nearer neighbours than i. An outlier, chosen by
nobody, would have nothing to hold it, so a pair counts in both directions,

$$ p_{ij} = \frac{p_{j|i} + p_{i|j}}{2n} , $$

and every point has a share of at least $1/2n$.

The sum needs, beside the rows of the sparse matrix of choices, its columns:
its transpose. Transposing is a counting sort: count how many entries each
column has, give each as much room, and hand out the places in the order of
the rows. What comes out is sorted within each row; transposing twice
therefore sorts.
*/
typedef struct sparse {
    size_t *start;
    int32_t *column;
    real *at;
} sparse;

static sparse sparse_new(size_t n, size_t entries, arena *a)
{
    return (sparse){ .start = arena_take(a, n + 1, sizeof(size_t)),
                     .column = arena_take(a, entries, sizeof(int32_t)),
                     .at = arena_take(a, entries, sizeof(real)) };
}

static sparse transpose(sparse m, size_t n, arena *a)
{
    size_t entries = m.start[n];
    sparse t = sparse_new(n, entries, a);
    size_t *next = arena_take(a, n, sizeof *next);
    memset(t.start, 0, (n + 1) * sizeof *t.start);
    for (size_t e = 0; e < entries; e++) t.start[m.column[e] + 1]++;
    for (size_t i = 0; i < n; i++) {
        t.start[i + 1] += t.start[i];
        next[i] = t.start[i];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t e = m.start[i]; e < m.start[i + 1]; e++) {
            size_t place = next[m.column[e]]++;
            t.column[place] = (int32_t)i;
            t.at[place] = m.at[e];
        }
    return t;
}

/*
Row i of the sum merges two sorted rows. The first pass, without `column`,
only counts. Floating-point addition commutes, so (i, j) and (j, i) get the
same bytes.
*/
static size_t merge(int32_t *column, real *at, sparse a, sparse b, size_t i, real share)
{
    size_t e = a.start[i], f = b.start[i], count = 0;
    while (e < a.start[i + 1] || f < b.start[i + 1]) {
        int32_t ja = e < a.start[i + 1] ? a.column[e] : INT32_MAX;
        int32_t jb = f < b.start[i + 1] ? b.column[f] : INT32_MAX;
        real sum = 0;
        if (ja <= jb) sum += a.at[e++];
        if (jb <= ja) sum += b.at[f++];
        if (column) {
            column[count] = ja < jb ? ja : jb;
            at[count] = sum * share;
        }
        count++;
    }
    return count;
}

static void symmetrise(tsne_affinity *p, sparse choices, arena *a)
{
    size_t n = p->n;
    sparse back = transpose(choices, n, a), forth = transpose(back, n, a);
    real share = (real)(0.5 / (double)n);
    p->start[0] = 0;
    for (size_t i = 0; i < n; i++)
        p->start[i + 1] = p->start[i] + merge(NULL, NULL, forth, back, i, share);
    #pragma omp parallel for schedule(static)
    for (size_t i = 0; i < n; i++)
        merge(p->column + p->start[i], p->at + p->start[i], forth, back, i, share);
}

/*
# All of it

The neighbours, their distances, the choices, the sum. At most every choice is
one sided, which makes 2nk entries; so much is taken before anyone has
counted.
*/
static size_t neighbours_for(size_t n, double perplexity, size_t neighbours)
{
    if (neighbours == 0) neighbours = (size_t)(3 * perplexity + 1);
    return neighbours < n - 1 ? neighbours : n - 1;
}

tsne_affinity tsne_affinities(mat x, double perplexity, size_t neighbours, arena *a)
{
    size_t n = x.rows;
    REQUIRE(n >= 4 && n < INT32_MAX, "t-SNE of %zu points; it takes 4 or more", n);
    REQUIRE(perplexity > 1 && perplexity < (double)n, "perplexity %g for %zu points; "
            "it lies above 1 and below %zu", perplexity, n, n - 1);
    size_t k = neighbours_for(n, perplexity, neighbours);
    REQUIRE(perplexity < (double)k, "perplexity %g among %zu neighbours of each point; it lies "
            "above 1 and below %zu", perplexity, k, k);
    REQUIRE(mat_is_finite(x), "t-SNE of %zu x %zu numbers of which some are NaN or infinite; "
            "all must be finite", n, x.cols);

    tsne_affinity p = { .n = n, .start = arena_take(a, n + 1, sizeof *p.start),
                        .column = arena_take(a, 2 * n * k, sizeof *p.column),
                        .at = arena_take(a, 2 * n * k, sizeof *p.at),
                        .precision = arena_take(a, n, sizeof *p.precision) };
    arena_mark mark = arena_save(a);
    size_t *neighbour = arena_take(a, n * k, sizeof *neighbour);
    double *distance = arena_take(a, n * k, sizeof *distance);
    sparse choices = sparse_new(n, n * k, a);
    knn_search(neighbour, distance, x, x, k, WITHOUT_SELF, a);
    choose_all(choices.at, p.precision, distance, n, perplexity, k, a);
    for (size_t i = 0; i <= n; i++) choices.start[i] = i * k;
    for (size_t e = 0; e < n * k; e++) choices.column[e] = (int32_t)neighbour[e];
    symmetrise(&p, choices, a);
    arena_release(a, mark);
    return p;
}
