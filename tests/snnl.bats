#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The soft nearest neighbour loss against its definition. tests/snnl.c says how.

setup() {
    load helper
    scratch
    export OMP_WAIT_POLICY=passive
}

@test "snnl: loss and gradients equal four plain loops, at any number of threads, in float" {
    "$BUILD/tests/snnl"
}

@test "snnl: and in double" {
    "$DOUBLE/tests/snnl"
}
