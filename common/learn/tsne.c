/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# t-SNE: a map that keeps neighbours

In d dimensions the points have affinities, a matrix P of probabilities
(`learn/tsne_affinity.h`). In the map $y_1, \dots, y_n$ they have others:
pairs near each other are likely, by Student's t with one degree of freedom,

$$ q_{ij} = \frac{w_{ij}}{Z}, \qquad w_{ij} = \frac{1}{1 + |y_i - y_j|^2}, \qquad
   Z = \sum_{i \ne j} w_{ij} . $$

A good map makes Q like P. The measure is the Kullback-Leibler divergence,

$$ C = \sum_{i \ne j} p_{ij} \log \frac{p_{ij}}{q_{ij}} , $$

which is large where a likely pair is drawn far apart, and cares little for an
unlikely one drawn close. Why not a normal density in the map, too? In a plane
there is less room at a middle distance than in d dimensions. The heavy tail
lets what is moderately far move farther away at little cost, and so opens
gaps between clusters.

*Letters:* n points, c coordinates in the map, k entries in a row of P.
*/
#include <math.h>

#include "base/error.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "learn/pca.h"
#include "learn/tsne.h"

const tsne_settings tsne_defaults = { .perplexity = 30, .iterations = 1000, .exaggeration = 12,
                                      .exaggerated = 250, .path = TSNE_AUTO };

/*
# The gradient

With $\log q_{ij} = \log w_{ij} - \log Z$ and $\sum_{ij} p_{ij} = 1$,

$$ C = \sum_{ij} p_{ij} \log p_{ij} - \sum_{ij} p_{ij} \log w_{ij} + \log Z . $$

Only the last two terms know the map, and $\partial w_{ij} / \partial y_i = -2
w_{ij}^2 (y_i - y_j)$. Every pair stands in the sums twice:

$$ \frac{\partial C}{\partial y_i} = 4 \Big( \underbrace{\sum_j p_{ij} w_{ij} (y_i - y_j)}_{A_i}
   - \frac1Z \underbrace{\sum_j w_{ij}^2 (y_i - y_j)}_{R_i} \Big) . $$

A descent pulls i towards its neighbours, by A, and pushes it away from
everybody, by R. The pull has k terms a point, because P is sparse; for the
push there are `learn/tsne_repulsion.h` and `learn/tsne_grid.h`. The cost of
the grid hardly depends on n. Finished maps are some 90 wide, and there it
overtakes the loop over pairs between 5,000 and 8,000 points.
*/
enum { CROSSOVER = 8000 };

static double repel(tsne *t)
{
    return t->how.path == TSNE_INTERPOLATED
               ? tsne_repel_interpolated(t->gradient, t->y, t->grid)
               : tsne_repel_exact(t->gradient, t->y, t->memory);
}

/*
The neighbours of a point lie anywhere in the map, so a vector of them is
gathered; the maps of 10,000 points fit into a core's cache. `gradient` holds
R and gets 4 (exaggeration A - R / Z). For the compiler `dims` is a constant, 2
or 3.
*/

/* d = y_i - y_j for the pair that is entry e of P; returns p_ij w_ij. */
static inline real meet(real *d, const tsne *t, size_t i, size_t e, const size_t dims)
{
    size_t n = t->y.cols, j = (size_t)t->p.column[e];
    for (size_t f = 0; f < dims; f++) d[f] = t->y.at[f * n + i] - t->y.at[f * n + j];
    real apart = d[0] * d[0] + d[1] * d[1];
    if (dims == 3) apart += d[2] * d[2];
    return t->p.at[e] / (1 + apart);
}

