/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/label.h"
#include "learn/distance.h"
#include "learn/dknn.h"
#include "learn/knn.h"

/*
# Representations of length 1

All layers of some rows: layer[l] has room for them, and gets as many.
*/
enum { BLOCK = 2048 };

static void to_length_one(mat x)
{
    #pragma omp parallel for schedule(static)
    for (size_t i = 0; i < x.rows; i++) {
        real *row = mat_row(x, i);
        double norm = sqrt(length_squared(row, x.cols));
        for (size_t j = 0; j < x.cols && norm > 0; j++) row[j] = (real)((double)row[j] / norm);
    }
}

static void represent(mat *layer, const dknn *d, mat x)
{
    for (size_t l = 0; l < d->layers; l++) layer[l].rows = x.rows;
    d->represent(layer, d->model, x);
    for (size_t l = 0; l < d->layers; l++) to_length_one(layer[l]);
}

static mat *room_for(size_t rows, const dknn *d, arena *scratch)
{
    mat *layer = arena_take(scratch, d->layers, sizeof *layer);
    for (size_t l = 0; l < d->layers; l++) layer[l] = arena_mat(scratch, rows, d->width[l]);
    return layer;
}

/* All of x, block by block. */
static mat *represent_all(mat x, const dknn *d, arena *scratch)
{
    mat *all = room_for(x.rows, d, scratch), *part = arena_take(scratch, d->layers, sizeof *part);
    for (size_t first = 0; first < x.rows; first += BLOCK) {
        for (size_t l = 0; l < d->layers; l++) part[l] = mat_block(all[l], first, BLOCK);
        represent(part, d, mat_block(x, first, BLOCK));
    }
    return all;
}

/*
# Votes

A block of the training set goes through the network once, and each of its layers meets that layer of all
inputs.
*/
void dknn_votes(size_t *votes, mat x, const dknn *d, arena *scratch)
{
    REQUIRE(d->k > 0 && d->k <= d->x.rows, "%zu neighbours among %zu examples", d->k, d->x.rows);
    labels_require(d->y, d->x.rows, d->classes);
    arena_mark mark = arena_save(scratch);
    size_t a_layer = x.rows * d->k;
    size_t *near = arena_take(scratch, d->layers * a_layer, sizeof *near);
    double *far = arena_take(scratch, d->layers * a_layer, sizeof *far);
    mat *query = represent_all(x, d, scratch), *point = room_for(mat_block(d->x, 0, BLOCK).rows, d, scratch);
    for (size_t first = 0; first < d->x.rows; first += BLOCK) {
        represent(point, d, mat_block(d->x, first, BLOCK));
        for (size_t l = 0; l < d->layers; l++)
            knn_search_on(near + l * a_layer, far + l * a_layer, query[l], point[l], first, d->k, scratch);
    }

    memset(votes, 0, x.rows * d->classes * sizeof *votes);
    for (size_t l = 0; l < d->layers; l++)
        for (size_t i = 0; i < a_layer; i++)
            votes[i / d->k * d->classes + (size_t)d->y[near[l * a_layer + i]]]++;
    arena_release(scratch, mark);
}

/*
# Calibration
*/
static int by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

void dknn_calibrate(dknn_calibration *c, const dknn *d, const size_t *votes, const int *y, size_t n,
                    dknn_details details, arena *memory)
{
    labels_require(y, n, d->classes);
    size_t most = d->layers * d->k, *usual = arena_take(memory, n, sizeof *usual), perfect = 0;
    for (size_t i = 0; i < n; i++) usual[i] = most - votes[i * d->classes + (size_t)y[i]];
    qsort(usual, n, sizeof *usual, by_size);
    if (details & DROPS_PERFECT)
        while (perfect < n && usual[perfect] == 0) perfect++;
    *c = (dknn_calibration){ details, d->classes, most, n - perfect, usual + perfect };
}

/* How many of the held-out examples have less than a. */
static size_t below(const dknn_calibration *c, size_t a)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->usual[middle] < a) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Where none of the held-out examples count, only what has no dissenting neighbour is credible. */
static double p_value(const dknn_calibration *c, size_t a)
{
    if (c->n == 0) return a == 0;
    return (double)(c->n - below(c, a)) / (double)c->n;
}

dknn_answer dknn_predict(const dknn_calibration *c, const size_t *votes)
{
    size_t best = 0;
    double most = p_value(c, c->most - votes[0]), second = 0;
    for (size_t j = 1; j < c->classes; j++) {
        double p = p_value(c, c->most - votes[j]);
        bool first = p > most || (p == most && !(c->details & FIRST_OF_EQUALS) && votes[j] > votes[best]);
        second = fmax(second, first ? most : p);
        if (!first) continue;
        most = p;
        best = j;
    }
    return (dknn_answer){ (int)best, most, 1 - second };
}
