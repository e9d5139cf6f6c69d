/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1, CIFAR-10

Is a network that only pushes classes apart as good a classifier as one that was taught to name them? The
paper: 5.06 % of errors with cross-entropy, 5.48 % with its loss and ten neighbours.

    table1-cifar10 --seed 1

PreActResNet-18 in full is days of two cores' time, so desk scale takes a quarter of the channels, a quarter of the
pixels, 40,000 images and 10 epochs instead of 200; what can be compared with the paper is how the two losses do
beside each other.

*Reads* CIFAR-10. *Writes* the errors of each network and classifier, and of a third network for Table 2
(`papers/bontonou2019/table1.h`); the trained networks. *Checked by* the claims of Table 1 in
`papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "table1.h"              /* gives: table1 */

static struct { size_t examples, tested; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 200, 5000, 40000, 50000 }, "of the training set to learn from", "4.1" },
    { "tested", &set.tested, NULL, { 100, 1000, 10000, 10000 }, "test examples", "4.1" },
    { 0 }
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "table1-cifar10",
        .purpose = "Table 1: errors on CIFAR-10 with cross-entropy and with the graph smoothness loss.",
        .settings = { settings, prepared_settings, network_settings, training_settings, descent_settings } });
    arena *memory = arena_new();
    prepared of = prepared_load(r, "cifar-10", set.examples, set.tested, false, memory);
    table1(r, &of, descent(of.train.x.rows, true), true, of.train.x.rows, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
