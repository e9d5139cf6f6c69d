/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 4: how far a push reaches

Two places on the sphere are at most 2 apart, and the weight of their edge is at least $e^{-2\alpha}$. With a
large $\alpha$ all weights are nearly 0 as soon as the places differ at all, and the loss has nothing left to
say; with a small one it is a sum of distances. The paper finds accuracy independent of $\alpha$ while that is
small.

$\alpha$ has a second effect, which the paper does not separate from the first: it is a factor of the gradient. A
pair at distance r pushes with $\alpha e^{-\alpha r}$, shared here by all pairs of the mean; with $\alpha = 0.1$ that is at most
a tenth, where with 2 it may be 2. So along the axis the steps change as well as their aim, and a rate that suits
one end need not suit the other. `readings` has $\alpha = 0.1$ by the mean and by the sum beside $\alpha = 2$ by both.

    fig4-alpha-cifar10 --seed 1

*Reads* CIFAR-10. *Writes* the test accuracy for each value (`papers/bontonou2019/sweeps.h`). *Checked by* the
claims of Figure 4 in `papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "sweeps.h"              /* gives: sweep */

int main(int argc, char **argv)
{
    return sweep(argc, argv, &(sweep_program){
        .experiment = "fig4-alpha-cifar10",
        .purpose = "Figure 4: test accuracy on CIFAR-10 over alpha.",
        .kind = SWEEP_ALPHA, .set = "cifar-10", .series = "CIFAR-10", .mirrored = true });
}
