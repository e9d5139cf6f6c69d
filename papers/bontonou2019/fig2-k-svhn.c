/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 2: how many neighbours, on house numbers

The other curve of Figure 2; `fig2-k-cifar10` tells what it asks.

    fig2-k-svhn --seed 1

*Reads* SVHN. *Writes* the test accuracy for each value (`papers/bontonou2019/sweeps.h`). *Checked by* the
claims of Figure 2 in `papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "sweeps.h"              /* gives: sweep */

int main(int argc, char **argv)
{
    return sweep(argc, argv, &(sweep_program){
        .experiment = "fig2-k-svhn",
        .purpose = "Figure 2: test accuracy on SVHN over the number of neighbours.",
        .kind = SWEEP_K, .set = "svhn", .series = "SVHN" });
}