static inline void pull_rows(const tsne *t, real pull, real push, piece rows, const size_t dims)
{
    for (size_t i = rows.first; i < rows.last; i++) {
        size_t e = t->p.start[i], end = t->p.start[i + 1];
        real u[3][LANES] = { { 0 } }, rest[3] = { 0 }, d[3];
        for (; e + LANES <= end; e += LANES)
            for (size_t l = 0; l < LANES; l++) {
                real pw = meet(d, t, i, e + l, dims);
                for (size_t f = 0; f < dims; f++) u[f][l] += pw * d[f];
            }
        for (; e < end; e++) {
            real pw = meet(d, t, i, e, dims);
            for (size_t f = 0; f < dims; f++) rest[f] += pw * d[f];
        }
        for (size_t f = 0; f < dims; f++) {
            real *g = mat_row(t->gradient, f) + i;
            *g = pull * lane_total(u[f], rest[f]) - push * *g;
        }
    }
}

KERNEL static void pull_in_plane(const tsne *t, real pull, real push, piece rows)
{
    pull_rows(t, pull, push, rows, 2);
}

KERNEL static void pull_in_space(const tsne *t, real pull, real push, piece rows)
{
    pull_rows(t, pull, push, rows, 3);
}

void tsne_gradient(tsne *t, double exaggeration)
{
    real pull = (real)(4 * exaggeration), push = (real)(4 / repel(t));
    size_t pieces = pieces_for(t->p.start[t->p.n]);
    #pragma omp parallel for schedule(dynamic) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece rows = piece_of(t->p.n, 1, pieces, i);
        if (t->y.rows == 2) pull_in_plane(t, pull, push, rows);
        else pull_in_space(t, pull, push, rows);
    }
}

/*
# The divergence

By the formula above, in double. An affinity that has faded to 0 costs
nothing.
*/
double tsne_divergence(tsne *t)
{
    size_t n = t->p.n;
    double C = log(repel(t)), total = 0;
    for (size_t i = 0; i < n; i++) {
        double row = 0;
        for (size_t e = t->p.start[i]; e < t->p.start[i + 1]; e++) {
            double p = (double)t->p.at[e], apart = 1;
            if (!(p > 0)) continue;
            for (size_t f = 0; f < t->y.rows; f++) {
                const real *y = mat_row(t->y, f);
                double d = (double)y[i] - (double)y[t->p.column[e]];
                apart += d * d;
            }
            row += p * log(p * apart);
            total += p;
        }
        C += row;
    }
    REQUIRE(fabs(total - 1) < 1e-4, "affinities add up to %.9g, not to 1", total);
    return C;
}

/*
# The descent

Gradient descent with momentum, and for each coordinate of each point a gain
(Jacobs 1988): a step whose gradient still points against the velocity, so
that the point goes on in its direction, adds 0.2 to the gain; any other multiplies
it by 0.8, down to 0.01.

$$ v \leftarrow m v - \eta\, \mathrm{gain} \cdot \frac{\partial C}{\partial y}, \qquad y \leftarrow y + v . $$

In the first 250 iterations P is exaggerated. Clusters then are tight and far
apart, and slip past each other while the map sorts itself out; the momentum
is m = 0.5, and 0.8 afterwards.
*/
static const double MOMENTUM[2] = { 0.5, 0.8 };
#define GAIN_MORE ((real)0.2)
#define GAIN_LESS ((real)0.8)
#define GAIN_LEAST ((real)0.01)

KERNEL static void descend(const tsne *t, real momentum, real rate, piece p)
{
    real *y = t->y.at, *velocity = t->velocity.at, *gain = t->gain.at;
    const real *gradient = t->gradient.at;
    for (size_t e = p.first; e < p.last; e++) {
        real on = gain[e] + GAIN_MORE, back = gain[e] * GAIN_LESS;
        real next = velocity[e] * gradient[e] < 0 ? on : back;
        gain[e] = next < GAIN_LEAST ? GAIN_LEAST : next;
        velocity[e] = momentum * velocity[e] - rate * gain[e] * gradient[e];
        y[e] += velocity[e];
    }
}

void tsne_step(tsne *t)
{
    bool early = t->iteration < t->how.exaggerated;
    tsne_gradient(t, early ? t->how.exaggeration : 1);
    size_t pieces = pieces_for(mat_size(t->y));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++)
        descend(t, (real)MOMENTUM[early ? 0 : 1], (real)t->how.rate,
                piece_of(mat_size(t->y), LANES, pieces, i));
    t->iteration++;
}

