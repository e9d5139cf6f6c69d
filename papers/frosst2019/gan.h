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
order: the seed's.

    gan g;
    gan_init(&g, r, generator, discriminator, data.train.x, steps, games, memory);
    run_resume(r);
    for (; g.at.game < games; gan_next(&g))
        for (; g.at.looks <= looks; g.at.looks++) {
            gan_train(&g, &table[g.at.game], gan_look(&g, g.at.looks, looks));
            ... look at what g.generator makes ...
        }
    gan_free(&g);

A killed run resumes in the middle: what changes stands in `at`, and all else that a step depends on is kept
in the checkpoint. A look that was not taken before the run was killed is taken after it.

A *step* is one of the generator, after as many rounds of the discriminator as the game has, each with a batch of
real images and as many synthetic ones.
*/
typedef struct gan {
    run *r;
    tape *t;
    player generator, discriminator;
    optimizer *of_generator, *of_discriminator;        /* NULL if there is nothing to learn */
    mat images, batch;             /* all real ones; those of this step */
    size_t steps, games;           /* of a game; of the program */
    batches data;
    gsl_rng *order, *noise;
    snnl_temperature T;
    struct { size_t game, begun, step, looks; } at;
} gan;

/* The batch and the noise, as settings. */
extern const run_setting gan_settings[];
size_t gan_noise(void);

void gan_init(gan *g, run *r, player generator, player discriminator, mat images, size_t steps, size_t games,
              arena *memory);
void gan_free(gan *g);

/* Plays on until step `until`. */
void gan_train(gan *g, const game *rules, size_t until);

/* The step of look k of `looks`, evenly spread from 0 to the last step. */
size_t gan_look(const gan *g, size_t k, size_t looks);

/* The next game begins anew. */
void gan_next(gan *g);

/* Row i of `x` becomes what the generator, as it is, makes of row i of `z`: in inference, so that no image
   depends on the others. Resets the tape. */
void gan_paint(mat x, gan *g, mat z);

/* `count` rows of noise from the seed's stream of this name. */
mat gan_draw(const run *r, const char *stream, size_t count, arena *memory);

#endif
