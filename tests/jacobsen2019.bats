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

@test "jacobsen2019: what is not stored is worked out again, to the same gradients" {
    both jacobsen2019 recomputed
}

@test "jacobsen2019: independence cross-entropy is the sum of its terms, for every rule" {
    both jacobsen2019 objective
}

@test "jacobsen2019: digits in their frame, planes through three points" {
    both jacobsen2019 digits
    both jacobsen2019 plane
}

@test "jacobsen2019: a network of the spheres that was killed goes on to the same bytes" {
    goes_on jacobsen2019/fig3-spheres
}

@test "jacobsen2019: a training on digits that was killed goes on to the same bytes" {
    goes_on jacobsen2019/table2-mnist --epochs 2
}

@test "jacobsen2019: readings that were killed go on to the same bytes" {
    goes_on jacobsen2019/readings
}

@test "jacobsen2019: a table that is killed again and again leaves the bytes of a whole one" {
    table2() { "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --threads 1 "$@"; }
    table2 --output whole.tsv
    for moment in 0.1 0.2 0.3 0.4 0.5 0.6; do
        timeout -s KILL $moment "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --threads 1 \
            --checkpoint-every 0 --output a.tsv 3>&- || true
    done
    table2 --output a.tsv
    cmp whole.tsv a.tsv
    cmp whole.ice.network a.ice.network
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

@test "jacobsen2019: metamers of one's own images: the diagonal is the images, a line has one answer" {
    metamers() { "$BUILD/papers/jacobsen2019/metamers" --profile smoke --quiet "$@"; }
    awk 'BEGIN { for (i = 0; i < 3; i++) for (j = 0; j < 784; j++) printf "%g%s", (i * j % 7) / 7, j < 783 ? "," : "\n" }' > own.csv
    run -2 metamers --vectors own.csv --output mine.tsv
    says "table2-mnist.seed1.ce.network: not there"
    "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --output table2-mnist.seed1.tsv
    metamers --vectors own.csv --model ice --output mine.tsv
    within "$(value mine.tsv network . inversion_error)" 0 1e-4
    for j in 1 2; do [ "$(value mine.tsv "scores of 0" $j answer)" = "$(value mine.tsv "scores of 0" 0 answer)" ]; done
    [ -s mine.metamers.png ]
    cut -d, -f1-700 own.csv > short.csv
    run -1 metamers --vectors short.csv --output mine.tsv
    says "3 rows of 700 numbers"
}

# folders: two small ones, of two classes, with images of different sizes; a file of 20 x 30 pixels in each
folders() {
    local part
    for part in train test; do
        mkdir -p $part/dark $part/light
        for class in dark light; do "$BUILD/tests/photograph" frost $part/$class 40; done
        "$BUILD/tests/photograph" jpeg $part/dark/one.jpg
        "$BUILD/tests/photograph" png $part/light/one.png grey
    done
}

@test "jacobsen2019: the networks of Table 1 learn one's own images, and go on after a kill" {
    folders
    local of="--train train --test test --batch 6 --epochs 6"
    # shellcheck disable=SC2086
    goes_on jacobsen2019/table1-images $of
    for series in fiRevNet ResNet; do within "$(value a.tsv $series . top1_error)" 50 50; done
    grep -q "^light	train/light/one.png	" a.images.tsv
    [ "$(wc -l < a.images.tsv)" = 25 ]
    grep -q a.images.tsv a.json
    echo more >> train/dark/one.jpg
    "$BUILD/papers/jacobsen2019/table1-images" --profile smoke --quiet $of --output a.tsv
    run ! cmp -s whole.images.tsv a.images.tsv
}

@test "jacobsen2019: folders that do not go together are refused" {
    images() { "$BUILD/papers/jacobsen2019/table1-images" --profile smoke --quiet --batch 6 --output a.tsv "$@"; }
    folders
    run -64 images --train train; says "no images: name a directory with --test"
    run -64 images --train train --test test --side 30; says "--side 30 cannot be halved 2 times"
    run -64 images --train train --test test --stages 5; says "--stages 5, expected 1 to 4"
    run -64 images --train train --test test --batch 13; says "--batch 13 of 12 examples"
    run -1 images --train train --test test/dark; says "test/dark: no sub-directories"
    head -c 90 test/light/one.png > test/light/half.png
    run -1 images --train train --test test; says "test/light/half.png: truncated"
    rm test/light/half.png
    mv test/light test/lit
    run -1 images --train train --test test; says 'class 2 is "light" here and "lit" there'
}
