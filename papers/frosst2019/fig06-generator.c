/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 6: a generator without a discriminator

If a generator that wins entangles what it makes with what is real (Figure 17), then let it do just that. There is no
discriminator here: the generator maximises the soft nearest neighbour loss of a batch of real and synthetic digits, on
the pixels. On MNIST, where distances between pixels mean something, that is enough for digits of all classes; smoother
ones than those of a discriminator, the paper says, because an image is entangled best when it lies between two real ones.

    fig06-generator --seed 1

*Reads* MNIST, and the classifier that `table1-mnist` left for this seed. *Writes* the entanglement along the training; of the last
samples and of as many real digits the total variation, the classes that the classifier sees, and its confidence; and beside the
result two pictures, RESULT.grid.png and RESULT.samples.png. *Checked by* the claims of Figure 6 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_init */
#include "mingling.h"            /* gives: mingling_look */
#include "perceptron.h"          /* gives: perceptron_generator */
#include "portraits.h"           /* gives: portraits_rows, portraits_save */
#include "run/load.h"            /* gives: run_load */
#include "trained.h"             /* gives: trained_load */

static struct { size_t steps, looks, measured, samples; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 20, 2000, 20000, 20000 }, "of the generator", "ours" },
    { "looks", &set.looks, NULL, { 4, 20, 50, 50 }, "at what it makes, evenly over the steps; one more before the first", "ours" },
    { "measured", &set.measured, NULL, { 20, 128, 256, 256 }, "images of either kind that a look measures", "ours" },
    { "samples", &set.samples, NULL, { 50, 1000, 1000, 1000 }, "images that are described at the end", "ours" },
    { 0 }
};

/*
# Over two dimensions

"The grid was created by extrapolating over 2 dimensions of the input noise." So two numbers run evenly from $-a$ to $a$, and all
others are 0. Noise of m numbers has a length of about $\sqrt m$, and that is our a: the middles of the edges are as far out as what
the generator knows, the corners are beyond, and the centre is where it has never been.
*/
enum { SIDE = 16, COLUMNS = 16, LINES = 7 };

static mat grid_noise(arena *memory)
{
    mat z = arena_mat(memory, SIDE * SIDE, gan_noise());
    double a = sqrt((double)z.cols);
    mat_fill(z, 0);
    for (size_t k = 0; k < z.rows; k++) {
        mat_row(z, k)[0] = (real)(a * (2.0 * (double)(k % SIDE) / (SIDE - 1) - 1));
        mat_row(z, k)[1] = (real)(a * (2.0 * (double)(k / SIDE) / (SIDE - 1) - 1));
    }
    return z;
}

static mat painted(gan *g, mat z, arena *memory)
{
    mat x = arena_mat(memory, z.rows, g->images.cols);
    gan_paint(x, g, z);
    return x;
}

static void conclude(gan *g, const dataset *digits, const network *classifier, arena *memory)
{
    size_t count = set.samples < digits->test.x.rows ? set.samples : digits->test.x.rows;
    mat x = painted(g, gan_draw(g->r, "samples", count, memory), memory);
    portraits_rows(g->r, "samples", x, digits->shape, classifier, g->t);
    portraits_rows(g->r, "real", mat_rows(digits->test.x, 0, count), digits->shape, classifier, g->t);
    x = painted(g, grid_noise(memory), memory);
    portraits_save(g->r, ".grid.png", x, digits->shape, SIDE);
    x = painted(g, gan_draw(g->r, "picture", LINES * COLUMNS, memory), memory);
    portraits_save(g->r, ".samples.png", x, digits->shape, COLUMNS);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig06-generator",
        .purpose = "Figure 6: trains a generator of digits by maximising entanglement, without a discriminator.",
        .settings = { settings, gan_settings, perceptron_settings, cnn_settings } });
    arena *memory = arena_new();
    dataset digits = run_load(r, "mnist", NULL, memory);
    cnn c;
    network classifier;
    cnn_init(&c, &classifier, digits.shape, digits.classes, 2, memory);
    trained_load(r, &classifier, "table1-mnist", run_seed(r), "baseline");
    perceptron generator;
    gan g;
    gan_init(&g, r, perceptron_generator(&generator, gan_noise(), image_size(digits.shape), memory), pixels,
             digits.train.x, set.steps, 1, memory);
    mingling m = mingling_new(r, digits.train, set.measured, memory);
    run_resume(r);
    double last = 0;
    for (; g.at.looks <= set.looks; g.at.looks++) {
        gan_train(&g, &entanglement_learned, gan_look(&g, g.at.looks, set.looks));
        last = mingling_look(&m, &g, "samples");
    }
    mingling_conclude(&g, "samples", last);
    conclude(&g, &digits, &classifier, memory);
    gan_free(&g);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
