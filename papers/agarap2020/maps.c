/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "learn/clustering_internal.h"
#include "learn/knn_classifier.h"
#include "learn/tsne.h"
#include "maps.h"
#include "run/load.h"
#include "training.h"

static struct { size_t labelled, points, shown, iterations; double perplexity, rate; } how;
enum { DIMS = 3, MOST_CLASSES = 10 };

/*
# What is mapped

The test examples of at most ten classes, numbered anew from 0.
*/
typedef struct chosen {
    examples of;
    size_t classes, class_of[MOST_CLASSES];
} chosen;

static chosen choose(const dataset *set, gsl_rng *rng, arena *memory)
{
    chosen c = { .classes = set->classes < MOST_CLASSES ? set->classes : MOST_CLASSES };
    batches_choose(c.class_of, c.classes, set->classes, rng);
    examples all = set->test;
    size_t n = 0, *index = arena_take(memory, all.x.rows, sizeof *index);
    int *number = arena_take(memory, set->classes, sizeof *number);
    for (size_t k = 0; k < set->classes; k++) number[k] = -1;
    for (size_t k = 0; k < c.classes; k++) number[c.class_of[k]] = (int)k;
    for (size_t i = 0; i < all.x.rows; i++)
        if (number[all.y[i]] >= 0) index[n++] = i;
    c.of = examples_gather(all, index, n, memory);
    for (size_t i = 0; i < n; i++) c.of.y[i] = number[c.of.y[i]];
    if (how.points < n) c.of = examples_subset(c.of, how.points, rng, memory);
    return c;
}

/*
# A map that survives

t-SNE's state lies where the checkpoint looks for it: the positions, their
velocities, the gains, and how many iterations were done.
*/
typedef struct mapping {
    trainer m;
    mat y, velocity, gain;         /* 3 x n */
    struct { size_t map, iteration; } at;
} mapping;

static void mapping_init(mapping *d, run *r, const dataset *set, size_t n, const variant *v, arena *memory)
{
    *d = (mapping){ .y = arena_mat(memory, DIMS, n), .velocity = arena_mat(memory, DIMS, n),
                    .gain = arena_mat(memory, DIMS, n) };
    trainer_init(&d->m, r, set->train.x.cols, how.labelled, memory);
    d->m.steps = training_steps(v, how.labelled) + 2 * how.iterations;
    checkpoint *c = run_checkpoint(r);
    checkpoint_keep_mat(c, "positions", d->y);
    checkpoint_keep_mat(c, "velocities", d->velocity);
    checkpoint_keep_mat(c, "gains", d->gain);
    checkpoint_keep(c, "map", &d->at, sizeof d->at);
}

/* `t` works from now on in the mapping's memory, and goes on from what lies there. */
static void continue_in(mapping *d, tsne *t)
{
    if (d->at.iteration == 0) {
        mat_copy(d->y, t->y);
        mat_copy(d->velocity, t->velocity);
        mat_copy(d->gain, t->gain);
    }
    t->y = d->y;
    t->velocity = d->velocity;
    t->gain = d->gain;
    t->iteration = d->at.iteration;
}

/* The same start for both maps. */
static mat random_start(run *r, size_t n, arena *memory)
{
    mat start = arena_mat(memory, n, DIMS);
    gsl_rng *rng = rng_new(run_seed(r), "map");
    rng_normal(rng, start, 1e-4);
    gsl_rng_free(rng);
    return start;
}

/*
# Measures and points
*/
static void measure(run *r, const char *name, const char *where, mat x, const int *y,
                    arena *scratch)
{
    char series[64];
    snprintf(series, sizeof series, "%s %s", name, where);
    run_row(r, series, RUN_NO_X, "SIL", clustering_silhouette(x, y, scratch));
    run_row(r, series, RUN_NO_X, "knn_accuracy", knn_leave_one_out(x, y, scratch));
}

