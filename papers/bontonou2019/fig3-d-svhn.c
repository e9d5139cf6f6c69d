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
#include "base/error.h"          /* gives: STATUS_DONE */
#include "sweeps.h"              /* gives: sweep */
#include "training.h"            /* gives: training_settings */

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "fig3-d-svhn",
        .purpose = "Figure 3: test accuracy on SVHN over the number of outputs.",
        .settings = { sweep_settings, prepared_settings, network_settings, training_settings, descent_settings } });
    sweep(r, SWEEP_D, "svhn", "SVHN", false);
    run_end(r);
    return STATUS_DONE;
}
