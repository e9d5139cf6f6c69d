/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 3: how many dimensions, on house numbers

The other curve of Figure 3; `fig3-d-cifar10` tells what it asks.

    fig3-d-svhn --seed 1

*Reads* SVHN. *Writes* the test accuracy for each value (`papers/bontonou2019/sweeps.h`). *Checked by* the
claims of Figure 3 in `papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "sweeps.h"              /* gives: sweep */

int main(int argc, char **argv)
{
    return sweep(argc, argv, &(sweep_program){
        .experiment = "fig3-d-svhn",
        .purpose = "Figure 3: test accuracy on SVHN over the number of outputs.",
        .kind = SWEEP_D, .set = "svhn", .series = "SVHN" });
}
