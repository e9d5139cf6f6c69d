/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readings: what would draw Figure 1?

Appendix A.1 leaves open how the twenty modes follow from the angles, the optimizer, what stops a fit early, where noise
labels come from, and on which points the divergence is taken. One answer, ours, is in `fig1-toy`. Here are the
others, one at a time. The published picture has two marks: both errors rise with the alignment, and that of NLL rises
faster. Which reading has them?

    readings --profile desk --seed 11

*Reads* nothing. *Writes* the divergence of both estimates for each reading, and how it changes from 0 % to 80 %. *Checked
by* nothing: a reading is a question, not a claim. Its seeds are others than those of Figure 1.

[figure]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "estimate.h"            /* gives: toy_percent, toy_of, estimate_modes */

static size_t alignments;

static const run_setting settings[] = {
    { "alignments", &alignments, NULL, { 2, 3, 5, 5 }, "data sets, of 0 % to 80 % alignment", "A.1" },
    { 0 }
};

/*
# The readings

What a line does not name is as in `fig1-toy`.

* **Modes.** `toy.h` tells the three constructions.
* **Labels** from the modes times ten, the factor that the points have; or not drawn but the most likely one, which is what
  the paper says that NLL assumes: "the target conditional distribution is degenerate".
* **Fitting.** Gradient descent in the place of Adam; ten times the rate or a tenth; smaller batches; both; other first
  weights; no early stopping, or a hasty one.
* **Noise labels** that are not those of the batch, as many, or twenty for each example; $\eta$ uniform in the place of
  counted, in the scores and in the draws.
*/
typedef struct reading { const char *name; toy_reading data; estimator fit; } reading;

static const reading readings[] = {
    { .name = "as Figure 1" },
    { "modes towards one", .data = { .layout = TOWARDS_ONE } },
    { "modes equiangular", .data = { .layout = EQUIANGULAR } },
    { "labels from 10 x modes", .data = { .scaled = true } },
    { "the most likely label", .data = { .certain = true } },
    { "gradient descent", .fit = { .rule = &sgd } },
    { "descent with momentum", .fit = { .rule = &sgd, .momentum = .9 } },
    { "rate .01", .fit = { .rate = .01 } },
    { "rate .01, batch of 64", .fit = { .rate = .01, .batch = 64 } },
    { "rate .0001", .fit = { .rate = .0001 } },
    { "batch of 64", .fit = { .batch = 64 } },
    { "no early stopping", .fit = { .no_stopping = true } },
    { "patience of 3", .fit = { .patience = 3 } },
    { "first weights N(0, 1)", .fit = { .start = 1 } },
    { "noise drawn, a batch", .fit = { .noise = DRAWN } },
    { "noise drawn, 20 labels", .fit = { .noise = FEW } },
    { "uniform eta", .fit = { .uniform_eta = true } },
    { "uniform eta, drawn", .fit = { .uniform_eta = true, .noise = DRAWN } },
};
enum { READINGS = sizeof readings / sizeof *readings };

/*
# Where the divergence is taken

Each estimate is looked at in five ways, which need no fit of their own: on the points of the data set, on fresh points, on
the centres, with the two distributions exchanged, and by the modes themselves.
*/
enum { WAYS = 5 };
static const char *const way[WAYS] = { "KL", "KL_fresh", "KL_centres", "KL_reverse", "modes" };

typedef struct ends { double first[2][WAYS], last[2][WAYS]; } ends;

static void ways_of(double value[WAYS], const estimate *e)
{
    const double of[WAYS] = { e->kl, e->fresh, e->centres, e->reverse, e->modes };
    for (size_t w = 0; w < WAYS; w++) value[w] = of[w];
}

static void fit_both(run *r, const reading *what, size_t alignment, size_t done, ends *kept, arena *memory)
{
    double percent = toy_percent(alignment, alignments);
    toy d = toy_of(r, what->data, percent, memory);
    estimate of[2];
    for (size_t k = 0; k < 2; k++) {
        estimator how = what->fit;
        how.info_nce = k == 1;
        of[k] = estimate_modes(r, &d, &how, 2 * done + k, 2 * READINGS * alignments);
    }
    for (size_t k = 0; k < 2; k++) {
        char series[64];
        double value[WAYS];
        snprintf(series, sizeof series, "%s / %s", what->name, k == 0 ? "NLL" : "InfoNCE");
        ways_of(value, &of[k]);
        for (size_t w = 0; w < WAYS; w++) run_row(r, series, percent, way[w], value[w]);
        run_row(r, series, percent, "epochs", (double)of[k].epochs);
        if (alignment == 0) ways_of(kept->first[k], &of[k]);
        ways_of(kept->last[k], &of[k]);
    }
}

/*
# The two marks

`rise`: the error at 80 % over that at 0 %. `parting`: NLL's error over InfoNCE's at 80 %, over the same at 0 %. In the
published picture both are well above 1.
*/
static void mark(run *r, const reading *what, const ends *kept)
{
    for (size_t w = 0; w < WAYS; w++) {
        char metric[32];
        double rise[2];
        for (size_t k = 0; k < 2; k++) {
            char series[64];
            rise[k] = kept->last[k][w] / kept->first[k][w];
            snprintf(series, sizeof series, "%s / %s", what->name, k == 0 ? "NLL" : "InfoNCE");
            snprintf(metric, sizeof metric, "rise_%s", way[w]);
            run_row(r, series, RUN_NO_X, metric, rise[k]);
        }
        snprintf(metric, sizeof metric, "parting_%s", way[w]);
        run_row(r, what->name, RUN_NO_X, metric, rise[0] / rise[1]);
    }
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "readings",
        .purpose = "Tries what the paper leaves open in Figure 1.",
        .settings = { settings, toy_settings } });
    toy_require_alignments(alignments);
    arena *memory = arena_new();
    struct { size_t next; ends kept; } at = { 0 };
    checkpoint_keep(run_checkpoint(r), "at", &at, sizeof at);
    run_resume(r);
    for (; at.next < READINGS * alignments; at.next++) {
        const reading *what = &readings[at.next / alignments];
        fit_both(r, what, at.next % alignments, at.next, &at.kept, memory);
        if (at.next % alignments == alignments - 1) mark(r, what, &at.kept);
        arena_reset(memory);
    }
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
