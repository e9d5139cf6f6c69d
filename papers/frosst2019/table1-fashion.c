/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1, Fashion-MNIST

The comparison of `table1-mnist` on pictures of clothes, where there is more to gain: the
paper reports .81 points on the average of 4 runs.

    table1-fashion --seed 1

*Reads* Fashion-MNIST. *Writes* accuracy and cross-entropy along both trainings and at their end
(`papers/frosst2019/comparison.h`). *Checked by* the claims of Table 1 in
`papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "cnn_comparison.h"      /* gives: compare_cnn */

int main(int argc, char **argv)
{
    return compare_cnn(argc, argv, &(cnn_comparison){
        .experiment = "table1-fashion",
        .purpose = "Table 1: a network trained on Fashion-MNIST, with and without entanglement.",
        .set = "fashion-mnist", .steps = { 40, 1000, 14000, 14000 }, .stated = "footnote 3" });
}
