#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the programs of bontonou2019 share. tests/bontonou2019.c says what each case compares.

setup_file() {
    load helper
    export OMP_WAIT_POLICY=passive DATA_DIR="$BATS_FILE_TMPDIR/data"
    "$BUILD/tests/run" sets "$DATA_DIR"
    small_colour_sets "$DATA_DIR"
    small_frost "$DATA_DIR"
}

setup() {
    load helper
    scratch
}

@test "bontonou2019: the loss is the smoothness of label signals on the Laplacian, whatever the graph" {
    both bontonou2019 definition
    both bontonou2019 edges
    both bontonou2019 clusters
}

@test "bontonou2019: places scattered without regard to labels are 97 to 99 hundredths of the way to the least loss" {
    both bontonou2019 scattered
}

@test "bontonou2019: its gradient equals central differences, with all neighbours and with few" {
    "$DOUBLE/tests/bontonou2019" gradient | grep -q '^Completed \[[1-9]'
}

@test "bontonou2019: places are on the sphere or fill the plane, and outputs that nobody asks for stay" {
    both bontonou2019 endings
    both bontonou2019 unused
}

@test "bontonou2019: images are seen smaller, and with mean 0 and deviation 1" {
    both bontonou2019 preprocessing
}

@test "bontonou2019: neighbours vote, the largest score wins, support vectors divide" {
    both bontonou2019 classifiers
}

@test "bontonou2019: corruption errors by hand" {
    both bontonou2019 robustness
}

@test "bontonou2019: a line is longer than a disc, by the measure of Figure 1" {
    both bontonou2019 elongation
}

@test "bontonou2019: descent and Adam as in the paper, the rate falling at a half and at three quarters" {
    both bontonou2019 recipes
}

@test "bontonou2019: a table that was killed goes on to the same bytes, and leaves the same networks" {
    goes_on bontonou2019/table1-cifar10 --epochs 1
    for network in cross-entropy proposed wide; do
        cmp whole.$network.network a.$network.network
    done
}

@test "bontonou2019: a sweep that was killed goes on to the same bytes" {
    goes_on bontonou2019/fig3-d-svhn --epochs 1
}

@test "bontonou2019: a reading whose loss is no longer a number is noted, and the others go on; killed, to the same bytes" {
    goes_on bontonou2019/readings --rate 1e4
    within "$(value a.tsv cross-entropy . finished)" 0 0
    run ! value a.tsv cross-entropy . accuracy
    within "$(value a.tsv 'alpha = .1, sum' . finished)" 1 0
    [ -n "$(value a.tsv 'alpha = .1, sum' . accuracy)" ]
}

@test "bontonou2019: k = 99, d = 10 and alpha = 2 are one training, and what neighbours add is a difference" {
    local e
    for e in fig2-k fig3-d fig4-alpha; do
        "$BUILD/papers/bontonou2019/$e-cifar10" --profile smoke --quiet --output "$e.tsv"
    done
    within "$(value fig2-k.tsv CIFAR-10 99 accuracy)" "$(value fig3-d.tsv CIFAR-10 10 accuracy)" 0
    within "$(value fig2-k.tsv CIFAR-10 99 accuracy)" "$(value fig4-alpha.tsv CIFAR-10 2 accuracy)" 0
    local one ten all
    one=$(value fig2-k.tsv CIFAR-10 1 accuracy) ten=$(value fig2-k.tsv CIFAR-10 10 accuracy) all=$(value fig2-k.tsv CIFAR-10 99 accuracy)
    within "$(value fig2-k.tsv CIFAR-10 10 gain)" "$((ten - one))" 1e-6
    within "$(value fig2-k.tsv CIFAR-10 99 gain)" "$((all - ten))" 1e-6
    within "$(value fig2-k.tsv CIFAR-10 99 sensitivity)" "$((all > ten ? all - ten : ten - all))" 1e-6
    within "$(value fig2-k.tsv CIFAR-10 10 sensitivity)" "$((ten > one ? ten - one : one - ten))" 1e-6
}

# beside Table 1, of which each test trains its own
corruptions() { "$BUILD/papers/bontonou2019/table2-corruptions" --profile smoke --quiet --tested 20 "$@"; }
first_table() {
    "$BUILD/papers/bontonou2019/table1-cifar10" --profile smoke --quiet --epochs 1 "$@" --output table1-cifar10.seed1.tsv
}

@test "bontonou2019: corrupted images are shown to the networks of Table 1; killed, that goes on to the same bytes" {
    first_table
    goes_on bontonou2019/table2-corruptions --tested 20
    grep -q '"./table1-cifar10.seed1.wide.network": ' a.json
    # the clean error of the same network is Table 1's
    corruptions --tested 100 --output clean.tsv
    within "$(value clean.tsv wide . clean_error)" "$(value table1-cifar10.seed1.tsv 'wide 10-NN' . error)" 0
    within "$(value clean.tsv cross-entropy . clean_error)" "$(value table1-cifar10.seed1.tsv 'cross-entropy argmax' . error)" 0
    within "$(value clean.tsv cross-entropy . mce)" 100 1e-9
    # means of their quotients
    local metric
    for metric in quotient:mce relative_quotient:relative_mce; do
        within "$(awk -F'\t' -v m="${metric%:*}" '$1 ~ /^wide, / && $3 == m { sum += $4; n++ } END { printf "%.9g\n", sum / n }' clean.tsv)" \
            "$(value clean.tsv wide . "${metric#*:}")" 1e-4
    done
}

@test "bontonou2019: a network that is not there, of another width, or that learned from other images" {
    run -2 corruptions --output a.tsv
    says "./table1-cifar10.seed1.cross-entropy.network: not there; expected the network that table1-cifar10 trains with seed 1"
    first_table --width 3
    run -1 corruptions --output a.tsv
    says '"stem'
    first_table
    run -64 corruptions --examples 100 --output a.tsv
    says '"cross-entropy" of table1-cifar10 learned from 200 images with a side of 8, and here are 100 of 8'
    run -64 corruptions --side 16 --output a.tsv
    says "and here are 200 of 16: expected the same --examples and --side"
}

@test "bontonou2019: one thread and two give the same bytes" {
    same_at_two_threads bontonou2019/table1-svhn --batch 100 --width 4
}

@test "bontonou2019: settings that do not go together are wrong usage" {
    local program="$BUILD/papers/bontonou2019/table1-svhn"
    run -64 "$program" --profile smoke --quiet --batch 500 --output a.tsv
    says "--batch 500 of 200 examples"
    run -64 "$program" --profile smoke --quiet --side 5 --output a.tsv
    says "--side 5 of 32 pixels: expected a divisor"
}
