/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 3: how many dimensions

Classes that all lie at one distance from each other need as many dimensions as there are classes, less one. The
paper finds that accuracy rises until there are as many outputs as classes, and slowly drops beyond.

    fig3-d-cifar10 --seed 1

*Reads* CIFAR-10. *Writes* the test accuracy for each value (`papers/bontonou2019/sweeps.h`). *Checked by* the
claims of Figure 3 in `papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "sweeps.h"              /* gives: sweep */

int main(int argc, char **argv)
{
    return sweep(argc, argv, &(sweep_program){
        .experiment = "fig3-d-cifar10",
        .purpose = "Figure 3: test accuracy on CIFAR-10 over the number of outputs.",
        .kind = SWEEP_D, .set = "cifar-10", .series = "CIFAR-10", .mirrored = true });
}
