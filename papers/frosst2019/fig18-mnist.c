/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 18: credibility under attack, MNIST

The experiment of Figure 9 on handwritten digits: as an attack grows stronger, does the credibility of a
network's answers fall as its accuracy does? Four attacks (`papers/frosst2019/credibility_panels.h`), a
baseline network and an entangled one, and deep k-nearest neighbours to ask.

    fig18-mnist --seed 1

*Reads* MNIST and the networks of `table1-mnist`, of this seed and the next. *Writes* accuracy and mean
credibility of each attack at each epsilon, and how well the two agree (`papers/frosst2019/credibility.h`).
*Checked by* the claims of Figure 18 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "credibility_panels.h"  /* gives: credibility_panels */

int main(int argc, char **argv)
{
    return credibility_panels(argc, argv, &(credibility_figure){
        .experiment = "fig18-mnist",
        .purpose = "Figure 18: credibility of deep k-nearest neighbours under attack, on MNIST.",
        .set = "mnist", .trained = "table1-mnist" });
}
