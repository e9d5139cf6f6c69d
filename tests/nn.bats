#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Losses, layers, first weights, optimizers and schedules against their formulas.
# tests/nn.c says what each case compares.

setup() {
    load helper
    scratch
    export OMP_WAIT_POLICY=passive
}

@test "nn: cross-entropies equal their formulas, and scores of a thousand leave them finite" {
    both nn losses
}

@test "nn: dense layers equal the triple loop under every activation" {
    both nn layers
}

@test "nn: first weights have the spread that He and Xavier ask for" {
    both nn init
}

@test "nn: every optimizer follows its formula, goes on from its state, whatever the threads" {
    both nn optimizers
}

@test "nn: an optimizer takes other settings for what it remembers, and forgets it all" {
    both nn changes
}

@test "nn: schedules begin and end where they should" {
    both nn schedules
}

@test "nn: steps of training give the same bytes at 1, 2 and 3 threads" {
    both nn threads
}
