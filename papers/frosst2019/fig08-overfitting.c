/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 8: overfitting, later and less?

Trained for long, a network goes on lowering its cross-entropy on the training set while that on the
test set turns round and rises. The paper trains both models of Table 1 on SVHN for so long that they
overfit, and finds that the entangled one does so about 5,000 steps later, and to a much lesser degree:
entanglement regularises.

    fig08-overfitting --seed 1

*Reads* SVHN, or Fashion-MNIST in its place: the same question on other data, which decide nothing about
the paper's. *Writes* accuracy and cross-entropy along both trainings (`papers/frosst2019/comparison.h`).
*Checked by* the claims of Figure 8 in `papers/frosst2019/claims.tsv`.

The length of the training is not in the paper.

[figure]

[verdicts]
*/
#include "cnn_comparison.h"      /* gives: compare_cnn */

int main(int argc, char **argv)
{
    return compare_cnn(argc, argv, &(cnn_comparison){
        .experiment = "fig08-overfitting",
        .purpose = "Figure 8: accuracy and cross-entropy of a long training, with and without entanglement.",
        .set = "svhn", .stand_in = "fashion-mnist", .steps = { 40, 1200, 30000, 30000 }, .stated = "ours" });
}
