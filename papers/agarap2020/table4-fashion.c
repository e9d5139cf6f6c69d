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
#include "table.h"               /* gives: table */

/*
# The table

The seed's rows are written when the last training is done. The verdicts below join all
seeds with the published numbers.

[verdicts]
*/
int main(int argc, char **argv)
{
    return table(argc, argv, &(table_program){
        .experiment = "table4-fashion",
        .purpose = "Table IV: clusters Fashion-MNIST by k-means on the codes of ten models.",
        .set = "fashion-mnist",
        .labelled = { 600, 2500, 10000, 10000 }, .examples = { 1000, 5000, 60000, 60000 } });
}
