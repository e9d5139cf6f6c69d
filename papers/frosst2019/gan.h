/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_GAN_H
#define FROSST2019_GAN_H

#include "data/batches.h"
#include "data/dataset.h"
#include "game.h"
#include "nn/optimizer.h"
#include "run/run.h"

/*
# A training of two players

A program plays one game after the other, each from the same weights, with the same real images in the same
order: the seed's. It looks on before the first step of each, and then at moments evenly spread up to the last.

    gan g;
    gan_init(&g, r, generator, discriminator, data.train.x, (gan_plan){ played, GAMES, steps, looks }, memory);
    run_resume(r);
    while (gan_next_look(&g)) {
        ... look at what g.generator makes ...
        if (gan_last_look(&g)) ... this game is over ...
    }
    gan_free(&g);

A killed run resumes in the middle: what changes stands in `at`, and all else that a step depends on is kept
in the checkpoint. A look that was not taken before the run was killed is taken after it.

A *step* is one of the generator, after as many rounds of the discriminator as the game has, each with a batch of
real images and as many synthetic ones.
*/
typedef struct gan_plan {
    const game *const *played;     /* games of them */
    size_t games, steps, looks;    /* steps and looks of each game; one more look before its first step */
} gan_plan;

typedef struct gan {
    run *r;
    tape *t;
    player generator, discriminator;
    optimizer *of_generator, *of_discriminator;        /* NULL if there is nothing to learn */
    mat images, batch;             /* all real ones; those of this step */
    gan_plan plan;
    const game *rules;             /* of the game that is played */
    size_t look;                   /* the look that is taken: 0 to plan.looks */
    batches data;
    gsl_rng *order, *noise;
    snnl_temperature T;
    struct { size_t game, begun, step, looks; } at;    /* `looks` have been taken of this game */
} gan;

/* The batch and the noise, as settings. */
extern const run_setting gan_settings[];
size_t gan_noise(void);

void gan_init(gan *g, run *r, player generator, player discriminator, mat images, gan_plan plan, arena *memory);
void gan_free(gan *g);

/* Plays on until the next look, which may be the first of another game. False: all games are over. */
bool gan_next_look(gan *g);

/* Is it the last one of its game? */
bool gan_last_look(const gan *g);

/* Row i of `x` becomes what the generator, as it is, makes of row i of `z`: in inference, so that no image
   depends on the others. Resets the tape. */
void gan_paint(mat x, gan *g, mat z);

/* `count` rows of noise from the seed's stream of this name. */
mat gan_draw(const run *r, const char *stream, size_t count, arena *memory);

/* Paints as many images as `x` has rows, of noise so drawn: at every look the same. */
void gan_sample(mat x, gan *g, const char *stream, arena *scratch);

#endif
