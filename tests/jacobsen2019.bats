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

@test "jacobsen2019: independence cross-entropy is the sum of its terms, for every rule" {
    both jacobsen2019 objective
}

@test "jacobsen2019: digits in their frame, planes through three points" {
    both jacobsen2019 digits
    both jacobsen2019 plane
}

@test "jacobsen2019: trainings that were killed go on to the same bytes" {
    goes_on jacobsen2019/fig3-spheres
    goes_on jacobsen2019/table2-mnist --epochs 2
    goes_on jacobsen2019/readings
}

@test "jacobsen2019: one thread and two give the same bytes" {
    for program in "fig3-spheres --dimensions 100 --units 64 --batch 200" "table2-mnist --filters 16 --batch 64 --epochs 1"; do
        # shellcheck disable=SC2086
        for threads in 1 2; do
            "$BUILD/papers/jacobsen2019/"$program --profile smoke --quiet --threads $threads --output $threads.tsv
        done
        cmp 1.tsv 2.tsv
    done
}

@test "jacobsen2019: metamers come from the networks of Table 2, and say so" {
    fig4() { "$BUILD/papers/jacobsen2019/fig4-metamers" --profile smoke --quiet "$@"; }
    run -2 fig4 --output a.tsv
    says "./table2-mnist.seed1.oracle.network: not there; expected the network that table2-mnist trains with seed 1"
    "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --output table2-mnist.seed1.tsv
    fig4 --output a.tsv
    for model in ce ice oracle; do grep -q "\"./table2-mnist.seed1.$model.network\": " a.json; done
    within "$(value a.tsv CE . answers_kept)" 1 0
    run -1 fig4 --filters 5 --output b.tsv
}

@test "jacobsen2019: settings that do not go together are wrong usage" {
    run -64 "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --batch 5000 --output a.tsv
    says "--batch 5000 of 300 examples"
    run -64 "$BUILD/papers/jacobsen2019/readings" --profile smoke --quiet --held-out 1100 --output a.tsv
    says "--examples 200 and --held-out 1100 of 1200"
}

@test "jacobsen2019: moved points of Example 6 lie on the outer sphere, and theory knows the errors" {
    "$BUILD/papers/jacobsen2019/example6" --profile smoke --quiet --output a.tsv
    within "$(value a.tsv "Figure 3" . off_sphere_test)" 0 1e-14
    within "$(value a.tsv "Figure 3" . accuracy_moved_test)" .5 1e-12
}
