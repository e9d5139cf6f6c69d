/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figures 4 and 6: does a network know what it knows?

Reliability diagrams of networks that others have trained, with soft target InfoNCE and with soft target cross-entropy. On
TinyImageNet with smoothed labels alone (Figure 4a) and on CIFAR-100 with the whole recipe (Figure 4b) the paper has
InfoNCE calibrated better, on TinyImageNet with the whole recipe (Figure 6) a little worse. There is a reason to expect a
difference: with labels InfoNCE is NLL but for the counts of a batch (`losses.c`), and the softmax of its scores is a
probability. With soft targets it is none that the loss knows of. What the loss tells apart are whole rows of targets, by
the mean of the scores under each; smoothed labels ask it for larger scores, not for more careful ones (`losses.c`). So
where cross-entropy is too careful, as after a short training with smoothed labels, this loss can look the better
calibrated one because it errs the other way.

    fig4-6-calibration --seed 1

| series | networks of | as in |
|--------|-------------|-------|
| `smoothed` | `fig3-noise-smoothing`, $\epsilon = 0.1$ | Figure 4a, but for the data and the network |
| `transformer` | `table1-2-cifar100` | Figure 4b |
| `convolutions` | `table1-2-cifar100-cnn` | Figure 6, but for the data and the network |

*Reads* CIFAR-100 and those networks, of the same seed. *Writes* accuracy and calibration of each (`reliability.h`).
*Checked by* the claims of Figures 4 and 6 in `papers/hugger2024/claims.tsv`; Figure 4b is judged where its transformer is trained.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cifar.h"               /* gives: cifar_scores */
#include "learn/calibration.h"   /* gives: top_accuracy */
#include "reliability.h"         /* gives: reliability_rows */

static const struct { const char *name, *experiment; body_kind body; } setting[] = {
    { "smoothed", "fig3-noise-smoothing", CONVOLUTIONS },
    { "transformer", "table1-2-cifar100", TRANSFORMER },
    { "convolutions", "table1-2-cifar100-cnn", CONVOLUTIONS },
};
static const loss_kind kind[] = { SOFT_TARGET, SOFT_CROSS_ENTROPY };

static void look(run *r, const cifar *c, size_t i, loss_kind of, arena *memory)
{
    arena_mark mark = arena_save(memory);
    char series[64];
    snprintf(series, sizeof series, "%s, %s", setting[i].name, loss_name[of]);
    mat scores = cifar_scores(r, c, setting[i].experiment, setting[i].body, of, memory);
    run_row(r, series, RUN_NO_X, "accuracy", top_accuracy(scores, c->test.y, 1));
    calibration known = calibration_of(scores, c->test.y);
    reliability_rows(r, series, &known);
    arena_release(memory, mark);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "fig4-6-calibration",
        .purpose = "Figures 4 and 6: the calibration of networks that were trained with soft targets.",
        .settings = { cifar_settings, transformer_settings, convolution_settings } });
    arena *memory = arena_new();
    cifar c = cifar_load(r, 1, memory);
    run_other_data(r, CIFAR_NOTE);
    for (size_t i = 0; i < sizeof setting / sizeof *setting; i++)
        for (size_t k = 0; k < sizeof kind / sizeof *kind; k++) look(r, &c, i, kind[k], memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
