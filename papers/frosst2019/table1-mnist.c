/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1, MNIST

Does a network that is made to *entangle* its hidden layers classify better? A small convolutional
network (`papers/frosst2019/cnn.h`) learns the digits twice, once with cross-entropy alone, once with
equation 3 (`papers/frosst2019/objective.h`). The paper gains .34 points on the average of 4 runs.

    table1-mnist --seed 1

*Reads* MNIST. *Writes* accuracy and cross-entropy along both trainings and at their end
(`papers/frosst2019/comparison.h`). *Checked by* the claims of Table 1 in
`papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "cnn_comparison.h"      /* gives: compare_cnn */

int main(int argc, char **argv)
{
    return compare_cnn(argc, argv, &(cnn_comparison){
        .experiment = "table1-mnist",
        .purpose = "Table 1: a network trained on MNIST, with and without entanglement.",
        .set = "mnist", .steps = { 40, 1000, 14000, 14000 }, .stated = "footnote 3" });
}
