/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1, CIFAR-10

The comparison of `table1-mnist` with a residual network (`papers/frosst2019/resnet.h`) on small
photographs: the paper reports .19 points on the average of 100 runs of 106 epochs. That is days of
this machine's time; at desk scale the network is trained for 10 epochs, and what is compared with the
paper is the direction.

Large layers are compared by cosine distance, "to ensure stable calculations" (App. C). What entanglement is
worth was carried over from the convolutional network, where `readings` chose it: there is no search for this one but
Figure 7's.

    table1-cifar10 --seed 1

*Reads* CIFAR-10. *Writes* accuracy and cross-entropy along both trainings and at their end
(`papers/frosst2019/comparison.h`). *Checked by* the claims of Table 1 in
`papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "comparison.h"          /* gives: comparison_run */
#include "resnet.h"              /* gives: resnet_init, resnet_recipe */
#include "run/load.h"            /* gives: run_load */

static struct { size_t looks, examples, tested; } set;

static const run_setting settings[] = {
    { "looks", &set.looks, NULL, { 2, 4, 10, 106 }, "at both models, evenly over the training", "ours" },
    { "examples", &set.examples, NULL, { 320, 5120, 50000, 50000 }, "of the training set to learn from", "ours" },
    { "tested", &set.tested, NULL, { 320, 2000, 10000, 10000 }, "test examples", "ours" },
    { 0 }
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "table1-cifar10",
        .purpose = "Table 1: a residual network trained on CIFAR-10, with and without entanglement.",
        .settings = { settings, resnet_settings, entanglement_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "cifar-10", NULL, memory);
    data.train = run_part(r, data.train, "examples", set.examples, memory);
    if (set.tested < data.test.x.rows) data.test.x = mat_rows(data.test.x, 0, set.tested);
    static residual_network n;
    network net;
    resnet_init(&n, &net, data.shape, data.classes, resnet_width(), memory);
    comparison_run(r, &data, net, resnet_recipe(data.train.x.rows), COSINE, set.looks, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
