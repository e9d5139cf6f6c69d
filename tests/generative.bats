#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The generative programs of frosst2019: what they share, killed and resumed, and at two threads.
# tests/frosst2019.c says what each case compares.

setup_file() {
    load helper
    export OMP_WAIT_POLICY=passive DATA_DIR="$BATS_FILE_TMPDIR/data" NETWORKS="$BATS_FILE_TMPDIR/networks"
    "$BUILD/tests/run" sets "$DATA_DIR"
    small_colour_sets "$DATA_DIR"
    "$BUILD/papers/frosst2019/table1-mnist" --profile smoke --quiet --output "$NETWORKS/table1-mnist.seed1.tsv"
}

setup() {
    load helper
    scratch
}

@test "generative: the losses of each game equal their formulas, and so do their gradients" {
    both frosst2019 games
}

@test "generative: what the discriminator loses by entanglement the generator wins, at the rule's temperature" {
    both frosst2019 entanglement_games
}

@test "generative: a critic takes its rounds and stays within its bound, the generator one step, T falls to its end" {
    both frosst2019 gan
}

@test "generative: total variation, and which classes are there" {
    both frosst2019 sample_quality
}

# paints_on PROGRAM PICTURE OPTION ...: goes on, and the picture has the same bytes too
paints_on() {
    local program=$1 picture=$2
    shift 2
    cp "$NETWORKS"/*.network .
    goes_on "frosst2019/$program" "$@"
    cmp "whole.$picture.png" "a.$picture.png"
}

@test "generative: GANs that were killed go on to the same bytes" {
    paints_on fig17-gan-mnist samples --steps 60
}

@test "generative: a generator that was killed goes on to the same bytes, its temperature too" {
    paints_on fig06-generator grid --steps 60
}

@test "generative: a learned space that was killed goes on to the same bytes" {
    paints_on fig23-discriminator samples --steps 60
}

@test "generative: convolutional players that were killed go on to the same bytes, running means and all" {
    paints_on fig04-05-gan-cifar10 samples --looks 16 --measured 10 --perplexity 2
}

# paints_the_same PROGRAM PICTURE OPTION ...: at two threads, and the picture has the same bytes too
paints_the_same() {
    local program=$1 picture=$2
    shift 2
    cp "$NETWORKS"/*.network .
    same_at_two_threads "frosst2019/$program" "$@"
    cmp "one.$picture.png" "two.$picture.png"
}

@test "generative: one thread and two give the same bytes" {
    paints_the_same fig17-gan-mnist samples --batch 64 --narrow 64 --wide 128
    paints_the_same fig06-generator grid --batch 64 --narrow 64 --wide 128
    paints_the_same fig23-discriminator samples --batch 64 --narrow 64 --wide 128
    paints_the_same fig04-05-gan-cifar10 samples --batch 64 --width 8 --looks 2 --steps 3
}

@test "generative: a result on standard output has no picture, and is the same" {
    "$BUILD/papers/frosst2019/fig17-gan-mnist" --profile smoke --quiet --output a.tsv
    "$BUILD/papers/frosst2019/fig17-gan-mnist" --profile smoke --quiet --output - > b.tsv
    cmp a.tsv b.tsv
    [ "$(ls)" = "$(printf '%s\n' a.json a.samples.png a.tsv b.tsv)" ]
}

@test "generative: settings that do not go together are wrong usage" {
    run -64 "$BUILD/papers/frosst2019/fig17-gan-mnist" --profile smoke --quiet --batch 5000 --output a.tsv
    says "--batch 5000 of 1200 images"
    run -64 "$BUILD/papers/frosst2019/fig17-gan-mnist" --profile smoke --quiet --looks 50 --output a.tsv
    says "--looks 50 at 20 steps"
    run -64 "$BUILD/papers/frosst2019/fig17-gan-mnist" --profile smoke --quiet --measured 5000 --output a.tsv
    says "--measured 5000 of 1200 images"
}
