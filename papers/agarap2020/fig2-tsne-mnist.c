/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 2: MNIST in three dimensions

Digits from pixels, and from the codes of a disentangled autoencoder.

    fig2-tsne-mnist --profile desk --seed 1

*Reads* MNIST. *Writes* two maps, and for each the
silhouette of the classes and the accuracy of the nearest neighbour. *Checked by* the
claims of Figure 2 in `papers/agarap2020/claims.tsv`. The protocol is that of all three
parts of the figure (`papers/agarap2020/maps.h`).

[figure]

[verdicts]
*/
#include "maps.h"                /* gives: maps */

int main(int argc, char **argv)
{
    return maps(argc, argv, &(maps_program){
        .experiment = "fig2-tsne-mnist",
        .purpose = "Figure 2: maps MNIST by t-SNE, from pixels and from codes.",
        .set = "mnist", .labelled = { 600, 2500, 10000, 10000 } });
}
