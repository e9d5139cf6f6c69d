/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/error.h"
#include "credibility.h"
#include "learn/correlation.h"
#include "run/load.h"

static struct { size_t neighbours, searched, held_out, attacked, epsilons, attack_steps; double attack_step; } set;

const run_setting credibility_settings[] = {
    { "neighbours", &set.neighbours, NULL, { 5, 75, 75, 75 }, "in each layer", "the authors' code" },
    { "searched", &set.searched, NULL, { 1000, 10000, 100000, 100000 }, "training images at most, that neighbours are among", "ours" },
    { "calibrating", &set.held_out, NULL, { 100, 750, 750, 750 }, "test images that calibrate", "the authors' code" },
    { "attacked", &set.attacked, NULL, { 40, 100, 500, 500 }, "test images, none of them held out", "ours" },
    { "epsilons", &set.epsilons, NULL, { 2, 6, 11, 11 }, "from .01 to .5", "Figure 9; how many is ours" },
    { "attack-steps", &set.attack_steps, NULL, { 3, 50, 100, 1000 }, "of the iterative attack", "Figure 9" },
    { "attack-step", NULL, &set.attack_step, { .01, .01, .01, .01 }, "how far each of them goes", "Figure 9" },
    { 0 }
};

/* Evenly from 0 to .5, but .01 in the place of 0, which would be no attack. */
static double epsilon_of(size_t i)
{
    return i == 0 ? .01 : .5 * (double)i / (double)(set.epsilons - 1);
}

/*
# Images
*/
attack_split attack_split_new(const run *r, const dataset *data, arena *memory)
{
    size_t n = data->test.x.rows;
    if (set.held_out + set.attacked > n)
        die(STATUS_USAGE, "--calibrating %zu and --attacked %zu of %zu test images: expected no more than there are",
            set.held_out, set.attacked, n);
    examples train = run_part(r, data->train, "searched", set.searched, memory);
    if (set.neighbours > train.x.rows)
        die(STATUS_USAGE, "--neighbours %zu among %zu examples: expected no more than there are", set.neighbours,
            train.x.rows);
    const size_t *order = run_order(r, "attacked", n, memory);
    return (attack_split){ train, examples_gather(data->test, order, set.held_out, memory),
                           examples_gather(data->test, order + set.held_out, set.attacked, memory), data->classes };
}

/*
# A network in layers

Its hidden layers as they are in view, and the scores, in blocks that fit into a cache.
*/
enum { PASS = 250 };
typedef struct layered { network *net; tape *t; size_t width[MOST_LAYERS + 1]; } layered;

static void represent(mat *layer, void *model, mat x)
{
    const layered *v = model;
    for (size_t first = 0; first < x.rows; first += PASS) {
        outputs h = network_layers(v->net, v->t, mat_block(x, first, PASS));
        for (size_t l = 0; l < h.layers; l++) mat_copy(mat_block(layer[l], first, PASS), h.layer[l]->value);
        tape_reset(v->t);
    }
}

static dknn neighbours_of(layered *v, const attack_split *of)
{
    outputs h = network_layers(v->net, v->t, mat_rows(of->attacked.x, 0, 1));
    for (size_t l = 0; l < h.layers; l++) v->width[l] = h.layer[l]->value.cols;
    tape_reset(v->t);
    return (dknn){ h.layers, v->width, represent, v, of->train.x, of->train.y, of->classes, set.neighbours };
}

/*
# Attacks

All epsilons, one after the other: image i at epsilon e is row e * attacked + i.
*/
static void make_images(credibility *c, const curve *now, size_t curves)
{
    const curve *last = c->made_for;
    if (last && last->source == now->source && last->of == now->of && last->iterative == now->iterative) return;
    mat x = now->of->attacked.x;
    arena_reset(c->of_images);
    int *y = arena_take(c->of_images, x.rows, sizeof *y);
    network_answers(y, now->source, c->t, x);
    c->images = arena_mat(c->of_images, set.epsilons * x.rows, x.cols);
    for (size_t e = 0; e < set.epsilons; e++) {
        double epsilon = epsilon_of(e);
        attack how = now->iterative ? attack_bim(epsilon, set.attack_step, set.attack_steps) : attack_fgsm(epsilon);
        network_attack(mat_rows(c->images, e * x.rows, x.rows), now->source, x, y, how, NULL, c->t);
        run_tick(c->r, c->at * set.epsilons + e, curves * set.epsilons, now->series);
    }
    c->made_for = now;
}

