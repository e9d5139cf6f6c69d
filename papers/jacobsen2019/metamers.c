/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Metamers of your own digits

Bring some images, and a network that `table2-mnist` has left beside its result: every image gives its scores, every
image its nuisances, and each pair is inverted.

    table2-mnist --output trained/table2-mnist.seed1.tsv
    metamers --vectors two.npy --model ice --output trained/mine.tsv

The images are rows of 28 x 28 numbers from 0 (black) to 1, as `.npy` or `.csv`; the network is looked for where the result goes, and
the settings that give it its shape have to be those that it was trained with.

*Reads* the images and the network of --seed. *Writes* what the network answers for each metamer, how far the inverse is off, and
RESULT.metamers.png: line i has the scores of image i, column j the nuisances of image j, and on the diagonal
are the images themselves. What is beyond black and white is cut off there; RESULT.metamers.npy keeps it: a row a metamer, line after
line of the picture, of 32 x 32 numbers, with the frame around the digit, black at -1/2 and white at 1/2.
*/
#include <stdio.h>
#include <string.h>

#include "answers.h"             /* gives: answers_of, largest_difference */
#include "base/error.h"          /* gives: STATUS_DONE */
#include "data/npy.h"            /* gives: npy_write */
#include "digits.h"              /* gives: digits_framed, digit_net_init */
#include "run/own.h"             /* gives: own_read */
#include "run/picture.h"         /* gives: run_picture */
#include "run/trained.h"         /* gives: trained_load */

static const char *vectors_file, *model = "ce";

static const run_word words[] = {
    { "vectors", &vectors_file, "FILE", "2 to 30 images, .npy or .csv, a row each: 28 x 28 numbers from 0 (black) to 1", NEEDED },
    { "model", &model, "NAME", "ce or ice: how the network was trained", OPTIONAL },
    { 0 }
};

enum { SIDE = 28, CLASSES = 10, MOST = 30 };

static mat framed_images(run *r, image *shape, arena *memory)
{
    static const char *const beside[] = { ".metamers.png", ".metamers.npy", NULL };
    own in = own_read(r, vectors_file, NULL, beside, 1, memory);
    if (in.x.cols != SIDE * SIDE || in.x.rows < 2 || in.x.rows > MOST)
        die(STATUS_FAILED, "%s: %zu rows of %zu numbers, expected 2 to %d images of %d", vectors_file, in.x.rows, in.x.cols,
            MOST, SIDE * SIDE);
    for (size_t e = 0; e < mat_size(in.x); e++)
        if (in.x.at[e] < 0)
            die(STATUS_FAILED, "%s: %g in row %zu, column %zu (counted from 0), expected numbers from 0 (black) to 1", vectors_file,
                (double)in.x.at[e], e / in.x.cols, e % in.x.cols);
    *shape = (image){ SIDE, SIDE, 1 };
    mat x = digits_framed((examples){ in.x, NULL }, shape, memory).x;
    digits_spread(x, NULL);
    return x;
}

/* Every pair, a row each: those of the first image's scores, then those of the second's... */
static mat pairs(firevnet *net, mat x, tape *scratch, arena *memory)
{
    size_t n = x.rows, rest = x.cols - CLASSES;
    mat scores = arena_mat(memory, n, CLASSES), nuisances = arena_mat(memory, n, rest);
    mat all_scores = arena_mat(memory, n * n, CLASSES), all_nuisances = arena_mat(memory, n * n, rest);
    mat met = arena_mat(memory, n * n, x.cols);
    firevnet_encode(net, scores, nuisances, x, scratch);       /* once, and not for every pair */
    for (size_t i = 0; i < n * n; i++) {
        mat_copy(mat_rows(all_scores, i, 1), mat_rows(scores, i / n, 1));
        mat_copy(mat_rows(all_nuisances, i, 1), mat_rows(nuisances, i % n, 1));
    }
    firevnet_invert(net, met, all_scores, all_nuisances, scratch);
    return met;
}

static void rows(run *r, firevnet *net, mat x, mat met, tape *scratch, arena *memory)
{
    size_t n = x.rows;
    mat scores = arena_mat(memory, n * n, CLASSES), nuisances = arena_mat(memory, n * n, x.cols - CLASSES);
    int *answer = arena_take(memory, n * n, sizeof *answer);
    firevnet_encode(net, scores, nuisances, met, scratch);
    answers_of(answer, scores);
    mat back = arena_mat(memory, n, x.cols);   /* the images themselves, on the diagonal */
    for (size_t i = 0; i < n; i++) {
        mat_copy(mat_rows(back, i, 1), mat_rows(met, i * n + i, 1));
        char series[32];
        snprintf(series, sizeof series, "scores of %zu", i);
        for (size_t j = 0; j < n; j++) run_row(r, series, (double)j, "answer", (double)answer[i * n + j]);
    }
    run_row(r, "network", RUN_NO_X, "inversion_error", largest_difference(back, x));
}

static void write_numbers(run *r, mat met)
{
    char path[4096];
    run_beside(r, path, sizeof path, ".metamers.npy");
    if (npy_write(path, met) != 0) die(STATUS_FAILED, "%s", error_text());
    run_wrote(r, path);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "metamers",
        .purpose = "Metamers of your own images of digits, by a network that table2-mnist has trained.",
        .settings = { digit_net_settings }, .words = words, .own_data = true });
    if (strcmp(model, "ce") != 0 && strcmp(model, "ice") != 0) die(STATUS_USAGE, "--model %s: expected ce or ice", model);
    arena *memory = arena_new();
    tape *scratch = tape_new();
    image shape;
    mat x = framed_images(r, &shape, memory);
    static firevnet net;
    digit_net_init(&net, shape, CLASSES, memory);
    trained_load(r, "table2-mnist", run_seed(r), model, &net, firevnet_keep);
    if (firevnet_is_void(&net)) die(STATUS_FAILED, "%s: its training did not come to its end, and there is no network to look into", model);
    mat met = pairs(&net, x, scratch, memory);
    rows(r, &net, x, met, scratch, memory);
    write_numbers(r, met);
    digits_show(met);
    run_picture(r, ".metamers.png", met, shape, x.rows);
    tape_free(scratch);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