/* Three decimals are more than a picture shows. */
static void record_points(run *r, const char *name, mat y, const int *class, arena *scratch)
{
    size_t count = how.shown < y.rows ? how.shown : y.rows;
    size_t *index = arena_take(scratch, count, sizeof *index);
    gsl_rng *rng = rng_new(run_seed(r), "shown");
    batches_choose(index, count, y.rows, rng);
    gsl_rng_free(rng);
    for (size_t i = 0; i < count; i++) {
        static const char *const axis[DIMS] = { "x1", "x2", "x3" };
        char series[64];
        snprintf(series, sizeof series, "point %s %zu", name, i);
        for (size_t k = 0; k < DIMS; k++)
            run_row(r, series, RUN_NO_X, axis[k],
                    round(1e3 * (double)mat_row(y, index[i])[k]) / 1e3);
        run_row(r, series, RUN_NO_X, "class", class[index[i]]);
    }
}

/*
# One map
*/
static void map_rows(mapping *d, const char *name, mat x, const int *class, arena *memory)
{
    run *r = d->m.r;
    arena_mark mark = arena_save(memory);
    tsne_settings settings = tsne_defaults;
    settings.perplexity = how.perplexity;
    settings.rate = how.rate;
    settings.iterations = how.iterations;
    tsne *t = tsne_new(x, random_start(r, x.rows, memory), &settings, memory);
    continue_in(d, t);
    while (t->iteration < settings.iterations) {
        tsne_step(t);
        d->at.iteration = t->iteration;
        run_tick(r, d->m.at.done + d->at.map * how.iterations + t->iteration, d->m.steps, name);
    }
    mat y = arena_mat(memory, x.rows, DIMS);
    tsne_map(y, t);
    run_row(r, name, RUN_NO_X, "divergence", tsne_divergence(t));
    measure(r, name, "space", x, class, memory);
    measure(r, name, "map", y, class, memory);
    record_points(r, name, y, class, memory);
    tsne_free(t);
    arena_release(memory, mark);
}

static void rows(run *r, const dataset *set, arena *memory)
{
    const variant *v = variant_named("SNNL-7");
    gsl_rng *pick = rng_new(run_seed(r), "labelled"), *classes = rng_new(run_seed(r), "classes");
    examples from = examples_subset(set->train, how.labelled, pick, memory);
    chosen c = choose(set, classes, memory);
    gsl_rng_free(pick);
    gsl_rng_free(classes);

    mapping d;
    mapping_init(&d, r, set, c.of.x.rows, v, memory);
    if (!run_resume(r))
        for (size_t k = 0; k < c.classes; k++)
            run_row(r, "classes", (double)k, "class", (double)c.class_of[k]);
    train(&d.m, v, from);
    mat z = arena_mat(memory, c.of.x.rows, the_protocol.code);
    autoencoder_encode(z, c.of.x, &d.m.ae, d.m.t);
    for (; d.at.map < 2; d.at.map++, d.at.iteration = 0)
        map_rows(&d, d.at.map == 0 ? "original" : "latent", d.at.map == 0 ? c.of.x : z, c.of.y, memory);
    trainer_free(&d.m);
}

int maps(int argc, char **argv, const maps_program *p)
{
    run_setting settings[] = {
        { "labelled", &how.labelled, NULL, { 0 }, "labelled examples", "III.D" },
        { "points", &how.points, NULL, { 200, 2000, 10000, 10000 }, "test examples in a map, at most", "III.F" },
        { "shown", &how.shown, NULL, { 150, 1500, 1500, 1500 }, "of them in the result, for the picture", "ours" },
        { "tsne-iterations", &how.iterations, NULL, { 50, 500, 5000, 5000 }, "of t-SNE", "Figure 2" },
        { "perplexity", NULL, &how.perplexity, { 10, 50, 50, 50 }, "of t-SNE", "Figure 2" },
        { "tsne-rate", NULL, &how.rate, { 100, 100, 10, 10 }, "learning rate of t-SNE", "Figure 2" },
        { 0 }
    };
    memcpy(settings[0].value, p->labelled, sizeof p->labelled);
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "agarap2020", .experiment = p->experiment, .purpose = p->purpose,
        .settings = { settings, protocol_settings } });
    arena *memory = arena_new();
    dataset set = run_load(r, p->set, p->stand_in, memory);
    rows(r, &set, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