/*
# A point

Accuracy and mean credibility on images that have these labels.
*/
typedef struct point { double accuracy, credibility; } point;

static point judge(const dknn_calibration *calibration, const size_t *votes, const int *y, size_t n)
{
    point p = { 0 };
    for (size_t i = 0; i < n; i++) {
        dknn_answer answer = dknn_predict(calibration, votes + i * calibration->classes);
        p.accuracy += answer.label == y[i];
        p.credibility += answer.credibility;
    }
    return (point){ p.accuracy / (double)n, p.credibility / (double)n };
}

static void point_rows(const credibility *c, const char *series, double x, point p)
{
    run_row(c->r, series, x, "accuracy", p.accuracy);
    run_row(c->r, series, x, "credibility", p.credibility);
}

/* The calibration of this network by these images: asked once in a run. */
static const dknn_calibration *calibration_for(credibility *c, const curve *now, const dknn *d)
{
    size_t v = 0;
    while (v < MOST_VICTIMS && c->known[v].net && (c->known[v].net != now->victim || c->known[v].of != now->of)) v++;
    REQUIRE(v < MOST_VICTIMS, "more than %d networks", MOST_VICTIMS);
    if (!c->known[v].net) {
        examples held = now->of->held_out;
        size_t *votes = arena_take(c->scratch, held.x.rows * d->classes, sizeof *votes);
        dknn_votes(votes, held.x, d, c->scratch);
        dknn_calibrate(&c->known[v].calibration, d, votes, held.y, held.x.rows, AS_PUBLISHED, c->memory);
        c->known[v].net = now->victim;
        c->known[v].of = now->of;
    }
    return &c->known[v].calibration;
}

/*
# A curve
*/
static void curve_rows(const credibility *c, const curve *now, const dknn_calibration *calibration, const size_t *votes)
{
    size_t n = set.epsilons, shown = now->of->attacked.x.rows;
    double *accuracy = arena_take(c->scratch, n, sizeof *accuracy), gap = 0;
    double *credible = arena_take(c->scratch, n, sizeof *credible);
    for (size_t e = 0; e < n; e++) {
        point p = judge(calibration, votes + e * shown * calibration->classes, now->of->attacked.y, shown);
        point_rows(c, now->series, epsilon_of(e), p);
        accuracy[e] = p.accuracy;
        credible[e] = p.credibility;
        gap += fabs(p.credibility - p.accuracy) / (double)n;
    }
    run_row(c->r, now->series, RUN_NO_X, "mean_accuracy", gsl_stats_mean(accuracy, 1, n));
    run_row(c->r, now->series, RUN_NO_X, "gap", gap);
    run_row(c->r, now->series, RUN_NO_X, "correlation", correlation(accuracy, credible, n));
}

static void clean_rows(credibility *c, const curve *now, const dknn *d, const dknn_calibration *calibration)
{
    examples of = now->of->attacked;
    size_t *votes = arena_take(c->scratch, of.x.rows * d->classes, sizeof *votes);
    dknn_votes(votes, of.x, d, c->scratch);
    point_rows(c, now->clean, RUN_NO_X, judge(calibration, votes, of.y, of.x.rows));
}

void credibility_measure(credibility *c, const curve *curves, size_t count)
{
    for (; c->at < count; c->at++) {
        const curve *now = &curves[c->at];
        layered v = { now->victim, c->t, { 0 } };
        dknn d = neighbours_of(&v, now->of);
        make_images(c, now, count);
        const dknn_calibration *calibration = calibration_for(c, now, &d);
        size_t *votes = arena_take(c->scratch, c->images.rows * d.classes, sizeof *votes);
        dknn_votes(votes, c->images, &d, c->scratch);
        if (now->clean) clean_rows(c, now, &d, calibration);
        curve_rows(c, now, calibration, votes);
        arena_reset(c->scratch);
    }
}

void credibility_init(credibility *c, run *r)
{
    *c = (credibility){ .r = r, .t = tape_new(), .memory = arena_new(), .scratch = arena_new(),
                        .of_images = arena_new() };
    checkpoint_keep(run_checkpoint(r), "curves", &c->at, sizeof c->at);
}

void credibility_free(credibility *c)
{
    tape_free(c->t);
    arena_free(c->memory);
    arena_free(c->scratch);
    arena_free(c->of_images);
}