/*
# Where it begins

A map that starts as noise has to find the large arrangement of the clusters
by chance; one that starts from the principal components has it. Either is
tiny: while all points are near each other, all w are nearly 1, and everybody
can pass everybody.
*/
void tsne_start(mat y, mat x, arena *scratch)
{
    REQUIRE(y.rows == x.rows, "a start of %zu points for %zu", y.rows, x.rows);
    arena_mark mark = arena_save(scratch);
    pca p = pca_fit(x, y.cols, scratch);
    pca_transform(y, x, &p, scratch);
    double n = (double)x.rows, sd = sqrt(p.variance[0] * (n - 1) / n);
    for (size_t e = 0; e < mat_size(y); e++) y.at[e] *= (real)(sd > 0 ? 1e-4 / sd : 0);
    arena_release(scratch, mark);
}

static void transpose(mat to, mat from)
{
    for (size_t i = 0; i < from.rows; i++)
        for (size_t j = 0; j < from.cols; j++) mat_row(to, j)[i] = mat_row(from, i)[j];
}

/*
The rate follows the number of points (Belkina et al. 2019): a gradient is a
sum weighted by probabilities, of which each point has the n-th part.
*/
static tsne_settings settle(const tsne_settings *how, size_t n, size_t dims)
{
    tsne_settings s = *how;
    REQUIRE(dims == 2 || dims == 3, "a map of %zu dimensions; it has 2 or 3", dims);
    REQUIRE(dims == 2 || s.path != TSNE_INTERPOLATED, "no interpolation in %zu dimensions; take the "
            "exact path, or 2", dims);
    REQUIRE(s.rate >= 0 && s.exaggeration > 0, "learning rate %g and exaggeration %g; the one is "
            "0 or above, the other above 0", s.rate, s.exaggeration);
    if (s.rate == 0) s.rate = fmax((double)n / s.exaggeration / 4, 50);
    if (s.path == TSNE_AUTO)
        s.path = dims == 2 && n >= CROSSOVER ? TSNE_INTERPOLATED : TSNE_EXACT;
    return s;
}

static bool varies(mat y)
{
    for (size_t e = y.cols; e < mat_size(y); e++)
        if (y.at[e] != y.at[e % y.cols]) return true;
    return false;
}

tsne *tsne_new(mat x, mat start, const tsne_settings *how, arena *a)
{
    size_t n = x.rows, dims = start.cols;
    REQUIRE(start.rows == n, "a start of %zu points for %zu", start.rows, n);
    REQUIRE(mat_is_finite(start), "a start of which some coordinates are NaN or infinite");
    tsne *t = arena_take(a, 1, sizeof *t);
    *t = (tsne){ .how = settle(how, n, dims), .memory = a };
    REQUIRE(varies(start), "a start in which all points are in one place; they would never part");
    t->p = tsne_affinities(x, how->perplexity, how->neighbours, a);
    mat *state[] = { &t->y, &t->velocity, &t->gain, &t->gradient };
    for (size_t s = 0; s < sizeof state / sizeof *state; s++) *state[s] = arena_mat(a, dims, n);
    transpose(t->y, start);
    mat_fill(t->velocity, 0);
    mat_fill(t->gain, 1);
    mat_fill(t->gradient, 0);
    if (t->how.path == TSNE_INTERPOLATED) t->grid = tsne_grid_new();
    return t;
}

void tsne_free(tsne *t)
{
    if (!t) return;
    tsne_grid_free(t->grid);
    t->grid = NULL;
}

void tsne_map(mat y, const tsne *t)
{
    REQUIRE(y.rows == t->y.cols && y.cols == t->y.rows, "a map of %zu x %zu into %zu x %zu",
            t->y.cols, t->y.rows, y.rows, y.cols);
    transpose(y, t->y);
}
