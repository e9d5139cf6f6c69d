/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 21: letters for a network that knows digits

What does a network that learned the digits of MNIST say of the letters of notMNIST? It has no way to say
"neither". The paper maps the logits of both: in the baseline the letters lie among the digits, and are
classified with confidence; in the entangled network they are a cluster of their own.

    fig21-notmnist --seed 1

*Reads* MNIST, notMNIST and the networks of `table1-mnist` with the same seed. *Writes* how far apart letters and digits are in
the logits of both networks (`papers/frosst2019/out_of_distribution.h`), and a map of them. *Checked by* the claims of Figure 21 in
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
        .paper = "frosst2019", .experiment = "fig21-notmnist",
        .purpose = "Figure 21: the logits of digits and letters, in networks that learned digits.",
        .settings = { ood_settings, map_settings, cnn_settings } });
    ood_of_another_set(r, "mnist", "notmnist", "table1-mnist");
    run_end(r);
    return STATUS_DONE;
}
