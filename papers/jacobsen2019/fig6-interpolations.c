/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 6: what changes while nothing changes for the classifier

Down each column the scores stay those of the first image, and the nuisances go from its own to those of another image,
in a straight line. The paper says that after training with cross-entropy the digit turns into the other one on the way,
and that with independence cross-entropy only its style changes.

    fig6-interpolations --seed 1

*Reads* MNIST, and networks and oracle of `table2-mnist` with the same seed; of an iCE that did not come to its end
there is no network, and nothing is said. *Writes* for which share of the pairs the oracle sees the class of the first
image, and that of the other, along the way; and beside the result RESULT.ways.png. *Checked by* the claims of Figure 6
in `papers/jacobsen2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "answers.h"             /* gives: agreement */
#include "base/error.h"          /* gives: STATUS_DONE */
#include "digits.h"              /* gives: digits_show, digit_net_settings */
#include "subjects.h"            /* gives: metamers_at, metamers_seen */
#include "run/picture.h"         /* gives: run_picture */

static struct { size_t pairs, steps; } set;

static const run_setting settings[] = {
    { "pairs", &set.pairs, NULL, { 40, 500, 2000, 10000 }, "of test images of different classes", "ours" },
    { "steps", &set.steps, NULL, { 2, 6, 8, 8 }, "of the way", "ours" },
    { 0 }
};

enum { COLUMNS = 12, MODELS = 2 };
static const char *const model[MODELS] = { "ce", "ice" }, *const series[MODELS] = { "CE", "iCE" };

/* One network's ways: its columns in the picture stand beside the other's, a white one between. */
static void follow(run *r, subjects *s, size_t k, mat picture, arena *memory)
{
    size_t wide = MODELS * COLUMNS + 1;
    mat x = arena_mat(memory, s->count, s->a.cols);
    int *seen = arena_take(memory, s->count, sizeof *seen);
    for (size_t i = 0; i <= set.steps + 1; i++) {
        double t = (double)i / (double)set.steps;
        if (i <= set.steps) {
            metamers_at(s, x, t, memory);
            metamers_seen(s, seen, x);
            run_row(r, series[k], t, "seen_as_original", agreement(seen, s->class_a, s->count));
            run_row(r, series[k], t, "seen_as_target", agreement(seen, s->class_b, s->count));
        } else {
            mat_copy(x, s->b);
            digits_show(x);
        }
        for (size_t c = 0; c < COLUMNS; c++)
            mat_copy(mat_rows(picture, i * wide + k * (COLUMNS + 1) + c, 1), mat_rows(x, c, 1));
    }
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "fig6-interpolations",
        .purpose = "Figure 6: digits whose scores stay while their nuisances become another image's.",
        .settings = { settings, digit_net_settings, oracle_shape_settings } });
    if (set.pairs < COLUMNS) die(STATUS_USAGE, "--pairs %zu: expected %d or more", set.pairs, COLUMNS);
    arena *memory = arena_new();
    static subjects s;
    subjects_load(&s, r, set.pairs, memory);
    mat picture = arena_mat(memory, (set.steps + 2) * (MODELS * COLUMNS + 1), s.a.cols);
    mat_fill(picture, 1);
    for (size_t k = 0; k < MODELS; k++) {
        if (!subjects_choose(&s, r, model[k])) continue;
        follow(r, &s, k, picture, memory);
    }
    run_picture(r, ".ways.png", picture, s.shape, MODELS * COLUMNS + 1);
    subjects_free(&s);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
