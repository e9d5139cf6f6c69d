/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table IV: clustering Fashion-MNIST

k-means finds round clusters; classes of clothes are not round in the space of pixels.
An autoencoder makes a code of 70 numbers of each picture, and k-means on codes does
hardly better. Agarap and Azcarraga add the soft nearest neighbour loss to the
reconstruction, at every layer, on 10,000 *labelled* pictures: now codes of one class
gather, and k-means finds the classes of pictures that neither has seen.

    table4-fashion --profile desk --seed 1

*Reads* Fashion-MNIST. *Writes* the six measures of every row of the table, and the
losses of every epoch. *Checked by* the claims of Table IV in
`papers/agarap2020/claims.tsv`. The protocol is that of all three tables
(`papers/agarap2020/table.h`).

[figure]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "run/load.h"            /* gives: run_load */
#include "table.h"               /* gives: table_rows */

static table_subset subset;

static const run_setting settings[] = {
    { "labelled", &subset.labelled, NULL, { 600, 2500, 10000, 10000 },
      "labelled examples of the supervised rows", "III.D" },
    { "examples", &subset.examples, NULL, { 1000, 5000, 60000, 60000 },
      "training examples of all other rows", "III.D" },
    { 0 }
};

/*
# The table

The seed's rows are written when the last training is done. The verdicts below join all
seeds with the published numbers.

[verdicts]
*/
int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "agarap2020", .experiment = "table4-fashion",
        .purpose = "Table IV: clusters Fashion-MNIST by k-means on the codes of ten models.",
        .settings = { settings, protocol_settings, fixed_temperature } });
    arena *memory = arena_new();
    dataset fashion = run_load(r, "fashion-mnist", NULL, memory);
    table_rows(r, &fashion, &subset, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
