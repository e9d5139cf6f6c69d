/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# A gallery of corruptions

The paper's Table 2 counts errors on 15 corruptions of CIFAR-10's test images, and shows none of them. Here
they are: one image, damaged in each way and in each severity (`common/data/corruption.h`), and how much
such an image changes.

    gallery-corruptions --image 20

*Reads* CIFAR-10 and the photographs of frost. *Writes* the mosaic `gallery-corruptions.seed1.corruptions.png` beside
the result: a column a corruption, the image itself on top, then severities 1 to 5; and how much each of them changes the
first test images (`papers/bontonou2019/change.h`). *Checked by* `tests/corruption.bats`.

# Severe is not always different

The severities are the benchmark's, and look like their names, 5 stronger than 1. Counted in pixels most
changes grow with the severity, but not all:

* **elastic** moves the whole image less each time, and wobbles it more: the count sees the first;
* **frost** has parts of image and ice that sum to 1.2, 1.3, 1.3, 1.25 and 1.2: the last ones darken again;
* **glass**, severities 3 and 5, blurs what was scattered, which brings it nearer to the image again.

How much a *classifier* minds is another question, and that of the paper.

[figure]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "change.h"              /* gives: change_add */
#include "data/corruption.h"     /* gives: corrupt */
#include "run/load.h"            /* gives: run_load, run_frost */
#include "run/picture.h"         /* gives: run_picture */

static struct { size_t image, measured; } set;

static const run_setting settings[] = {
    { "image", &set.image, NULL, { 20, 20, 20, 20 }, "which test image is shown, counted from 1", "ours" },
    { "measured", &set.measured, NULL, { 20, 500, 10000, 10000 }, "test images whose change is measured", "ours" },
    { 0 }
};

/*
# One corruption after the other

What hangs on the wall and what was counted survive an interruption.
*/
typedef struct gallery {
    size_t done;                   /* corruptions */
    change all[1 + SEVERITIES];
    mat wall;                      /* (1 + severities) x corruptions images */
} gallery;

static gallery *gallery_new(run *r, const dataset *data, arena *memory)
{
    gallery *g = arena_take(memory, 1, sizeof *g);
    *g = (gallery){ .wall = arena_mat(memory, (1 + SEVERITIES) * CORRUPTIONS, data->test.x.cols) };
    mat_fill(g->wall, 0);
    checkpoint *c = run_checkpoint(r);
    checkpoint_keep(c, "done", &g->done, sizeof g->done);
    checkpoint_keep(c, "all", g->all, sizeof g->all);
    checkpoint_keep(c, "wall", g->wall.at, mat_size(g->wall) * sizeof *g->wall.at);
    return g;
}

static void show(run *r, gallery *g, const corruption *c, mat test, const corruption_settings *how, arena *memory)
{
    mat one = mat_rows(test, set.image - 1, 1), some = mat_rows(test, 0, set.measured);
    mat damaged = arena_mat(memory, some.rows, some.cols);
    mat_copy(mat_rows(g->wall, g->done, 1), one);
    for (size_t severity = 1; severity <= SEVERITIES; severity++) {
        corrupt(mat_rows(g->wall, severity * CORRUPTIONS + g->done, 1), one, set.image - 1, c, severity, how);
        corrupt(damaged, some, 0, c, severity, how);
        change found = { 0 };
        change_add(&found, damaged, some);
        change_add(&g->all[severity], damaged, some);
        change_rows(r, c->name, severity, &found);
    }
    g->done++;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "gallery-corruptions",
        .purpose = "Shows the 15 corruptions of a CIFAR-10 image in 5 severities, and how much they change.",
        .settings = { settings } });
    arena *memory = arena_new(), *scratch = arena_new();
    dataset data = run_load(r, "cifar-10", NULL, memory);
    frost ice = run_frost(r, memory);
    size_t n = data.test.x.rows;
    if (set.image > n || set.measured > n)
        die(STATUS_USAGE, "--image %zu, --measured %zu: there are %zu test images", set.image, set.measured, n);
    const corruption_settings how = { data.shape, run_seed(r), &ice };
    gallery *g = gallery_new(r, &data, memory);
    run_resume(r);
    while (g->done < CORRUPTIONS) {
        show(r, g, &corruptions[g->done], data.test.x, &how, scratch);
        run_tick(r, g->done, CORRUPTIONS, corruptions[g->done - 1].title);
        arena_reset(scratch);
    }
    for (size_t severity = 1; severity <= SEVERITIES; severity++) change_rows(r, "all", severity, &g->all[severity]);
    run_picture(r, ".corruptions.png", g->wall, data.shape, CORRUPTIONS);
    arena_free(scratch);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
