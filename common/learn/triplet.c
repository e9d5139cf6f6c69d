/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "learn/triplet.h"

/*
# The gradient of an active triplet

Where the maximum is not 0, with $a = x_i$ and its two partners p and n,

$$ \frac{\partial L}{\partial a} = 2 (n - p), \qquad
   \frac{\partial L}{\partial p} = 2 (p - a), \qquad
   \frac{\partial L}{\partial n} = 2 (a - n). $$

A row of x plays up to three roles in several triplets, so the gradient is
cleared and added to, in the order of the anchors.
*/
typedef struct triplets {
    const size_t *positive, *negative;
    bool *active;
} triplets;

static void triplet_backward(tape *t, node *y)
{
    const triplets *s = y->saved;
    mat x = y->in[0]->value, dx = node_grad(t, y->in[0]);
    real pull = 2 * y->grad.at[0];
    mat_fill(dx, 0);
    for (size_t i = 0; i < x.rows; i++) {
        if (!s->active[i]) continue;
        size_t p = s->positive[i], n = s->negative[i];
        for (size_t j = 0; j < x.cols; j++) {
            real ai = mat_row(x, i)[j], pi = mat_row(x, p)[j], ni = mat_row(x, n)[j];
            mat_row(dx, i)[j] += pull * (ni - pi);
            mat_row(dx, p)[j] += pull * (pi - ai);
            mat_row(dx, n)[j] += pull * (ai - ni);
        }
    }
}

static real squared_distance(mat x, size_t i, size_t k)
{
    real sum = 0;
    for (size_t j = 0; j < x.cols; j++) {
        real gap = mat_row(x, i)[j] - mat_row(x, k)[j];
        sum += gap * gap;
    }
    return sum;
}

node *triplet_loss(tape *t, node *x, const size_t *positive, const size_t *negative,
                   double margin)
{
    tape_whole(t, "the triplet loss");
    node *y = tape_operation(t, "triplet_loss", 1, 1, x, NULL, NULL, triplet_backward);
    triplets *s = y->saved = arena_take(tape_arena(t), 1, sizeof *s);
    *s = (triplets){ positive, negative, arena_take(tape_arena(t), x->value.rows, sizeof(bool)) };

    double sum = 0;
    for (size_t i = 0; i < x->value.rows; i++) {
        REQUIRE(positive[i] < x->value.rows && negative[i] < x->value.rows,
                "triplet %zu of %zu points: %zu, %zu", i, x->value.rows, positive[i], negative[i]);
        double violation = (double)(squared_distance(x->value, i, positive[i])
                                    - squared_distance(x->value, i, negative[i])) + margin;
        s->active[i] = !(violation <= 0);                /* NaN is one, too */
        if (s->active[i]) sum += violation;
    }
    y->value.at[0] = (real)sum;
    return y;
}

/*
# Drawing partners

We draw any other point until its class is right, where there is a right one.
*/
static size_t how_many(const int *labels, size_t b, int label)
{
    size_t same = 0;
    for (size_t k = 0; k < b; k++) same += labels[k] == label;
    return same;
}

void triplet_sample(size_t *positive, size_t *negative, gsl_rng *rng,
                    const int *labels, size_t b)
{
    for (size_t i = 0; i < b; i++) {
        size_t same = how_many(labels, b, labels[i]);
        REQUIRE(same < b, "all %zu points are of class %d; a triplet needs another", b, labels[i]);
        positive[i] = i;
        while (same > 1 && (positive[i] == i || labels[positive[i]] != labels[i]))
            positive[i] = gsl_rng_uniform_int(rng, b);
        do negative[i] = gsl_rng_uniform_int(rng, b);
        while (labels[negative[i]] == labels[i]);
    }
}
