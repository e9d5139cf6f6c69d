/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# How a sample is made

*Letters:* n vectors in batches of b, of d features.
*/
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "data/batches.h"
#include "learn/distance.h"
#include "learn/knn.h"
#include "sample.h"

/* Angles are those between rows of length 1, whatever the unit of the vectors. */
static void unit_rows(mat x, const char *path)
{
    for (size_t i = 0; i < x.rows; i++) {
        double length = sqrt(length_squared(mat_row(x, i), x.cols));
        if (!(length > 0))
            die(STATUS_FAILED, "%s: row %zu (counted from 0) is all 0 and has no angle; leave it out, or "
                "take squared Euclidean distances", path, i);
        for (size_t j = 0; j < x.cols; j++)
            mat_row(x, i)[j] = (real)((double)mat_row(x, i)[j] / length);
    }
}

static void into_batches(sample *s, size_t b, unsigned long seed, arena *memory)
{
    mat x = s->e.x;
    size_t n = x.rows / b * b, *order = arena_take(memory, x.rows, sizeof *order);
    int *y = arena_take(memory, n, sizeof *y);
    gsl_rng *rng = rng_new(seed, "batches");
    rng_permutation(rng, order, x.rows);
    gsl_rng_free(rng);
    s->e.x = arena_mat(memory, n, x.cols);
    batches_gather(s->e.x, y, x, s->y, order);
    s->y = y;
}

static void find_neighbours(sample *s, arena *memory)
{
    size_t n = s->e.x.rows, b = s->e.batch, *neighbour = arena_take(memory, b, sizeof *neighbour);
    s->agrees = arena_take(memory, n, sizeof *s->agrees);
    s->nearest = arena_take(memory, n, sizeof *s->nearest);
    for (size_t first = 0; first < n; first += b) {
        mat x = mat_rows(s->e.x, first, b);
        const int *y = s->y + first;
        knn_search(neighbour, s->nearest + first, x, x, 1, WITHOUT_SELF, memory);
        for (size_t i = 0; i < b; i++) s->agrees[first + i] = y[i] == y[neighbour[i]];
    }
    for (size_t i = 0; i < n && s->e.kind == COSINE; i++) s->nearest[i] /= 2;
}

static size_t count_alone(const sample *s, size_t classes, arena *scratch)
{
    size_t alone = 0, b = s->e.batch, *members = arena_take(scratch, classes, sizeof *members);
    for (size_t first = 0; first < s->e.x.rows; first += b) {
        const int *y = s->y + first;
        memset(members, 0, classes * sizeof *members);
        for (size_t i = 0; i < b; i++) members[y[i]]++;
        for (size_t i = 0; i < b; i++) alone += members[y[i]] == 1;
    }
    return alone;
}

sample sample_new(own in, const char *path, size_t batch, distance kind, unsigned long seed,
                  arena *memory)
{
    size_t n = in.x.rows, b = batch > 0 ? batch : n;
    if (n < 2) die(STATUS_FAILED, "%s: a single vector, expected 2 or more", path);
    if (b > n)
        die(STATUS_FAILED, "%s: a batch of %zu of %zu vectors: expected no more than there are", path, b, n);
    sample s = { .e = { in.x, b, kind, tape_new() }, .of = in.of, .y = in.of.y };
    if (kind == COSINE) unit_rows(in.x, path);
    if (b < n) into_batches(&s, b, seed, memory);
    find_neighbours(&s, memory);
    s.alone = count_alone(&s, in.of.classes, memory);
    return s;
}

/*
# The range

The usual distance is the median of 10,000 pairs, which a stream draws that is the same for
all seeds.
*/
static double median_above_zero(double *value, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (value[i] > 0) value[kept++] = value[i];
    if (kept == 0) return 0;
    gsl_sort(value, 1, kept);
    return gsl_stats_median_from_sorted_data(value, 1, kept);
}

static double usual_distance(const sample *s, arena *scratch)
{
    enum { PAIRS = 10000 };
    size_t n = s->e.x.rows, b = s->e.batch, d = s->e.x.cols;
    double *value = arena_take(scratch, PAIRS, sizeof *value);
    gsl_rng *rng = rng_new(1, "pairs");
    for (size_t k = 0; k < PAIRS; k++) {
        size_t i = gsl_rng_uniform_int(rng, n), first = i / b * b;
        size_t j = first + (i - first + 1 + gsl_rng_uniform_int(rng, b - 1)) % b;
        value[k] = distance_squared(mat_row(s->e.x, i), mat_row(s->e.x, j), d);
        if (s->e.kind == COSINE) value[k] /= 2;
    }
    gsl_rng_free(rng);
    return median_above_zero(value, PAIRS);
}

void sample_range(double *from, double *to, const sample *s, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    size_t n = s->e.x.rows;
    double usual = usual_distance(s, scratch), *near = arena_take(scratch, n, sizeof *near);
    memcpy(near, s->nearest, n * sizeof *near);
    double nearest = median_above_zero(near, n);
    arena_release(scratch, mark);
    if (nearest == 0) nearest = usual;
    usual = fmax(usual, nearest);
    if (usual == 0) usual = nearest = 1;                 /* all vectors are alike */
    *from = pow(10, floor(log10(fmax(nearest / 30, usual / 1e4))));
    *to = pow(10, ceil(log10(3 * usual)));
}
