/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "game.h"
#include "learn/entanglement.h"
#include "nn/losses.h"
#include "tape/arithmetic.h"

static node *judged(tape *t, const player *d, node *images)
{
    return d->apply(t, d->model, images, TRAINING);
}

/* As many numbers as D(x) has, all of this value. */
static mat all(tape *t, node *scores, real value)
{
    mat target = arena_mat(tape_arena(t), scores->value.rows, scores->value.cols);
    mat_fill(target, value);
    return target;
}

/*
# Vanilla

A label and a score: binary cross-entropy.
*/
static node *taken_for(tape *t, node *scores, real label)
{
    return binary_cross_entropy(t, scores, all(t, scores, label));
}

static node *vanilla_discriminator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    (void)T;
    return add(t, taken_for(t, judged(t, d, x), 1), taken_for(t, judged(t, d, made), 0));
}

static node *vanilla_generator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    (void)x, (void)T;
    return taken_for(t, judged(t, d, made), 1);
}

/*
# Least squares
*/
static node *far_from(tape *t, node *scores, real label)
{
    return scale(t, mean_all(t, row_distances(t, scores, tape_input(t, all(t, scores, label)))), .5);
}

static node *squares_discriminator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    (void)T;
    return add(t, far_from(t, judged(t, d, x), 1), far_from(t, judged(t, d, made), 0));
}

static node *squares_generator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    (void)x, (void)T;
    return far_from(t, judged(t, d, made), 1);
}

/*
# Wasserstein
*/
static node *wasserstein_discriminator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    (void)T;
    return add(t, mean_all(t, judged(t, d, made)), scale(t, mean_all(t, judged(t, d, x)), -1));
}

static node *wasserstein_generator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    (void)x, (void)T;
    return scale(t, mean_all(t, judged(t, d, made)), -1);
}

/*
# Entanglement

Real images are class 0, synthetic ones class 1.
*/
static node *shown(tape *t, const player *d, node *x, node *made)
{
    return concat_rows(t, judged(t, d, x), judged(t, d, made));
}

static node *entanglement_of(tape *t, node *both, snnl_temperature *T)
{
    size_t n = both->value.rows;
    int *labels = arena_take(tape_arena(t), n, sizeof *labels);
    for (size_t i = 0; i < n; i++) labels[i] = 2 * i >= n;
    return snnl_learning_temperature(t, both, labels, T, SQUARED_EUCLIDEAN);
}

static node *entangled_discriminator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    return entanglement_of(t, shown(t, d, x, made), T);
}

static node *entangled_generator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    return scale(t, entangled_discriminator(t, d, x, made, T), -1);
}

/* A quarter of the mean distance: if all real images are one point of the space and all synthetic ones another, at squared
   distance d, the mean is d / 2, and a foreign neighbour still weighs exp(-8). */
static node *followed_discriminator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    node *both = shown(t, d, x, made);
    T->value = (real)(4 / mean_distance(both->value, SQUARED_EUCLIDEAN));
    return entanglement_of(t, both, T);
}

static node *followed_generator(tape *t, const player *d, node *x, node *made, snnl_temperature *T)
{
    return scale(t, followed_discriminator(t, d, x, made, T), -1);
}

/*
# The table
*/
const game game_vanilla = { "vanilla", vanilla_discriminator, vanilla_generator, 2e-4, .5, .999, 0, 1, NO_TEMPERATURE };
const game game_least_squares = { "least squares", squares_discriminator, squares_generator, 2e-4, .5, .999, 0, 1, NO_TEMPERATURE };
const game game_wasserstein = { "Wasserstein", wasserstein_discriminator, wasserstein_generator, 5e-5, 0, .99, .01, 5, NO_TEMPERATURE };
const game entanglement_learned = { "T is learned", entangled_discriminator, entangled_generator, 2e-4, .5, .999, 0, 1, LEARNED };
const game entanglement_stays = { "T stays", entangled_discriminator, entangled_generator, 2e-4, .5, .999, 0, 1, STAYS };
const game entanglement_falls = { "T falls", entangled_discriminator, entangled_generator, 2e-4, .5, .999, 0, 1, FALLS };
const game entanglement_follows = { "T follows", followed_discriminator, followed_generator, 2e-4, .5, .999, 0, 1, FOLLOWS };
