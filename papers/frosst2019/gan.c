/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "gan.h"
#include "learn/entanglement.h"
#include "nn/schedule.h"
#include "run/keep.h"
#include "tape/arithmetic.h"

static struct { size_t batch, noise; } set;

const run_setting gan_settings[] = {
    { "batch", &set.batch, NULL, { 16, 128, 128, 128 }, "real images a step, and as many synthetic ones", "ours" },
    { "noise", &set.noise, NULL, { 8, 100, 100, 100 }, "numbers that an image is made of, normal", "ours" },
    { 0 }
};

size_t gan_noise(void)
{
    return set.noise;
}

/*
# What a step depends on
*/
static void keep_player(checkpoint *c, const player *p, optimizer *o, const char *name)
{
    keep_parameters(c, p->parameters, p->count);
    if (p->keep) p->keep(p->model, c);
    if (o) keep_optimizer(c, name, o);
}

static void keep(gan *g)
{
    checkpoint *c = run_checkpoint(g->r);
    keep_player(c, &g->generator, g->of_generator, "generator's optimizer");
    keep_player(c, &g->discriminator, g->of_discriminator, "discriminator's optimizer");
    checkpoint_keep(c, "at", &g->at, sizeof g->at);
    keep_batches(c, &g->data);
    checkpoint_keep_rng(c, "noise stream", g->noise);
    checkpoint_keep(c, "temperature", &g->T.value, sizeof g->T.value);
    checkpoint_keep(c, "first temperature", &g->T.first, sizeof g->T.first);
}

static optimizer *optimizer_for(const player *p)
{
    return p->count > 0 ? optimizer_new(&adam, p->parameters, p->count, ADAM_DEFAULTS) : NULL;
}

void gan_init(gan *g, run *r, player generator, player discriminator, mat images, gan_plan plan, arena *memory)
{
    if (plan.looks > plan.steps)
        die(STATUS_USAGE, "--looks %zu at %zu steps: expected no more looks than steps", plan.looks, plan.steps);
    if (set.batch > images.rows)
        die(STATUS_USAGE, "--batch %zu of %zu images: expected no more than there are", set.batch, images.rows);
    *g = (gan){ .r = r, .t = tape_new(), .generator = generator, .discriminator = discriminator,
                .of_generator = optimizer_for(&generator), .of_discriminator = optimizer_for(&discriminator),
                .images = images, .batch = arena_mat(memory, set.batch, images.cols), .plan = plan,
                .order = rng_new(run_seed(r), "order"), .noise = rng_new(run_seed(r), "noise") };
    batches_init(&g->data, images.rows, set.batch, DROP_LAST, g->order, memory);
    g->T = snnl_temperature_new(1, 0);
    keep(g);
}

void gan_free(gan *g)
{
    optimizer_free(g->of_generator);
    optimizer_free(g->of_discriminator);
    tape_free(g->t);
    gsl_rng_free(g->order);
    gsl_rng_free(g->noise);
}

/*
# A game begins

The temperature starts where distances are: at the mean squared distance between the images of a first batch,
real and synthetic, as the discriminator shows them. The authors' code starts at 100, which on the pixels of
MNIST is nearly the same; in a learned space nobody knows beforehand.
*/
static void start_player(const gan *g, player *p, optimizer *o, const char *stream)
{
    if (!o) return;
    optimizer_reset(o);
    gsl_rng *init = rng_new(run_seed(g->r), stream);
    p->start(p->model, init);
    gsl_rng_free(init);
}

static void start_temperature(gan *g)
{
    gsl_rng *rng = rng_new(run_seed(g->r), "first temperature");
    mat z = arena_mat(tape_arena(g->t), set.batch, set.noise);
    rng_normal(rng, z, 1);
    gsl_rng_free(rng);
    node *synthetic = g->generator.apply(g->t, g->generator.model, tape_input(g->t, z), INFERENCE);
    node *all = concat_rows(g->t, tape_input(g->t, mat_rows(g->images, 0, set.batch)), synthetic);
    node *shown = g->discriminator.apply(g->t, g->discriminator.model, all, INFERENCE);
    g->T.first = mean_distance(shown->value, SQUARED_EUCLIDEAN);
    g->T.value = (real)(1 / g->T.first);
    tape_reset(g->t);
}

static void begin(gan *g)
{
    start_player(g, &g->generator, g->of_generator, "generator");
    start_player(g, &g->discriminator, g->of_discriminator, "discriminator");
    rng_restart(g->order, run_seed(g->r), "order");
    rng_restart(g->noise, run_seed(g->r), "noise");
    batches_restart(&g->data);
    start_temperature(g);
    g->at.begun = 1;
}

