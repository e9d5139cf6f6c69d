/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 4: how far a push reaches, on house numbers

The other curve of Figure 4; `fig4-alpha-cifar10` tells what it asks.

    fig4-alpha-svhn --seed 1

*Reads* SVHN. *Writes* the test accuracy for each value (`papers/bontonou2019/sweeps.h`). *Checked by* the
claims of Figure 4 in `papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "sweeps.h"              /* gives: sweep */

int main(int argc, char **argv)
{
    return sweep(argc, argv, &(sweep_program){
        .experiment = "fig4-alpha-svhn",
        .purpose = "Figure 4: test accuracy on SVHN over alpha.",
        .kind = SWEEP_ALPHA, .set = "svhn", .series = "SVHN" });
}
