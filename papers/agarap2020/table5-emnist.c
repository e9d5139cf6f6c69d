/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table V: clustering EMNIST Balanced

Digits and letters in 47 classes, several of which look alike (0 and O; 1, I and L). The
baseline gets a third of them right. With 20,000 labelled characters the paper reports .785 for SNNL-5, and an exception that it admits: at a fixed temperature SNNL-1
falls *below* the baseline in accuracy, while its NMI is half as high again.

    table5-emnist --profile desk --seed 1

*Reads* EMNIST Balanced if its four files lie in `data/emnist-balanced`, else a
stand-in of the same 47 classes from the same source (`data/README.md`): 95,653
training examples instead of 112,800, not equally many a class. A result from the
stand-in says so, and cannot reproduce a published number. *Writes* the six measures of
every row of the table, and the losses of every epoch. *Checked by* the claims of Table
V in `papers/agarap2020/claims.tsv`. The protocol is that of all three tables
(`papers/agarap2020/table.h`).

[figure]
*/
#include "table.h"               /* gives: table */

/*
# The table

[verdicts]
*/
int main(int argc, char **argv)
{
    return table(argc, argv, &(table_program){
        .experiment = "table5-emnist",
        .purpose = "Table V: clusters EMNIST Balanced by k-means on the codes of ten models.",
        .set = "emnist-balanced", .stand_in = "emnist47",
        .labelled = { 600, 2500, 20000, 20000 }, .examples = { 1000, 5000, 112800, 112800 } });
}
