#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# NaN in whatever compares numbers. tests/not_a_number.c says what each case compares.

setup() {
    load helper
}

@test "not a number: no activation makes a number of it" {
    both not_a_number activations
}

@test "not a number: it is larger than any other in a pool, and smaller than any among losses" {
    both not_a_number pools
    both not_a_number smallest
}

@test "not a number: neither is the distance to a point that is none, nor a loss of distances" {
    both not_a_number triplets
    both not_a_number snnl
}
