/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# How fast, and in how much memory?

A training step on the spheres (`fig3-spheres`): the network, its Adam, and a step of the nuisance classifier on what comes out. Then a
step of the network for digits at several depths, with everything stored and with nothing stored (`recompute.h`):
time, and the most that its tapes have held. Last what has not been run here: how many operations the
paper's training on ImageNet is, and what its images take.

    bench [WORD]        all rows, or those whose name contains WORD

`make bench` runs it after the suite's own table (`common/bench/bench.c` says how to read one).
*/
#include <stdio.h>

#include "base/error.h"
#include "base/rng.h"
#include "bench/clock.h"
#include "firevnet.h"
#include "nn/losses.h"
#include "nuisance.h"
#include "tape/arithmetic.h"

typedef struct stepping {
    firevnet net;
    nuisance adversary;            /* unless it has no tape */
    tape *t;
    optimizer *o;
    mat x;
    int *y;
    bool density;
} stepping;

static void step_run(void *context)
{
    stepping *s = context;
    firevnet_nodes z = firevnet_apply(s->t, &s->net, tape_input(s->t, s->x), TRAINING, s->density);
    node *loss = cross_entropy(s->t, z.semantic, s->y);
    if (z.logdet) loss = add(s->t, loss, scale(s->t, z.logdet, -1 / (double)s->net.d));
    tape_backward(s->t, loss);
    optimizer_step(s->o, 1e-4);
    if (s->adversary.t) nuisance_learn(&s->adversary, z.nuisance->value, s->y, 1e-4);
    tape_reset(s->t);
}

static void begin(stepping *s, const firevnet_shape *shape, size_t batch, gsl_rng *rng, arena *memory)
{
    firevnet_init(&s->net, shape, memory);
    s->adversary.t = NULL;
    s->t = tape_new();
    s->x = arena_mat(memory, batch, s->net.d);
    s->y = arena_take(memory, batch, sizeof *s->y);
    rng_normal(rng, s->x, 1);
    for (size_t i = 0; i < batch; i++) s->y[i] = (int)(i % shape->classes);
    firevnet_start(&s->net, rng, s->x);
    s->o = optimizer_new(&adam, s->net.parameters, s->net.count, ADAM_DEFAULTS);
}

static void end(stepping *s)
{
    optimizer_free(s->o);
    tape_free(s->t);
}

static void spheres_rows(stepping *s, gsl_rng *rng, arena *memory)
{
    enum { BATCH = 128, D = 100, UNITS = 500, BLOCKS = 4, NUISANCE = 1000 };
    begin(s, &(firevnet_shape){ .in = { 1, 1, D }, .classes = 2, .stages = 1, .blocks = BLOCKS, .units = { UNITS },
                                .affine_from = 1 }, BATCH, rng, memory);
    nuisance_init(&s->adversary, D - 2, NUISANCE, 2, &adam, ADAM_DEFAULTS, memory);
    nuisance_start(&s->adversary, rng);
    double network = BLOCKS * 2.0 * D / 2 * UNITS, classifier = (D - 2.0) * NUISANCE + (double)NUISANCE * NUISANCE + 2 * NUISANCE;
    clock_report("spheres, fiRevNet step + nuisance, 128", 6 * BATCH * (network + classifier), 6e-3, 51, step_run, s);
    nuisance_free(&s->adversary);
    end(s);
}

/*
# Depth

A convolution of a block costs 2 kernel x inputs x outputs flops a pixel, three times for a training, and once
more where it is worked out again.
*/
static double flops(const firevnet_shape *shape, bool stored)
{
    double sum = 0;
    for (size_t s = 0; s < shape->stages; s++) {
        image in = firevnet_stage(shape, s);
        double half = (double)in.channels / 2, units = (double)shape->units[s], out = s < shape->affine_from ? half : 2 * half;
        sum += (double)(in.height * in.width) * (9 * half * units + units * units + 9 * units * out);
    }
    return (stored ? 6.0 : 8.0) * sum * (double)shape->blocks;
}

static void depth_row(stepping *s, size_t blocks, bool stored, gsl_rng *rng)
{
    enum { BATCH = 64 };
    char name[64];
    snprintf(name, sizeof name, "digits, 3 x %zu blocks, %s, 64", blocks, stored ? "stored" : "worked out again");
    if (!clock_wants(name)) return;
    arena *memory = arena_new();
    tape *again = tape_new();
    firevnet_shape shape = { .in = { 32, 32, 1 }, .classes = 10, .stages = 3, .blocks = blocks, .units = { 32, 32, 32 },
                             .squeezes = 1, .affine_from = 3, .mixes = true, .sets_aside = true };
    begin(s, &shape, BATCH, rng, memory);
    s->density = true;
    if (!stored) s->net.again = again;
    clock_report(name, BATCH * flops(&shape, stored), 0, 5, step_run, s);
    printf("    %.0f MB of tape\n", (double)(arena_peak(tape_arena(s->t)) + arena_peak(tape_arena(again))) / 1e6);
    end(s);
    tape_free(again);
    arena_free(memory);
}

/* What `table1-images --profile paper` trains first (`contest.c`), on the photographs of ImageNet. */
static void imagenet_row(void)
{
    const char *name = "ImageNet, 128 passes";
    if (!clock_wants(name)) return;
    const double images = 1281167, passes = 128;
    firevnet_shape shape = { .in = { 224, 224, 3 }, .classes = 1000, .stages = 4, .blocks = 4, .units = { 64, 128, 256, 512 },
                             .squeezes = 2, .affine_from = 3, .cosine = true };
    printf("  %s: %.1e flops stored, %.1e worked out again; the photographs as numbers: %.0f GB\n", name,
           images * passes * flops(&shape, true), images * passes * flops(&shape, false),
           images * (double)(image_size(shape.in) * sizeof(real)) / 1e9);
}

int main(int argc, char **argv)
{
    clock_begin(argc, argv);
    static stepping s;
    arena *memory = arena_new();
    gsl_rng *rng = rng_new(1, "bench");
    spheres_rows(&s, rng, memory);
    for (size_t blocks = 2; blocks <= 16; blocks *= 2)
        for (int stored = 1; stored >= 0; stored--) depth_row(&s, blocks, stored, rng);
    imagenet_row();
    gsl_rng_free(rng);
    arena_free(memory);
    return STATUS_DONE;
}
