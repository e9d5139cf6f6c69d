/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 2: EMNIST Balanced in three dimensions

Ten of the 47 classes of characters, chosen at random, because 47 colours cannot be told
apart.

    fig2-tsne-emnist --profile desk --seed 1

*Reads* EMNIST Balanced or its stand-in (as in `papers/agarap2020/table5-emnist.c`).
*Writes* two maps, and for each the silhouette of the classes and the accuracy of the
nearest neighbour. *Checked by* the claims of Figure 2 in
`papers/agarap2020/claims.tsv`. The protocol is that of all three parts of the figure
(`papers/agarap2020/maps.h`).

[figure]

[verdicts]
*/
#include "maps.h"                /* gives: maps */

int main(int argc, char **argv)
{
    return maps(argc, argv, &(maps_program){
        .experiment = "fig2-tsne-emnist",
        .purpose = "Figure 2: maps EMNIST Balanced by t-SNE, from pixels and from codes.",
        .set = "emnist-balanced", .stand_in = "emnist47", .labelled = { 600, 2500, 20000, 20000 } });
}
