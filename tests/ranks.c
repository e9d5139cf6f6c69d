/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# One training, several processes

    ranks curve            a training, whose loss at each step the first rank prints
    ranks threads          whether MPI knows that there are any
    ranks refuse WHAT      puts what needs a whole batch on a tape that has a part of one

A convolution and a dense layer learn to tell apart images whose brightest row is their class. Batches of 50 examples
cannot be cut into equal parts by 3 or 4 ranks; the last of an epoch has 10.
*/
#if __has_include(<mpi/mpi.h>)
#include <mpi/mpi.h>
#endif
#include <gsl/gsl_test.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "data/batches.h"
#include "learn/snnl.h"
#include "learn/triplet.h"
#include "nn/batch_norm.h"
#include "nn/convolution.h"
#include "nn/dense.h"
#include "nn/dropout.h"
#include "nn/losses.h"
#include "nn/optimizer.h"
#include "nn/ranks.h"
#include "tape/arithmetic.h"

enum { EXAMPLES = 210, BATCH = 50, SIDE = 6, STEPS = 40 };
static arena *memory;
static gsl_rng *rng;
static tape *t;

static void draw(mat x, int *y)
{
    rng_uniform(rng, x, 0, 1);
    for (size_t i = 0; i < x.rows; i++) {
        y[i] = (int)(i % SIDE);
        for (size_t j = 0; j < SIDE; j++) mat_row(x, i)[(size_t)y[i] * SIDE + j] += (real)0.5;
    }
}

/*
# The curve
*/
typedef struct network {
    convolution_layer c;
    dense_layer d;
    parameter *parameters[4];
} network;

static void network_init(network *n)
{
    const convolution shape = { { SIDE, SIDE, 1 }, 8, 3, 1, 1 };
    n->c = convolution_layer_new(memory, "c", shape, WITH_BIAS, RELU);
    n->d = dense_layer_new(memory, "d", SIDE * SIDE * 8, SIDE, LINEAR);
    parameter *all[] = { &n->c.w, &n->c.b, &n->d.w, &n->d.b };
    memcpy(n->parameters, all, sizeof all);
    init_he(rng, n->c.w.value);
    init_he(rng, n->d.w.value);
}

/* All ranks have the same weights, to the bit. */
static void compare_weights(const ranks *all, const network *n)
{
    double sum = 0;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < mat_size(n->parameters[i]->value); j++) sum += (double)n->parameters[i]->value.at[j];
    double first = ranks_sum(all, all->index == 0 ? sum : 0);
    gsl_test(sum != first, "rank %d: its weights add up to %.17g, those of the first to %.17g", all->index, sum, first);
}

static double step(const ranks *all, network *n, mat x, const int *y, const size_t *index, size_t count)
{
    piece mine = ranks_rows(all, count);
    size_t rows = mine.last - mine.first;
    mat images = arena_mat(tape_arena(t), rows, x.cols);
    int *labels = arena_take(tape_arena(t), rows, sizeof *labels);
    batches_gather(images, labels, x, y, index + mine.first);
    node *scores = dense_layer_apply(t, &n->d, convolution_layer_apply(t, &n->c, tape_input(t, images)));
    node *part = scale(t, cross_entropy(t, scores, labels), ranks_share(all, count));
    tape_backward(t, part);
    ranks_add(all, n->parameters, 4);
    return ranks_sum(all, node_scalar(part));
}

static void curve(const ranks *all)
{
    network n;
    batches data;
    mat x = arena_mat(memory, EXAMPLES, SIDE * SIDE);
    int *y = arena_take(memory, EXAMPLES, sizeof *y);
    draw(x, y);
    network_init(&n);
    batches_init(&data, EXAMPLES, BATCH, KEEP_LAST, rng, memory);
    optimizer *o = optimizer_new(&adam, n.parameters, 4, ADAM_DEFAULTS);
    for (size_t i = 1; i <= STEPS; i++) {
        size_t count;
        const size_t *index = batches_next(&data, &count);
        double loss = step(all, &n, x, y, index, count);
        optimizer_step(o, 0.01);
        tape_reset(t);
        if (all->index == 0) printf("%zu\t%.17g\n", i, loss);
    }
    compare_weights(all, &n);
    optimizer_free(o);
}

/*
# What cannot be cut
*/
static void refuse(const char *what)
{
    int labels[] = { 0, 0, 1, 1 };
    size_t positive[] = { 1, 0, 3, 2 }, negative[] = { 2, 2, 0, 0 };
    real tau = 1;
    mat x = arena_mat(memory, 4, 3);
    rng_uniform(rng, x, 0, 1);
    batch_norm norm = batch_norm_new(memory, "norm", 3, LINEAR);
    batch_norm_start(&norm);
    tape_cut(t, true);
    node *in = tape_input(t, x);
    batch_norm_apply(t, &norm, in, INFERENCE);
    if (strcmp(what, "batch-norm") == 0) batch_norm_apply(t, &norm, in, TRAINING);
    if (strcmp(what, "snnl") == 0) snnl(t, in, labels, tape_input(t, mat_view(&tau, 1, 1)), SQUARED_EUCLIDEAN);
    if (strcmp(what, "triplet") == 0) triplet_loss(t, in, positive, negative, 1);
    if (strcmp(what, "dropout") == 0) dropout(t, in, 0.5, rng);
}

/* MPI knows that there are threads. */
static void show_threads(void)
{
#if __has_include(<mpi/mpi.h>)
    int level;
    MPI_Query_thread(&level);
    puts(level >= MPI_THREAD_FUNNELED ? "threads" : "no threads");
#endif
}

int main(int argc, char **argv)
{
    ranks all = ranks_begin(&argc, &argv);
    if (argc < 2) die(STATUS_USAGE, "usage: ranks curve, ranks threads, ranks refuse WHAT");
    threads_begin(0);
    memory = arena_new();
    rng = rng_new(1, "ranks");
    t = tape_new();
    tape_cut(t, all.count > 1);
    if (argc > 2) refuse(argv[2]);
    else if (strcmp(argv[1], "threads") == 0) show_threads();
    else curve(&all);
    tape_free(t);
    gsl_rng_free(rng);
    arena_free(memory);
    ranks_end();
    return gsl_test_summary();
}
