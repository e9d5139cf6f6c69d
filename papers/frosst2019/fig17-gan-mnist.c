/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 17: a generator entangles what it makes with what is real

A generative adversarial network is trained by a discriminator whose task is to tell synthetic images from real
ones. Nobody speaks of neighbours; but if the generator wins, a synthetic image has real neighbours and
a real one synthetic ones, and the soft nearest neighbour loss of the two kinds rises. So the loss
shows how far a training has come. We watch it in three games (`papers/frosst2019/game.h`) on MNIST.

    fig17-gan-mnist --seed 1

*Reads* MNIST. *Writes* the entanglement of real and synthetic images along each training, and how many have a
nearest neighbour of their own kind; the total variation of the last samples; and beside the result
RESULT.samples.png: lines of samples of each game, one after the other. *Checked by* the claims of Figure 17
in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "gan_entanglement.h"    /* gives: gan_entanglement_look */
#include "perceptron.h"          /* gives: perceptron_generator, perceptron_discriminator */
#include "sample_quality.h"      /* gives: total_variation */
#include "run/load.h"            /* gives: run_load */
#include "run/picture.h"         /* gives: run_picture */

static struct { size_t steps, looks, measured, samples; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 20, 800, 10000, 10000 }, "of the generator, in each game", "ours" },
    { "looks", &set.looks, NULL, { 4, 20, 50, 50 }, "evenly over the steps; one more before the first", "ours" },
    { "measured", &set.measured, NULL, { 20, 128, 256, 256 }, "images of either kind that a look measures", "ours" },
    { "samples", &set.samples, NULL, { 50, 1000, 1000, 1000 }, "images whose total variation is measured at the end", "ours" },
    { 0 }
};

static const game *const played[] = { &game_vanilla, &game_least_squares, &game_wasserstein };
enum { GAMES = sizeof played / sizeof *played, LINES = 3, COLUMNS = 25, SHOWN = LINES * COLUMNS };

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig17-gan-mnist",
        .purpose = "Figure 17: entanglement of real and synthetic digits along the training of three GANs.",
        .settings = { settings, gan_settings, perceptron_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "mnist", NULL, memory);
    size_t d = image_size(data.shape);
    perceptron generator, discriminator;
    gan g;
    gan_init(&g, r, perceptron_generator(&generator, gan_noise(), d, memory),
             perceptron_discriminator(&discriminator, d, 1, memory), data.train.x,
             (gan_plan){ played, GAMES, set.steps, set.looks }, memory);
    gan_entanglement m = gan_entanglement_new(&g, data.train, set.measured, memory);
    mat samples = arena_mat(memory, set.samples, d), picture = arena_mat(memory, GAMES * SHOWN, d);
    mat_fill(picture, 1);
    checkpoint_keep_mat(run_checkpoint(r), "picture", picture);
    run_resume(r);
    while (gan_next_look(&g)) {
        gan_entanglement_look(&m, &g);
        if (!gan_last_look(&g)) continue;
        gan_entanglement_conclude(&m, &g);
        gan_sample(samples, &g, "samples", memory);
        run_row(r, g.rules->name, RUN_NO_X, "total_variation", total_variation(samples, data.shape));
        /* Every game has the same noise. */
        gan_sample(mat_rows(picture, g.at.game * SHOWN, SHOWN), &g, "picture", memory);
    }
    run_row(r, "real", RUN_NO_X, "total_variation", total_variation(sample_quality_real(&data, set.samples), data.shape));
    run_picture(r, ".samples.png", picture, data.shape, COLUMNS);
    gan_free(&g);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
