/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1, CIFAR-100

The comparison of `table1-cifar10` with a hundred classes and Adam. A batch of a hundred images has one
of each class on average, so nearly every edge of its graph is between classes.

A hundred classes are 4,950 pairs, and each has a fit of support vectors of its own: desk scale fits them to
20,000 of the places only, and so they know less than the ten neighbours, which are found among all.

    table1-cifar100 --seed 1

*Reads* CIFAR-100. *Writes* the errors of each network and classifier (`papers/bontonou2019/table1.h`), and the
trained networks. *Checked by* the claims of Table 1 in `papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "table1.h"              /* gives: table1 */

static struct { size_t examples, tested, fitted; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 200, 5000, 40000, 50000 }, "of the training set to learn from", "4.1" },
    { "tested", &set.tested, NULL, { 100, 1000, 10000, 10000 }, "test examples", "4.1" },
    { "fitted", &set.fitted, NULL, { 200, 5000, 20000, 50000 }, "training examples for the support vectors, at most", "ours" },
    { 0 }
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "table1-cifar100",
        .purpose = "Table 1: errors on CIFAR-100 with cross-entropy and with the graph smoothness loss.",
        .settings = { settings, prepared_settings, network_settings, training_settings, adam_settings } });
    arena *memory = arena_new();
    prepared of = prepared_load(r, "cifar-100", set.examples, set.tested, false, memory);
    table1(r, &of, by_adam(of.train.x.rows, true), false, set.fitted, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
