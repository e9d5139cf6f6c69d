#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the programs of frosst2019 share. tests/frosst2019.c says what each case compares.

setup_file() {
    load helper
    export OMP_WAIT_POLICY=passive DATA_DIR="$BATS_FILE_TMPDIR/data"
    "$BUILD/tests/run" sets "$DATA_DIR"
    mkdir "$DATA_DIR/cifar-10"
    local file
    for file in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
        "$BUILD/tests/images" records "$DATA_DIR/cifar-10/$file.bin" 10 10000
    done
}

setup() {
    load helper
    scratch
}

both() { "$BUILD/tests/frosst2019" "$1" && "$DOUBLE/tests/frosst2019" "$1"; }

@test "frosst2019: equation 3 is its two terms, and so is its gradient" {
    both objective
}

@test "frosst2019: the best temperature is the best, a fixed one stays" {
    both temperatures
}

@test "frosst2019: the least entanglement of separated classes, and of points that are one" {
    both least
}

@test "frosst2019: means over layers of a history" {
    both mean
}

# goes_on PROGRAM OPTION ...: killed once with a checkpoint, it ends with the same bytes
goes_on() {
    local program="$BUILD/papers/frosst2019/$1"
    shift
    "$program" --profile smoke --quiet "$@" --output whole.tsv
    local tries
    for tries in {1..40}; do
        timeout -s KILL "0.$((RANDOM % 90 + 10))" "$program" --profile smoke --quiet "$@" --checkpoint-every 0 \
            --output a.tsv 2> err 3>&- || true
        [ ! -e a.checkpoint ] || break
        rm -f a.tsv a.json
        "$program" --profile smoke --quiet "$@" --checkpoint-every 0 --output a.tsv 3>&- & local pid=$!
        while kill -0 $pid 2> /dev/null && [ ! -e a.checkpoint ]; do sleep 0.01; done
        kill -KILL $pid 2> /dev/null || true
        wait $pid 2> /dev/null || true
        [ ! -e a.checkpoint ] || break
    done
    [ -e a.checkpoint ] && [ ! -e a.tsv ] || { echo "never killed with a checkpoint" >&2; return 1; }
    "$program" --profile smoke "$@" --output a.tsv 2> err
    grep -q "resumed from a checkpoint" err
    cmp whole.tsv a.tsv
}

@test "frosst2019: a search that was killed goes on to the same bytes" {
    goes_on fig07-search --runs 4 --together 2 --threads 1
}

@test "frosst2019: a residual network that was killed goes on to the same bytes, running means and all" {
    goes_on fig03-16-resnet --epochs 1 --threads 1
}

@test "frosst2019: readings that were killed go on to the same bytes" {
    goes_on readings --steps 3 --held-out 64 --threads 1
}

# same_at_two_threads PROGRAM OPTION ...
same_at_two_threads() {
    local program="$BUILD/papers/frosst2019/$1"
    shift
    "$program" --profile smoke --quiet "$@" --threads 1 --output one.tsv
    "$program" --profile smoke --quiet "$@" --threads 2 --output two.tsv
    cmp one.tsv two.tsv
}

@test "frosst2019: one thread and two give the same bytes" {
    same_at_two_threads table1-mnist --batch 64 --steps 8
    same_at_two_threads fig07-search --runs 2 --together 2 --batch 64
}

@test "frosst2019: settings that do not go together are wrong usage" {
    run -64 "$BUILD/papers/frosst2019/table1-mnist" --profile smoke --quiet --batch 5000 --output a.tsv
    says "--batch 5000 of 1200 examples"
    run -64 "$BUILD/papers/frosst2019/table1-mnist" --profile smoke --quiet --looks 50 --output a.tsv
    says "--looks 50 at 40 steps"
    run -64 "$BUILD/papers/frosst2019/readings" --profile smoke --quiet --held-out 900 --output a.tsv
    says "--held-out 900 of 1200 examples"
    run -64 "$BUILD/papers/frosst2019/fig07-search" --profile smoke --quiet --examples 60000 --output a.tsv
    says "--examples 60000 and --held-out 100 of 50000"
}
