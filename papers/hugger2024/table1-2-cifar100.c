/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Tables 1 and 2, CIFAR-100: five losses, one transformer

Does it pay to contrast soft targets? A vision transformer is trained five times, with each loss (`losses.h`), under one
recipe (`training.h`), and tested for its accuracy and its calibration (`table.h`). On CIFAR-100 the paper has four within .1
of a point, the fifth a point below: InfoNCE like NLL, soft target InfoNCE like soft target cross-entropy, and soft distribution
InfoNCE, which draws labels where the others average, last in top 1 and first in top 5. Its soft target InfoNCE is far
better calibrated than soft target cross-entropy.

    table1-2-cifar100 --profile desk --seed 1

The published network had seen ImageNet before. Ours is small and starts from scratch: orders can be compared, numbers
cannot.

*Reads* CIFAR-100. *Writes* the rows of `table.h`, and the networks beside them. *Checked by* the claims of Tables 1 and
2 and of Figure 4 in `papers/hugger2024/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "table.h"               /* gives: table_rows */

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "table1-2-cifar100",
        .purpose = "Tables 1 and 2: five losses, a small vision transformer, CIFAR-100.",
        .settings = { table_settings, cifar_settings, transformer_settings, recipe_settings } });
    arena *memory = arena_new();
    table_rows(r, TRANSFORMER, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
