/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Clusters against classes

*Letters:* n examples, k clusters or classes, whichever are more.
*/
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "learn/assignment.h"
#include "learn/clustering_external.h"

static size_t most(const int *group, size_t n)
{
    int largest = -1;
    for (size_t i = 0; i < n; i++) {
        REQUIRE(group[i] >= 0, "example %zu is in group %d", i, group[i]);
        if (group[i] > largest) largest = group[i];
    }
    return (size_t)largest + 1;
}

/*
# The contingency table

All that the external metrics look at: how many examples of each cluster are
in each class. We make it square, because accuracy matches one with the other;
a cluster or class that nobody is in is a row or column of zeros.
*/
typedef struct contingency {
    size_t k;
    double n;
    double *count;                 /* k x k: [cluster][label] */
    double *cluster, *label;       /* k: the sums of its rows and columns */
} contingency;

static contingency contingency_of(const int *cluster, const int *label, size_t n, arena *a)
{
    size_t clusters = most(cluster, n), labels = most(label, n);
    contingency t = { .k = clusters > labels ? clusters : labels, .n = (double)n };
    REQUIRE(n > 0, "a clustering of nothing");
    t.count = arena_take(a, t.k * t.k, sizeof *t.count);
    t.cluster = arena_take(a, t.k, sizeof *t.cluster);
    t.label = arena_take(a, t.k, sizeof *t.label);
    memset(t.count, 0, t.k * t.k * sizeof *t.count);
    memset(t.cluster, 0, t.k * sizeof *t.cluster);
    memset(t.label, 0, t.k * sizeof *t.label);
    for (size_t i = 0; i < n; i++) {
        t.count[(size_t)cluster[i] * t.k + (size_t)label[i]]++;
        t.cluster[cluster[i]]++;
        t.label[label[i]]++;
    }
    return t;
}

/*
# Accuracy

Clusters have no names. So we ask for the naming that is right most often,
each class naming one cluster only: the pairing of rows and columns of the
table with the largest sum (`assignment.c`). The last condition matters: to
let each cluster take the class of its majority is *purity*, which many tiny
clusters bring to 1.
*/
double clustering_accuracy(const int *cluster, const int *label, size_t n, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    contingency t = contingency_of(cluster, label, n, scratch);
    size_t *class_of = arena_take(scratch, t.k, sizeof *class_of);
    double hits = assignment_maximum(class_of, t.count, t.k, scratch);
    arena_release(scratch, mark);
    return hits / t.n;
}

/*
# Normalised mutual information

How many bits does the cluster of an example tell about its class?

$$ I = \sum_{i,j} p_{ij} \ln \frac{p_{ij}}{p_i\, q_j}, $$

at most the entropy of either. Dividing by the arithmetic mean of the two
entropies makes it 1 for clusters that are the classes. Two constants agree
perfectly although they have no entropy: that is 1 by convention.
*/
static double entropy(const double *count, size_t k, double n)
{
    double h = 0;
    for (size_t i = 0; i < k; i++)
        if (count[i] > 0) h -= count[i] / n * log(count[i] / n);
    return h;
}

double clustering_nmi(const int *cluster, const int *label, size_t n, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    contingency t = contingency_of(cluster, label, n, scratch);
    double information = 0;
    for (size_t i = 0; i < t.k; i++)
        for (size_t j = 0; j < t.k; j++) {
            double both = t.count[i * t.k + j];
            if (both > 0)
                information += both / t.n * log(both * t.n / (t.cluster[i] * t.label[j]));
        }
    double h = (entropy(t.cluster, t.k, t.n) + entropy(t.label, t.k, t.n)) / 2;
    arena_release(scratch, mark);
    if (h == 0) return 1;
    return information > DBL_EPSILON ? information / h : 0;
}

/*
# The adjusted Rand index

Of all pairs of examples: are the two together or apart in both divisions
alike? With T the pairs together in both, P those together in the clusters and
Q those in the classes, chance alone (the same group sizes, dealt out at
random) would bring $E = PQ / \binom{n}{2}$ of T. The index is what T has
beyond chance, as a share of the most it could have:

$$ \mathrm{ARI} = \frac{T - E}{\tfrac12 (P + Q) - E}. $$

Every count is a whole number and a double holds it exactly. Only when both
divisions are one group, or both are all singles, is the denominator 0; then
they are equal, and the index is 1.
*/
static double pairs(double count)
{
    return count * (count - 1) / 2;
}

double clustering_ari(const int *cluster, const int *label, size_t n, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    contingency t = contingency_of(cluster, label, n, scratch);
    double T = 0, P = 0, Q = 0;
    for (size_t e = 0; e < t.k * t.k; e++) T += pairs(t.count[e]);
    for (size_t i = 0; i < t.k; i++) {
        P += pairs(t.cluster[i]);
        Q += pairs(t.label[i]);
    }
    arena_release(scratch, mark);
    if (T == P && T == Q) return 1;
    double E = P * Q / pairs(t.n);
    return (T - E) / ((P + Q) / 2 - E);
}
