/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 6: a generator without a discriminator

If a generator that wins entangles what it makes with what is real (Figure 17), then let it do just that.
There is no discriminator here: the generator maximises the soft nearest neighbour loss of a batch of real and
synthetic digits, on the pixels. On MNIST, where distances between pixels mean something, the paper finds that
enough for digits of all classes; smoother ones than those of a discriminator, because an image is entangled
best when it lies between two real ones.

What the temperature does meanwhile the paper says, but its authors' script does otherwise; and it decides
everything. So we train with three rules for it (`papers/frosst2019/game.h`).

    fig06-generator --seed 1

*Reads* MNIST, and the classifier that `table1-mnist` left for this seed. *Writes* the entanglement along each
training; of the last samples, and of as many real digits, the total variation, the classes that the
classifier sees, and its confidence; and beside the result RESULT.grid.png, a grid of images for each rule.
*Checked by* the claims of Figure 6 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_settings */
#include "gan_entanglement.h"    /* gives: gan_entanglement_look */
#include "perceptron.h"          /* gives: perceptron_generator */
#include "sample_quality.h"      /* gives: sample_quality_conclude */
#include "run/load.h"            /* gives: run_load */
#include "run/picture.h"         /* gives: run_picture */

static struct { size_t steps, looks, measured, samples; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 20, 2000, 10000, 10000 }, "of the generator, with each rule", "ours" },
    { "looks", &set.looks, NULL, { 4, 20, 50, 50 }, "evenly over the steps; one more before the first", "ours" },
    { "measured", &set.measured, NULL, { 20, 128, 256, 256 }, "images of either kind that a look measures", "ours" },
    { "samples", &set.samples, NULL, { 50, 1000, 1000, 1000 }, "images that are described at the end", "ours" },
    { 0 }
};

/*
# Over two dimensions

"The grid was created by extrapolating over 2 dimensions of the input noise." So two numbers run evenly from
$-a$ to $a$, and all others are 0. Noise of m numbers has a length of about $\sqrt m$, and that is our a: the
middles of the edges are as far out as what the generator knows, the corners are beyond, and the centre is
where it has never been.
*/
static const game *const played[] = { &entanglement_learned, &entanglement_stays, &entanglement_falls };
enum { GAMES = sizeof played / sizeof *played, SIDE = 14, COLUMNS = GAMES * (SIDE + 1) - 1 };

static mat grid_noise(arena *memory)
{
    mat z = arena_mat(memory, SIDE * SIDE, gan_noise());
    double a = sqrt((double)z.cols);
    mat_fill(z, 0);
    for (size_t k = 0; k < z.rows; k++) {
        size_t row = k / SIDE, column = k % SIDE;
        mat_row(z, k)[0] = (real)(a * (2.0 * (double)column / (SIDE - 1) - 1));
        mat_row(z, k)[1] = (real)(a * (2.0 * (double)row / (SIDE - 1) - 1));
    }
    return z;
}

/* The grids stand side by side, an empty place between them. */
static void paint_grid(mat picture, gan *g, arena *memory)
{
    arena_mark mark = arena_save(memory);
    mat x = arena_mat(memory, SIDE * SIDE, picture.cols);
    gan_paint(x, g, grid_noise(memory));
    for (size_t k = 0; k < x.rows; k++)
        mat_copy(mat_rows(picture, k / SIDE * COLUMNS + g->at.game * (SIDE + 1) + k % SIDE, 1), mat_rows(x, k, 1));
    arena_release(memory, mark);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig06-generator",
        .purpose = "Figure 6: trains a generator of digits by maximising entanglement, without a discriminator.",
        .settings = { settings, gan_settings, perceptron_settings, cnn_settings } });
    arena *memory = arena_new();
    dataset digits = run_load(r, "mnist", NULL, memory);
    network *classifier = cnn_trained(r, &digits, "table1-mnist", run_seed(r), "baseline", memory);
    perceptron generator;
    gan g;
    gan_init(&g, r, perceptron_generator(&generator, gan_noise(), image_size(digits.shape), memory), player_pixels,
             digits.train.x, (gan_plan){ played, GAMES, set.steps, set.looks }, memory);
    gan_entanglement m = gan_entanglement_new(&g, digits.train, set.measured, memory);
    mat picture = arena_mat(memory, SIDE * COLUMNS, digits.train.x.cols);
    mat_fill(picture, 1);
    checkpoint_keep_mat(run_checkpoint(r), "picture", picture);
    run_resume(r);
    while (gan_next_look(&g)) {
        gan_entanglement_look(&m, &g);
        if (!gan_last_look(&g)) continue;
        gan_entanglement_conclude(&m, &g);
        sample_quality_conclude(&g, set.samples, digits.shape, classifier, memory);
        run_row(r, g.rules->name, RUN_NO_X, "temperature_end", snnl_temperature_now(&g.T));
        paint_grid(picture, &g, memory);
    }
    sample_quality_rows(r, "real", sample_quality_real(&digits, set.samples), digits.shape, classifier, g.t);
    run_picture(r, ".grid.png", picture, digits.shape, COLUMNS);
    gan_free(&g);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
