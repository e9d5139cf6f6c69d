/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 4: images that are one image to the classifier

Above, the image whose scores are taken; below, the image whose nuisances are; between them the image that has both.
The classifier gives it exactly the scores of the upper image. The paper shows that it looks like the lower one.
To whom? We ask an oracle (`papers/jacobsen2019/oracle.h`) about many pairs, for the network trained with cross-entropy,
as in the paper, and for that of independence cross-entropy.

The numbers of a metamer may lie beyond black and white. To be looked at it is cut to these, and then it is another image,
whose answer may be another: we count that, too.

    fig4-metamers --seed 1

*Reads* MNIST, and networks and oracle of `table2-mnist` with the same seed; of an iCE that did not come to its end
there is no network, and nothing is said. *Writes* in how many metamers the oracle sees the class of either image; how
far the inverse and the scores are off; how many numbers of metamers are beyond black and white, and how many are answered as
before once they are cut; and beside the result RESULT.metamers.png. *Checked by* the claims of Figure 4
in `papers/jacobsen2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "answers.h"             /* gives: answers_of, largest_difference */
#include "base/error.h"          /* gives: STATUS_DONE */
#include "digits.h"              /* gives: digit_net_settings */
#include "subjects.h"            /* gives: metamers_at, metamers_seen */
#include "run/picture.h"         /* gives: run_picture */

static struct { size_t pairs; } set;

static const run_setting settings[] = {
    { "pairs", &set.pairs, NULL, { 40, 500, 2000, 10000 }, "of test images of different classes", "ours" },
    { 0 }
};

enum { COLUMNS = 15, LINES = 3, MODELS = 2 };
static const char *const model[MODELS] = { "ce", "ice" }, *const series[MODELS] = { "CE", "iCE" };

/* The scores of x, and the share of its rows that are answered as a is. */
static double answers_kept(mat scores, subjects *s, mat x, arena *memory)
{
    size_t n = s->count;
    mat rest = arena_mat(memory, n, s->nuisances_a.cols);
    int *before = arena_take(memory, n, sizeof *before), *after = arena_take(memory, n, sizeof *after);
    firevnet_encode(&s->net, scores, rest, x, s->scratch);
    answers_of(before, s->scores);
    answers_of(after, scores);
    return agreement(before, after, n);
}

/* Whether the network says of its metamers what it said of a, and how far the numbers agree; and what it says of them as they are
   shown: the numbers of spread images lie between -1/2 and 1/2. */
static void check(run *r, const char *name, subjects *s, mat met, arena *memory)
{
    mat scores = arena_mat(memory, s->count, s->scores.cols), x = arena_mat(memory, s->count, met.cols);
    size_t outside = 0;
    run_row(r, name, RUN_NO_X, "answers_kept", answers_kept(scores, s, met, memory));
    run_row(r, name, RUN_NO_X, "score_change", largest_difference(scores, s->scores));
    metamers_at(s, x, 0, memory);
    run_row(r, name, RUN_NO_X, "inversion_error", largest_difference(x, s->a));
    for (size_t e = 0; e < mat_size(met); e++) {
        real v = met.at[e];
        x.at[e] = v < (real)-.5 ? (real)-.5 : v > (real).5 ? (real).5 : v;
        outside += x.at[e] != v;
    }
    run_row(r, name, RUN_NO_X, "outside", (double)outside / (double)mat_size(met));
    run_row(r, name, RUN_NO_X, "answers_kept_shown", answers_kept(scores, s, x, memory));
}

static void judge(run *r, const char *name, subjects *s, mat met, arena *memory)
{
    char row[64];
    int *seen = arena_take(memory, s->count, sizeof *seen);
    metamers_seen(s, seen, met);
    snprintf(row, sizeof row, "%s nuisance image", name);
    run_row(r, row, RUN_NO_X, "agreement", agreement(seen, s->class_b, s->count));
    snprintf(row, sizeof row, "%s logit image", name);
    run_row(r, row, RUN_NO_X, "agreement", agreement(seen, s->class_a, s->count));
}

static void put_line(mat picture, size_t line, mat x)
{
    for (size_t i = 0; i < COLUMNS; i++) mat_copy(mat_rows(picture, line * COLUMNS + i, 1), mat_rows(x, i, 1));
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "fig4-metamers",
        .purpose = "Figure 4: metamers of digits, with the scores of one image and the nuisances of another.",
        .settings = { settings, digit_net_settings, oracle_shape_settings } });
    if (set.pairs < COLUMNS) die(STATUS_USAGE, "--pairs %zu: expected %d or more", set.pairs, COLUMNS);
    arena *memory = arena_new();
    static subjects s;
    subjects_load(&s, r, set.pairs, memory);
    mat met = arena_mat(memory, set.pairs, s.a.cols), picture = arena_mat(memory, (LINES * MODELS + 1) * COLUMNS, s.a.cols);
    mat_fill(picture, 1);
    for (size_t k = 0; k < MODELS; k++) {
        if (!subjects_choose(&s, r, model[k])) continue;
        metamers_at(&s, met, 1, memory);
        check(r, series[k], &s, met, memory);
        judge(r, series[k], &s, met, memory);
        put_line(picture, k * (LINES + 1) + 1, met);
    }
    digits_show(s.a);
    digits_show(s.b);
    int *seen = arena_take(memory, s.count, sizeof *seen);
    oracle_look(&s.eye, seen, s.a);
    run_row(r, "oracle", RUN_NO_X, "agreement", agreement(seen, s.class_a, s.count));
    for (size_t k = 0; k < MODELS; k++) {
        put_line(picture, k * (LINES + 1), s.a);
        put_line(picture, k * (LINES + 1) + 2, s.b);
    }
    run_picture(r, ".metamers.png", picture, s.shape, COLUMNS);
    subjects_free(&s);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
