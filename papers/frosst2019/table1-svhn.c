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
#include "cnn_comparison.h"      /* gives: compare_cnn */

int main(int argc, char **argv)
{
    return compare_cnn(argc, argv, &(cnn_comparison){
        .experiment = "table1-svhn",
        .purpose = "Table 1: a network trained on SVHN, with and without entanglement.",
        .set = "svhn", .steps = { 40, 1000, 14000, 14000 }, .stated = "footnote 3" });
}
