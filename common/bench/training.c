/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/rng.h"
#include "bench/clock.h"
#include "bench/rows.h"
#include "bench/small_network.h"        /* gives: labels_new */
#include "learn/snnl.h"
#include "nn/dense.h"
#include "nn/losses.h"
#include "nn/optimizer.h"
#include "tape/arithmetic.h"

/*
# A step of the autoencoder

784-500-500-2000-70-2000-500-500-784, batch 256, Adam: $6 b \sum_l n_l n_{l+1}$ flops,
less the gradient of the input, which nobody wants. With the soft nearest neighbour
loss on four layers and the code it is $3 b^2 d$ more for each.
*/
enum { LAYERS = 8, BATCH = 256 };
static const size_t units[LAYERS + 1] = { 784, 500, 500, 2000, 70, 2000, 500, 500, 784 };

typedef struct network {
    dense_layer layer[LAYERS];
    parameter *parameters[2 * LAYERS];
    optimizer *o;
    tape *t;
    mat x;
    int *labels;
    bool neighbours;
} network;

static void network_step(void *context)
{
    network *n = context;
    tape *t = n->t;
    real tau = 1;
    node *x = tape_input(t, n->x), *loss = NULL;
    for (size_t i = 0; i < LAYERS; i++) {
        x = dense_layer_apply(t, &n->layer[i], x);
        if (!n->neighbours || i > 4) continue;
        node *l = snnl(t, x, n->labels, tape_input(t, mat_view(&tau, 1, 1)), COSINE);
        loss = loss ? add(t, loss, l) : l;
    }
    node *reconstruction = binary_cross_entropy(t, x, n->x);
    loss = loss ? add(t, reconstruction, scale(t, loss, 100)) : reconstruction;
    tape_backward(t, loss);
    optimizer_step(n->o, 1e-3);
    tape_reset(t);
}

static void bench_network(arena *memory, gsl_rng *rng)
{
    network n = { .t = tape_new(), .x = arena_mat(memory, BATCH, units[0]), .labels = labels_new(BATCH, 10, memory) };
    double flops = -2.0 * BATCH * 784 * 500, with_loss = 0;
    rng_uniform(rng, n.x, 0, 1);
    for (size_t i = 0; i < LAYERS; i++) {
        n.layer[i] = dense_layer_new(memory, "layer", units[i], units[i + 1],
                                     i == 3 ? SIGMOID : i == 7 ? LINEAR : RELU);
        init_he(rng, n.layer[i].w.value);
        n.parameters[2 * i] = &n.layer[i].w;
        n.parameters[2 * i + 1] = &n.layer[i].b;
        flops += 6.0 * BATCH * (double)units[i] * (double)units[i + 1];
        if (i <= 4) with_loss += 3.0 * BATCH * BATCH * (double)units[i + 1];
    }
    n.o = optimizer_new(&adam, n.parameters, 2 * LAYERS, ADAM_DEFAULTS);
    clock_report("autoencoder step, batch 256", flops, 14.5e-3, 51, network_step, &n);
    n.neighbours = true;
    clock_report("the same with SNNL on 4 layers and the code", flops + with_loss, 17e-3, 51, network_step, &n);
    optimizer_free(n.o);
    tape_free(n.t);
}

/*
# The loss alone
*/
typedef struct cloud { tape *t; mat x; int *labels; } cloud;

static void snnl_step(void *context)
{
    cloud *c = context;
    real tau = (real)0.05;
    node *x = tape_variable(c->t, c->x);
    tape_backward(c->t, snnl(c->t, x, c->labels, tape_input(c->t, mat_view(&tau, 1, 1)), SQUARED_EUCLIDEAN));
    tape_reset(c->t);
}

static void bench_snnl(arena *memory, gsl_rng *rng)
{
    static const struct { size_t b, d, repeats; double target; } size[] = {
        { 128, 64, 101, 0.02e-3 }, { 256, 2000, 51, 0 }, { 1024, 64, 51, 1.0e-3 }, { 4096, 64, 11, 22e-3 } };
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        char name[64];
        size_t b = size[i].b, d = size[i].d;
        cloud c = { tape_new(), arena_mat(memory, b, d), labels_new(b, 10, memory) };
        rng_normal(rng, c.x, 1);
        snprintf(name, sizeof name, "SNNL forward and backward, b=%zu d=%zu", b, d);
        double products = b <= 1920 ? 3 : 4;      /* are the tiles kept? */
        clock_report(name, products * (double)b * (double)b * (double)d, size[i].target, size[i].repeats, snnl_step, &c);
        if (clock_wants(name))
            printf("%-44s %10.1f MB beyond the input\n", "", (double)arena_peak(tape_arena(c.t)) / 1e6);
        tape_free(c.t);
    }
}

void bench_training(arena *memory, gsl_rng *rng)
{
    bench_network(memory, rng);
    bench_snnl(memory, rng);
}
