/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 12: photographs for a network that knows house numbers

The question of `fig21-notmnist` in colour: a network learned the digits of SVHN and is shown the animals and
vehicles of CIFAR-10. The paper finds their logits among the digits in the baseline, and apart from
them in the entangled network.

    fig12-svhn --seed 1

*Reads* SVHN, CIFAR-10 and the networks of `table1-svhn` with the same seed. *Writes* how far apart the two sets are in the logits
of both networks (`papers/frosst2019/out_of_distribution.h`), and a map of them. *Checked by* the claims of Figure 12 in
`papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_settings */
#include "map.h"                 /* gives: map_settings */
#include "out_of_distribution.h"  /* gives: ood_of_another_set */

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig12-svhn",
        .purpose = "Figure 12: the logits of house numbers and photographs, in networks that learned house numbers.",
        .settings = { ood_settings, map_settings, cnn_settings } });
    ood_of_another_set(r, "svhn", "cifar-10", "table1-svhn");
    run_end(r);
    return STATUS_DONE;
}
