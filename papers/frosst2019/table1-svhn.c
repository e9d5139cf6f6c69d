/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1, SVHN

The comparison of `table1-mnist` on photographed house numbers. The published *average* of this row is
larger than its *best*, which cannot be, and equals the average of CIFAR-10's row: a slip of the pen. Only the
best is claimed.

    table1-svhn --seed 1

*Reads* SVHN. *Writes* accuracy and cross-entropy along both trainings and at their end
(`papers/frosst2019/comparison.h`). *Checked by* the claims of Table 1 in
`papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_settings */
#include "cnn_comparison.h"      /* gives: compare_cnn */

static size_t steps;

static const run_setting settings[] = {
    { "steps", &steps, NULL, { 40, 1000, 14000, 14000 }, "of Adam", "footnote 3" },
    { 0 }
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "table1-svhn",
        .purpose = "Table 1: a network trained on SVHN, with and without entanglement.",
        .settings = { settings, cnn_comparison_settings, entanglement_settings,
                      cnn_training_settings, cnn_settings } });
    compare_cnn(r, "svhn", NULL, steps);
    run_end(r);
    return STATUS_DONE;
}
