/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sort.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/threads.h"
#include "smoothness.h"

/*
# Distances

From differences, not from products: the root of a small number that is left when large ones cancel
would be wrong in its fourth digit.
*/
static void distances(double *far, mat f)
{
    size_t b = f.rows;
    for (size_t i = 0; i < b; i++) {
        far[i * b + i] = INFINITY;                      /* nobody is a neighbour of itself */
        for (size_t j = 0; j < i; j++) {
            double sum = 0;
            for (size_t c = 0; c < f.cols; c++) {
                double gap = (double)mat_row(f, i)[c] - (double)mat_row(f, j)[c];
                sum += gap * gap;
            }
            far[i * b + j] = far[j * b + i] = sqrt(sum);
        }
    }
}

/*
# The graph

`keeps` has a 1 for every ordered pair that is an edge.
*/
static void choose_neighbours(unsigned char *keeps, const double *far, size_t b, const similarity *how, arena *scratch)
{
    if (how->k == 0 || how->k >= b - 1) {
        memset(keeps, 1, b * b);
        return;
    }
    size_t *nearest = arena_take(scratch, how->k, sizeof *nearest);
    memset(keeps, 0, b * b);
    for (size_t i = 0; i < b; i++) {
        gsl_sort_smallest_index(nearest, how->k, far + i * b, 1, b);
        for (size_t r = 0; r < how->k; r++) {
            keeps[i * b + nearest[r]] = 1;
            if (how->edges == EITHER) keeps[nearest[r] * b + i] = 1;
        }
    }
}

/*
# The loss, and how hard each pair pushes

The pair {i, j} stands in the sum once for each direction that is an edge, $n_{ij}$ times 0, 1 or 2. With
the divisor Z of the reduction,

$$ L = \frac1Z \sum_{i < j} n_{ij} w_{ij}, \qquad
   \frac{\partial L}{\partial f_i} = \sum_j P_{ij} (f_i - f_j), \qquad
   P_{ij} = -\frac{\alpha}{Z} \cdot \frac{n_{ij} w_{ij}}{|f_i - f_j|}, $$

and P is symmetric. For the squared distance the last quotient is $2 n_{ij} w_{ij}$. `push` holds distances first,
then P.
*/
static double weight_and_push(double *push, double far, double alpha, bool squared)
{
    double w = exp(-alpha * (squared ? far * far : far));
    if (squared) *push = -2 * alpha * w;
    else *push = far > 0 ? -alpha * w / far : 0;
    return w;
}

typedef struct edges { double weight, pairs, count; } edges;

static edges collect(double *push, const unsigned char *keeps, const int *labels, size_t b, const similarity *how)
{
    edges sum = { 0 };
    for (size_t i = 0; i < b; i++) {
        push[i * b + i] = 0;
        for (size_t j = 0; j < i; j++) {
            double *here = &push[i * b + j], *there = &push[j * b + i];
            int n = keeps[i * b + j] + keeps[j * b + i];
            if (labels[i] == labels[j]) {
                *here = *there = 0;
                continue;
            }
            sum.pairs += 2;
            sum.count += n;
            sum.weight += n * weight_and_push(here, *here, how->alpha, how->squared);
            *here *= n;
            *there = *here;
        }
    }
    return sum;
}

static double divisor(edges sum, size_t b, reduction take)
{
    switch (take) {
    case SUM: return 1;
    case MEAN: return fmax(sum.pairs, 1);
    case MEAN_VERTEX: return (double)b;
    case MEAN_EDGE: break;
    }
    return fmax(sum.count, 1);
}

/*
# The operation
*/
KERNEL static void push_away(real *df, mat f, size_t i, const double *push, double scale)
{
    const real *fi = mat_row(f, i);
    for (size_t c = 0; c < f.cols; c++) df[c] = 0;
    for (size_t j = 0; j < f.rows; j++) {
        real p = (real)(push[j] * scale);
        const real *fj = mat_row(f, j);
        for (size_t c = 0; c < f.cols; c++) df[c] += p * (fi[c] - fj[c]);
    }
}

typedef struct pushes { double *push, z; } pushes;

static void smoothness_backward(tape *t, node *y)
{
    const pushes *s = y->saved;
    mat f = y->in[0]->value, df = node_grad(t, y->in[0]);
    for (size_t i = 0; i < f.rows; i++)
        push_away(mat_row(df, i), f, i, s->push + i * f.rows, (double)y->grad.at[0] / s->z);
}

node *smoothness(tape *t, node *f, const int *labels, const similarity *how)
{
    size_t b = f->value.rows;
    REQUIRE(b >= 2, "a batch of %zu has no pairs", b);
    REQUIRE(how->alpha > 0, "alpha %g, not above 0", how->alpha);
    node *y = tape_operation(t, "smoothness", 1, 1, f, NULL, NULL, smoothness_backward);
    pushes *s = y->saved = arena_take(tape_arena(t), 1, sizeof *s);
    s->push = arena_take(tape_arena(t), b * b, sizeof *s->push);
    unsigned char *keeps = arena_take(tape_arena(t), b * b, 1);
    distances(s->push, f->value);
    choose_neighbours(keeps, s->push, b, how, tape_arena(t));
    edges sum = collect(s->push, keeps, labels, b, how);
    s->z = divisor(sum, b, how->take);
    y->value.at[0] = (real)(sum.weight / s->z);
    return y;
}