/*
# A step

The discriminator learns from the batch while the generator stands still, then the generator learns while the
discriminator does: who stands still is a constant on the tape, through which the other's gradient may flow.
Each plays against fresh noise.
*/
static node *synthetic(gan *g)
{
    mat z = arena_mat(tape_arena(g->t), set.batch, set.noise);
    rng_normal(g->noise, z, 1);
    return g->generator.apply(g->t, g->generator.model, tape_input(g->t, z), TRAINING);
}

static void clip(const player *p, real bound)
{
    for (size_t i = 0; i < p->count; i++) {
        mat w = p->parameters[i]->value;
        for (size_t e = 0; e < mat_size(w); e++) w.at[e] = w.at[e] > bound ? bound : w.at[e] < -bound ? -bound : w.at[e];
    }
}

static void discriminator_plays(gan *g, const game *rules)
{
    if (!g->of_discriminator) return;
    tape_freeze(g->t, true);
    node *made = synthetic(g);
    tape_freeze(g->t, false);
    node *loss = rules->discriminator(g->t, &g->discriminator, tape_input(g->t, g->batch), made, &g->T);
    run_loss(g->t, loss);
    tape_backward(g->t, loss);
    optimizer_step(g->of_discriminator, rules->rate);
    if (rules->bound > 0) clip(&g->discriminator, (real)rules->bound);
    tape_reset(g->t);
}

static void generator_plays(gan *g, const game *rules)
{
    node *made = synthetic(g);
    tape_freeze(g->t, true);
    node *loss = rules->generator(g->t, &g->discriminator, tape_input(g->t, g->batch), made, &g->T);
    tape_freeze(g->t, false);
    run_loss(g->t, loss);
    tape_backward(g->t, loss);
    optimizer_step(g->of_generator, rules->rate);
    tape_reset(g->t);
}

static void set_temperature(gan *g, const game *rules)
{
    g->T.rate = rules->T == LEARNED ? .1 : 0;        /* the authors' code; FOLLOWS is set where the space is known (`game.c`) */
    if (rules->T == FALLS)
        g->T.value = (real)(1 / schedule_exponential(g->T.first, g->T.first / 30, g->at.step, g->plan.steps));
}

static void play_until(gan *g, const game *rules, size_t step)
{
    if (!g->at.begun) begin(g);
    const optimizer_settings settings = { .beta1 = rules->beta1, .beta2 = rules->beta2, .epsilon = 1e-8 };
    if (g->of_discriminator) optimizer_choose(g->of_discriminator, settings);
    optimizer_choose(g->of_generator, settings);
    while (g->at.step < step) {
        set_temperature(g, rules);
        for (size_t k = 0; k < rules->rounds; k++) {
            size_t count;
            mat_gather(g->batch, g->images, batches_next(&g->data, &count));
            discriminator_plays(g, rules);
        }
        generator_plays(g, rules);
        g->at.step++;
        run_tick(g->r, g->at.game * g->plan.steps + g->at.step, g->plan.games * g->plan.steps, rules->name);
    }
}

/*
# Looking on

A run is stopped at a step (`run_tick`), so never between a look and the counting of it.
*/
static void next_game(gan *g)
{
    size_t next = g->at.game + 1;
    memset(&g->at, 0, sizeof g->at);
    g->at.game = next;
}

bool gan_next_look(gan *g)
{
    if (g->at.looks > g->plan.looks) next_game(g);
    if (g->at.game == g->plan.games) return false;
    g->rules = g->plan.played[g->at.game];
    g->look = g->at.looks;
    play_until(g, g->rules, g->plan.steps * g->look / g->plan.looks);
    g->at.looks++;
    return true;
}

bool gan_last_look(const gan *g)
{
    return g->look == g->plan.looks;
}

void gan_paint(mat x, gan *g, mat z)
{
    enum { BLOCK = 500 };
    for (size_t first = 0; first < z.rows; first += BLOCK) {
        node *in = tape_input(g->t, mat_block(z, first, BLOCK));
        mat_copy(mat_block(x, first, BLOCK), g->generator.apply(g->t, g->generator.model, in, INFERENCE)->value);
        tape_reset(g->t);
    }
}

mat gan_draw(const run *r, const char *stream, size_t count, arena *memory)
{
    mat z = arena_mat(memory, count, set.noise);
    gsl_rng *rng = rng_new(run_seed(r), stream);
    rng_normal(rng, z, 1);
    gsl_rng_free(rng);
    return z;
}

void gan_sample(mat x, gan *g, const char *stream, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    gan_paint(x, g, gan_draw(g->r, stream, x.rows, scratch));
    arena_release(scratch, mark);
}
