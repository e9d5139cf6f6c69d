/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# How fast?

A table of the work that experiments spend their time on: the median time of several
repeats, floating-point operations a second, and their share of what this machine
does at its very best (`peak.h`). The share is the figure that compares machines; so
the target, a time on a machine of 530 GFLOP/s, is shown as the share it would be.

    bench [WORD]        all rows, or those whose name contains WORD

*Reads* nothing: data are drawn, because no kernel's time depends on their values, but
for the number of k-means' iterations, which is fixed. *Writes* standard output. These
are not tests: nothing fails for being slow.
*/
#include "base/error.h"
#include "base/rng.h"
#include "bench/clock.h"
#include "bench/rows.h"

int main(int argc, char **argv)
{
    clock_begin(argc, argv);
    arena *memory = arena_new();
    gsl_rng *rng = rng_new(1, "bench");
    bench_training(memory, rng);
    bench_images(memory, rng);
    bench_learners(memory, rng);
    bench_maps(memory, rng);
    gsl_rng_free(rng);
    arena_free(memory);
    return STATUS_DONE;
}
