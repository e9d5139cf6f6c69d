/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figures 4 and 5: real and synthetic photographs, less and less separable

Figure 17 once more, on harder images: two convolutional GANs learn CIFAR-10, and we watch how entangled real
and synthetic images are (Figure 5). For the first of them we also draw maps of both kinds at moments of the
training (Figure 4). A map by t-SNE and the soft nearest neighbour loss rest on nearly the same weights, so
they should tell the same story: where the clouds overlap more, the loss is larger. Not so before the training: what an
untrained generator makes is all near the mean image, a cloud of its own, and yet the loss is large
(`papers/frosst2019/gan_entanglement.h`).

    fig04-05-gan-cifar10 --seed 1

*Reads* CIFAR-10. *Writes* the entanglement of real and synthetic images along each training, and how many
images have a nearest neighbour of their own kind; a map at four moments of the first one; and beside the
result RESULT.samples.png: lines of samples of each game, one after the other. *Checked by* the claims of
Figures 4 and 5 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "dcgan.h"               /* gives: dcgan_generator_init, dcgan_discriminator_init */
#include "map.h"                 /* gives: map_rows */
#include "gan_entanglement.h"    /* gives: gan_entanglement_look */
#include "run/load.h"            /* gives: run_load */
#include "run/picture.h"         /* gives: run_picture */

static struct { size_t steps, looks, measured; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 16, 200, 2000, 20000 }, "of the generator, in each game", "ours" },
    { "looks", &set.looks, NULL, { 16, 16, 48, 96 }, "evenly over the steps; one more before the first", "ours" },
    { "measured", &set.measured, NULL, { 20, 200, 250, 500 }, "images of either kind that a look measures, and a map shows", "ours" },
    { 0 }
};

static const game *const played[] = { &game_vanilla, &game_wasserstein };
enum { GAMES = sizeof played / sizeof *played, LINES = 2, COLUMNS = 24, SHOWN = LINES * COLUMNS, MOMENTS = 4 };

/*
# Moments

Before the training, after a sixteenth of it, after a quarter, and at its end. A map is made of the very images
that are measured.
*/
static size_t look_of(size_t moment)
{
    return moment == 0 ? 0 : set.looks >> 2 * (MOMENTS - 1 - moment);
}

static void draw_maps(const gan_entanglement *m, const gan *g, arena *memory)
{
    for (size_t k = 0; k < MOMENTS; k++) {
        if (g->at.game > 0 || look_of(k) != g->look) continue;
        char name[32];
        snprintf(name, sizeof name, "map %zu", k);
        run_row(g->r, name, RUN_NO_X, "step", (double)g->at.step);
        run_row(g->r, name, RUN_NO_X, "snnl", m->loss[g->look]);
        run_row(g->r, name, RUN_NO_X, "own_kind", m->own_kind);
        map_rows(g->r, name, m->both, m->label, memory);
    }
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig04-05-gan-cifar10",
        .purpose = "Figures 4 and 5: entanglement of real and synthetic photographs along the training of two GANs.",
        .settings = { settings, gan_settings, dcgan_settings, map_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "cifar-10", NULL, memory);
    dcgan_generator generator;
    dcgan_discriminator discriminator;
    gan g;
    gan_init(&g, r, dcgan_generator_init(&generator, gan_noise(), data.shape, memory),
             dcgan_discriminator_init(&discriminator, data.shape, memory), data.train.x,
             (gan_plan){ played, GAMES, set.steps, set.looks }, memory);
    gan_entanglement m = gan_entanglement_new(&g, data.train, set.measured, memory);
    mat picture = arena_mat(memory, GAMES * SHOWN, image_size(data.shape));
    mat_fill(picture, 1);
    checkpoint_keep_mat(run_checkpoint(r), "picture", picture);
    run_resume(r);
    while (gan_next_look(&g)) {
        gan_entanglement_look(&m, &g);
        draw_maps(&m, &g, memory);
        if (!gan_last_look(&g)) continue;
        gan_entanglement_conclude(&m, &g);
        gan_sample(mat_rows(picture, g.at.game * SHOWN, SHOWN), &g, "picture", memory);
    }
    run_picture(r, ".samples.png", picture, data.shape, COLUMNS);
    gan_free(&g);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
