/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 2: Fashion-MNIST in three dimensions

Clothes from pixels, and from the codes of a disentangled autoencoder.

    fig2-tsne-fashion --profile desk --seed 1

*Reads* Fashion-MNIST. *Writes* two maps, and for each the
silhouette of the classes and the accuracy of the nearest neighbour. *Checked by* the
claims of Figure 2 in `papers/agarap2020/claims.tsv`. The protocol is that of all three
parts of the figure (`papers/agarap2020/maps.h`).

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "maps.h"                /* gives: maps_rows */
#include "objective.h"           /* gives: protocol_settings */
#include "run/load.h"            /* gives: run_load */

static size_t labelled;

static const run_setting settings[] = {
    { "labelled", &labelled, NULL, { 600, 2500, 10000, 10000 }, "labelled examples", "III.D" },
    { 0 }
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "agarap2020", .experiment = "fig2-tsne-fashion",
        .purpose = "Figure 2: maps Fashion-MNIST by t-SNE, from pixels and from codes.",
        .settings = { settings, maps_settings, protocol_settings } });
    arena *memory = arena_new();
    dataset clothes = run_load(r, "fashion-mnist", NULL, memory);
    maps_rows(r, &clothes, labelled, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
