/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 2: how many neighbours

Must every pair of a batch push, or only near ones? The paper: the more neighbours the better, and beyond as many as
there are classes it hardly matters.

Few neighbours have a second effect, which the paper does not separate from the first. With k = 1 a batch of 100
has at most 200 edges instead of 9,900, and the loss, a sum in the paper and here a nine-thousandth of it, is as
much smaller: so is each step. `readings` divides by the number of edges instead.

    fig2-k-cifar10 --seed 1

*Reads* CIFAR-10. *Writes* the test accuracy for each value (`papers/bontonou2019/sweeps.h`). *Checked by* the
claims of Figure 2 in `papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "sweeps.h"              /* gives: sweep */

int main(int argc, char **argv)
{
    return sweep(argc, argv, &(sweep_program){
        .experiment = "fig2-k-cifar10",
        .purpose = "Figure 2: test accuracy on CIFAR-10 over the number of neighbours.",
        .kind = SWEEP_K, .set = "cifar-10", .series = "CIFAR-10", .mirrored = true });
}
