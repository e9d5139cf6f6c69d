/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/rng.h"
#include "bench/clock.h"
#include "bench/rows.h"
#include "bench/small_network.h"
#include "nn/convolution_backend.h"
#include "nn/losses.h"
#include "nn/optimizer.h"
#include "nn/residual.h"

/*
# A convolution, by either backend

$6 n$ x (pixels of y) x filters x fan in flops: the product and its two gradients.
*/
typedef struct product {
    const convolution_backend *by;
    convolution c;
    mat x, w, y, dx, dw;
    arena *scratch;
} product;

static void products(void *context)
{
    product *p = context;
    p->by->forward(p->y, p->x, p->w, NULL, LINEAR, p->c, p->scratch);
    p->by->backward_data(p->dx, p->y, p->w, p->c, p->scratch);
    p->by->backward_weights(p->dw, p->x, p->y, p->c, p->scratch);
}

static void bench_product(const convolution_backend *by, convolution c, size_t n, arena *memory, gsl_rng *rng)
{
    char name[64];
    snprintf(name, sizeof name, "%s %zux%zu, %zu to %zu, %zux%zu, batch %zu", by->name, c.in.height,
             c.in.width, c.in.channels, c.filters, c.kernel, c.kernel, n);
    if (!clock_wants(name)) return;
    arena_mark mark = arena_save(memory);
    size_t x = image_size(c.in), fan_in = convolution_fan_in(c);
    product p = { by, c, arena_mat(memory, n, x), arena_mat(memory, fan_in, c.filters),
                  arena_mat(memory, n, image_size(convolution_out(c))), arena_mat(memory, n, x),
                  arena_mat(memory, fan_in, c.filters), memory };
    rng_normal(rng, p.x, 1);
    rng_normal(rng, p.w, .01);
    clock_report(name, convolution_flops(c, n, 6), 0, 11, products, &p);
    arena_release(memory, mark);
}

static void bench_products(arena *memory, gsl_rng *rng)
{
    static const struct { convolution c; size_t n; } row[] = {
        { { { 14, 14, 32 }, 64, 5, 1, 2 }, 256 }, { { { 16, 16, 32 }, 32, 3, 1, 1 }, 128 },
        { { { 32, 32, 64 }, 64, 3, 1, 1 }, 100 }, { { { 4, 4, 512 }, 512, 3, 1, 1 }, 100 } };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        bench_product(&convolution_gemm, row[i].c, row[i].n, memory, rng);
#ifdef HAVE_ONEDNN
        bench_product(&convolution_onednn, row[i].c, row[i].n, memory, rng);
#endif
    }
}

/*
# A step of a network of two convolutions

That of `small_network.h`, by Adam.
*/
typedef struct small_training {
    small_network net;
    optimizer *o;
    tape *t;
    mat x;
    int *labels;
} small_training;

static void small_step(void *context)
{
    small_training *m = context;
    tape_backward(m->t, small_network_loss(m->t, &m->net, m->x, m->labels));
    optimizer_step(m->o, 1e-4);
    tape_reset(m->t);
}

static void bench_small(arena *memory, gsl_rng *rng)
{
    enum { BATCH = 256 };
    small_training m = { .t = tape_new(), .x = arena_mat(memory, BATCH, 784), .labels = labels_new(BATCH, 10, memory) };
    rng_uniform(rng, m.x, 0, 1);
    small_network_init(&m.net, memory, rng);
    m.o = optimizer_new(&adam, m.net.parameters, SMALL_PARAMETERS, ADAM_DEFAULTS);
    clock_report("CNN step, 32 and 64 filters, batch 256", small_network_flops(&m.net, BATCH), 42e-3, 11, small_step, &m);
    optimizer_free(m.o);
    tape_free(m.t);
}

/*
# Steps of residual networks

On 32 x 32 colour images, gradient descent with momentum. "Bare" is the time that the backend takes for
nothing but the convolutions of the step: what no code around them can go below.
*/
typedef struct large_network {
    residual_network net;
    optimizer *o;
    tape *t;
    mat x;
    int *labels;
} large_network;

static void large_step(void *context)
{
    large_network *n = context;
    residual_nodes h = residual_network_apply(n->t, &n->net, tape_input(n->t, n->x), TRAINING);
    tape_backward(n->t, cross_entropy(n->t, h.scores, n->labels));
    optimizer_step(n->o, .01);
    tape_reset(n->t);
}

/* All convolutions of the network, forward and both ways back, but for the images' own gradient. */
typedef struct bare { product at[3 * RESIDUAL_BLOCKS + 1]; size_t count; double flops; } bare;

static void bare_add(bare *b, const convolution_layer *l, size_t n, arena *memory)
{
    convolution c = l->shape;
    size_t x = image_size(c.in);
    b->at[b->count++] = (product){ convolution_backend_used, c, arena_mat(memory, n, x), l->w.value,
        arena_mat(memory, n, image_size(convolution_out(c))), arena_mat(memory, n, x), l->w.grad, memory };
    mat_fill(b->at[b->count - 1].x, 1);
    b->flops += convolution_flops(c, n, b->count > 1 ? 6 : 4);
}

static void bare_step(void *context)
{
    bare *b = context;
    for (size_t i = 0; i < b->count; i++) {
        product *p = &b->at[i];
        p->by->forward(p->y, p->x, p->w, NULL, LINEAR, p->c, p->scratch);
        if (i > 0) p->by->backward_data(p->dx, p->y, p->w, p->c, p->scratch);
        p->by->backward_weights(p->dw, p->x, p->y, p->c, p->scratch);
    }
}

static void bench_large(const char *name, const residual_shape *shape, size_t batch, double target,
                        arena *memory, gsl_rng *rng)
{
    char bare_name[64];
    snprintf(bare_name, sizeof bare_name, "%s, bare", name);
    if (!clock_wants(name) && !clock_wants(bare_name)) return;
    arena_mark mark = arena_save(memory);
    large_network n = { .t = tape_new(), .x = arena_mat(memory, batch, image_size(shape->in)),
                        .labels = labels_new(batch, 10, memory) };
    residual_network_init(&n.net, shape, memory);
    residual_network_start(&n.net, rng);
    rng_uniform(rng, n.x, 0, 1);
    n.o = optimizer_new(&sgd, n.net.parameters, n.net.count, (optimizer_settings){ .momentum = .9 });
    bare b = { .count = 0 };
    bare_add(&b, &n.net.stem, batch, memory);
    for (size_t i = 0; i < n.net.blocks; i++) {
        const residual_block *k = &n.net.block[i];
        bare_add(&b, &k->conv1, batch, memory);
        bare_add(&b, &k->conv2, batch, memory);
        if (k->projects) bare_add(&b, &k->shortcut, batch, memory);
    }
    clock_report(name, b.flops, target, 7, large_step, &n);
    clock_report(bare_name, b.flops, 0, 7, bare_step, &b);
    optimizer_free(n.o);
    tape_free(n.t);
    arena_release(memory, mark);
}

void bench_images(arena *memory, gsl_rng *rng)
{
    bench_products(memory, rng);
    bench_small(memory, rng);
    bench_large("ResNet-15 step, batch 128", &(residual_shape){
        { 32, 32, 3 }, 4, { 1, 2, 2, 2 }, { 16, 32, 64, 128 }, 10, true, false }, 128, 60e-3, memory, rng);
    bench_large("PreActResNet-18 step, batch 100", &(residual_shape){
        { 32, 32, 3 }, 4, { 2, 2, 2, 2 }, { 64, 128, 256, 512 }, 10, false, false }, 100, 720e-3, memory, rng);
}
