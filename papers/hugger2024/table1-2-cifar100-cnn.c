/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Tables 1 and 2 on another network

`table1-2-cifar100` with three convolutions in the place of the transformer. What holds of a loss should hold of both.

    table1-2-cifar100-cnn --profile desk --seed 1

*Reads* CIFAR-100. *Writes* the rows of `table.h`, and the networks beside them. *Checked by* the claims of Tables 1 and
2 in `papers/hugger2024/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "table.h"               /* gives: table_rows */

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "table1-2-cifar100-cnn",
        .purpose = "Tables 1 and 2: five losses, a small convolutional network, CIFAR-100.",
        .settings = { table_settings, cifar_settings, convolution_settings, recipe_settings } });
    arena *memory = arena_new();
    table_rows(r, CONVOLUTIONS, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
