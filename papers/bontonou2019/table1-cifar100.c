/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1, CIFAR-100

The comparison of `table1-cifar10` with a hundred classes and Adam. A batch of a hundred images has one
of each class on average, so nearly every edge of its graph is between classes.

A hundred classes are 4,950 pairs, and each has a fit of support vectors of its own: desk scale fits them to
20,000 of the places only, and so they know less than the ten neighbours, which are found among all.

    table1-cifar100 --seed 1

*Reads* CIFAR-100. *Writes* the errors of each network and classifier (`papers/bontonou2019/table1.h`), and the
trained networks. *Checked by* the claims of Table 1 in `papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "table1.h"              /* gives: table1 */

int main(int argc, char **argv)
{
    return table1(argc, argv, &(table1_program){
        .experiment = "table1-cifar100",
        .purpose = "Table 1: errors on CIFAR-100 with cross-entropy and with the graph smoothness loss.",
        .set = "cifar-100", .examples = { 200, 5000, 40000, 50000 }, .tested = { 100, 1000, 10000, 10000 },
        .fitted = { 200, 5000, 20000, 50000 }, .by_adam = true, .mirrored = true });
}
