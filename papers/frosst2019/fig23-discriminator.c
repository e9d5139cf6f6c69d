/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 23: a discriminator that learns where to compare

Distances between pixels fail on harder images than digits. So the paper brings the discriminator back, with
another task: its output is a vector of 10 numbers, and in *that* space it minimises the soft nearest
neighbour loss of real and synthetic images, while the generator maximises it. Who is whose neighbour is
decided where the discriminator thinks it matters. A proof of concept on MNIST.

The temperature is learned, as the paper says, or follows the scale of the space: see
`papers/frosst2019/game.h` for why we show both.

    fig23-discriminator --seed 1

*Reads* MNIST, and the classifier that `table1-mnist` left for this seed. *Writes* the entanglement along each
training, on the pixels and in the learned space; of the last samples and of as many real digits the total
variation, the classes that the classifier sees, and its confidence; and beside the result RESULT.samples.png,
in which every line is a moment of both trainings, and a column of either the same noise. *Checked by* the
claims of Figure 23 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_settings */
#include "learn/entanglement.h"  /* gives: entanglement_of_batch */
#include "gan_entanglement.h"    /* gives: gan_entanglement_look */
#include "perceptron.h"          /* gives: perceptron_generator, perceptron_discriminator */
#include "sample_quality.h"      /* gives: sample_quality_conclude */
#include "run/load.h"            /* gives: run_load */
#include "run/picture.h"         /* gives: run_picture */

static struct { size_t steps, looks, measured, samples, space; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 20, 1500, 10000, 10000 }, "of both players, with each rule", "ours" },
    { "looks", &set.looks, NULL, { 4, 32, 64, 64 }, "evenly over the steps; one more before the first", "ours" },
    { "measured", &set.measured, NULL, { 20, 128, 256, 256 }, "images of either kind that a look measures", "ours" },
    { "samples", &set.samples, NULL, { 50, 1000, 1000, 1000 }, "images that are described at the end", "ours" },
    { "space", &set.space, NULL, { 10, 10, 10, 10 }, "numbers that the discriminator makes of an image", "Figure 23" },
    { 0 }
};

static const game *const played[] = { &entanglement_learned, &entanglement_follows };
enum { GAMES = sizeof played / sizeof *played, MOMENTS = 7, EACH = 12, COLUMNS = GAMES * (EACH + 1) - 1 };

/*
# A look

On the pixels as in Figure 17, and in the space that both players look at.
*/
static void look(gan_entanglement *m, gan *g)
{
    char series[64];
    snprintf(series, sizeof series, "%s, space", g->rules->name);
    gan_entanglement_look(m, g);
    tape *t = tape_new();
    node *shown = g->discriminator.apply(t, g->discriminator.model, tape_input(t, m->both), INFERENCE);
    run_row(g->r, series, (double)g->at.step, "snnl",
            entanglement_of_batch(shown->value, m->label, SQUARED_EUCLIDEAN, g->t, NULL));
    tape_free(t);
}

/*
# Moments

The first look, and then each at twice the step of the one before, up to the last. Those of the two games
stand side by side.
*/
static size_t look_of(size_t moment)
{
    return moment == 0 ? 0 : set.looks >> (MOMENTS - 1 - moment);
}

static void show(gan *g, mat picture, arena *memory)
{
    for (size_t k = 0; k < MOMENTS; k++)
        if (look_of(k) == g->look) {
            gan_sample(mat_rows(picture, k * COLUMNS + g->at.game * (EACH + 1), EACH), g, "picture", memory);
            if (g->at.game == 0) run_row(g->r, "moments", (double)k, "step", (double)g->at.step);
        }
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig23-discriminator",
        .purpose = "Figure 23: trains a GAN whose discriminator disentangles real and synthetic digits in a learned space.",
        .settings = { settings, gan_settings, perceptron_settings, cnn_settings } });
    arena *memory = arena_new();
    dataset digits = run_load(r, "mnist", NULL, memory);
    size_t d = image_size(digits.shape);
    network *classifier = cnn_trained(r, &digits, "table1-mnist", run_seed(r), "baseline", memory);
    perceptron generator, discriminator;
    gan g;
    gan_init(&g, r, perceptron_generator(&generator, gan_noise(), d, memory),
             perceptron_discriminator(&discriminator, d, set.space, memory), digits.train.x,
             (gan_plan){ played, GAMES, set.steps, set.looks }, memory);
    gan_entanglement m = gan_entanglement_new(&g, digits.train, set.measured, memory);
    mat picture = arena_mat(memory, MOMENTS * COLUMNS, d);
    mat_fill(picture, 1);
    checkpoint_keep_mat(run_checkpoint(r), "picture", picture);
    run_resume(r);
    while (gan_next_look(&g)) {
        look(&m, &g);
        show(&g, picture, memory);
        if (!gan_last_look(&g)) continue;
        gan_entanglement_conclude(&m, &g);
        sample_quality_conclude(&g, set.samples, digits.shape, classifier, memory);
        run_row(r, g.rules->name, RUN_NO_X, "temperature_end", snnl_temperature_now(&g.T));
    }
    sample_quality_rows(r, "real", sample_quality_real(&digits, set.samples), digits.shape, classifier, g.t);
    run_picture(r, ".samples.png", picture, digits.shape, COLUMNS);
    gan_free(&g);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
