/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1: does it cost anything to lose nothing?

On ImageNet the paper's fully invertible network errs about as often as ResNets do. Its scores are the lowest frequency of an
orthonormal cosine transform of the last maps: where a ResNet takes the mean over all pixels and throws the rest
away, this keeps the rest as the other frequencies (`papers/jacobsen2019/rearrange.h`). ImageNet is beyond two cores
(`papers/jacobsen2019/README.md` says by how much; `table1-images` has the way). We ask the same of CIFAR-10, beside a
residual network with as many weights, the same batches and the same rates (`papers/jacobsen2019/contest.c`).

    table1-cifar10 --seed 1

*Reads* CIFAR-10. *Writes* for both networks test and training error in percent, and the number of weights. It is a demonstration: no
claim is judged by it, for other images decide nothing about the numbers of ImageNet.

[figure]

# What is the paper's

Four stages of four blocks, additive but for the last, which is affine; gradient descent with momentum .9, a rate of .1 that falls to a
tenth at every quarter of the training, weight decay $10^{-4}$. B.3 speaks of no normalisation: we take that of B.2, batch normalisation in
the blocks, and neither actnorm nor mixing. The paper squeezes a photograph twice at the
start and "after each stage"; 224 pixels can be halved five times, so the last of these six cannot have been. Images of 32 pixels
are squeezed once at the start, and have three stages.
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "contest.h"             /* gives: contest */
#include "run/load.h"            /* gives: run_load, run_part */

static struct { size_t examples, tested; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 200, 3000, 50000, 50000 }, "of the training set to learn from", "ours" },
    { "tested", &set.tested, NULL, { 100, 1000, 10000, 10000 }, "test images", "ours" },
    { 0 }
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "table1-cifar10",
        .purpose = "Table 1: an invertible network with a cosine read-out against a residual one, on CIFAR-10.",
        .settings = { contest_settings, settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "cifar-10", NULL, memory);
    run_other_data(r, "CIFAR-10 in the place of ImageNet.");
    data.train = run_part(r, data.train, "examples", set.examples, memory);
    if (set.tested < data.test.x.rows) data.test.x = mat_rows(data.test.x, 0, set.tested);
    contest(r, &data, (contest_depth){ .stages = 3, .squeezes = 1 }, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
