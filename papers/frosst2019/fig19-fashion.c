/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 19: credibility under attack, Fashion-MNIST

The experiment of Figure 9 on pictures of clothes, where a network errs on a tenth of the unattacked images
already.

    fig19-fashion --seed 1

*Reads* Fashion-MNIST and the networks of `table1-fashion`, of this seed and the next. *Writes* accuracy and
mean credibility of each attack at each epsilon, and how well the two agree
(`papers/frosst2019/credibility.h`). *Checked by* the claims of Figure 19 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "credibility_panels.h"  /* gives: credibility_panels */

int main(int argc, char **argv)
{
    return credibility_panels(argc, argv, &(credibility_figure){
        .experiment = "fig19-fashion",
        .purpose = "Figure 19: credibility of deep k-nearest neighbours under attack, on Fashion-MNIST.",
        .set = "fashion-mnist", .trained = "table1-fashion" });
}
