#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the programs of jacobsen2019 share. tests/jacobsen2019.c says what each case compares.

setup_file() {
    load helper
    export DATA_DIR="$BATS_FILE_TMPDIR/data"
    "$BUILD/tests/run" sets "$DATA_DIR"
}

setup() {
    load helper
    scratch
}

@test "jacobsen2019: gradients of the invertible operations" {
    both jacobsen2019 gradients
}

@test "jacobsen2019: squeezing knows its places, the cosine transform keeps lengths and mean" {
    both jacobsen2019 places
    both jacobsen2019 cosine
}

@test "jacobsen2019: mixing starts as a rotation, actnorm with mean 0 and variance 1" {
    both jacobsen2019 starts
}

@test "jacobsen2019: log-determinants of whole networks are those of their Jacobians" {
    both jacobsen2019 determinants
}

@test "jacobsen2019: whole networks are inverted, and metamers keep their scores" {
    both jacobsen2019 inverses
}
