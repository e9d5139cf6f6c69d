#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What a vision transformer is made of. tests/transformer.c says what each case compares; tests/tape.bats checks the gradients.

setup() {
    load helper
}

@test "transformer: GELU is x times the normal distribution function, in the tails too" {
    both transformer gelu
}

@test "transformer: layer normalisation of rows far from zero" {
    both transformer layer_norm
}

@test "transformer: attention is what one query after the other gives, and does not overflow" {
    both transformer attention
}

@test "transformer: attention's backward gives back what it works on" {
    both transformer attention_memory
}

@test "transformer: patches pixel by pixel, positions and means of tokens" {
    both transformer tokens
}

@test "transformer: paths are dropped whole, and as many as should be" {
    both transformer drop_path
}

@test "transformer: blocks are left out more often the later they come" {
    both transformer rates
}

@test "transformer: patches are told apart by their positions alone, and every parameter has a gradient" {
    both transformer whole
}

@test "transformer: features are what two blocks in plain loops give" {
    both transformer twice
}

@test "transformer: a single block is never left out, and patches have pixels" {
    both transformer alone
    run -1 "$BUILD/tests/transformer" refuse
    says "patches of no pixels"
}
