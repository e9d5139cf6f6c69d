/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1, CIFAR-10

Is a network that only pushes classes apart as good a classifier as one that was taught to name them? The
paper: 5.06 % of errors with cross-entropy, 5.48 % with its loss and ten neighbours.

    table1-cifar10 --seed 1

PreActResNet-18 in full is days of two cores' time, so desk scale takes a quarter of the channels, a quarter of the
pixels, 40,000 images and 10 epochs instead of 200; what can be compared with the paper is how the two losses do
beside each other.

*Reads* CIFAR-10. *Writes* the errors of each network and classifier, and of a third network for Table 2
(`papers/bontonou2019/table1.h`); the trained networks. *Checked by* the claims of Table 1 in
`papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "table1.h"              /* gives: table1 */

int main(int argc, char **argv)
{
    return table1(argc, argv, &(table1_program){
        .experiment = "table1-cifar10",
        .purpose = "Table 1: errors on CIFAR-10 with cross-entropy and with the graph smoothness loss.",
        .set = "cifar-10", .examples = { 200, 5000, 40000, 50000 }, .tested = { 100, 1000, 10000, 10000 },
        .mirrored = true, .wide = true });
}
