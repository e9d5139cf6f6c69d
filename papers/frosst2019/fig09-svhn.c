/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 9: credibility under attack, SVHN

Deep k-nearest neighbours say how far the training data support what a network answers. Of a network that
was deceived they should say: not far. The paper attacks two networks for house numbers, one with entangled
hidden layers and one without, with growing force, and finds the credibility of the entangled one more
correlated with its accuracy, under each of four attacks (`papers/frosst2019/credibility_panels.h`).

    fig09-svhn --seed 1

SVHN can be had from its authors only, and nothing stands in for it here: Figures 18 and 19 ask the same of
other data.

*Reads* SVHN and the networks of `table1-svhn`, of this seed and the next. *Writes* accuracy and mean
credibility of each attack at each epsilon, and how well the two agree (`papers/frosst2019/credibility.h`).
*Checked by* the claims of Figure 9 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "credibility_panels.h"  /* gives: credibility_panels */

int main(int argc, char **argv)
{
    return credibility_panels(argc, argv, &(credibility_figure){
        .experiment = "fig09-svhn",
        .purpose = "Figure 9: credibility of deep k-nearest neighbours under attack, on SVHN.",
        .set = "svhn", .trained = "table1-svhn" });
}
