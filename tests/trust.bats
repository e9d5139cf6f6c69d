#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What must not happen, whatever happens: a result that is torn, lost, or another than it would have been.
#
# A paper is made by `make` in a tree of its own, from small sets, in the smoke profile: killed at any moment, twice at
# once, on a full disk, where nothing may be written. That is a figure and a table, killed five times; with LONG=1 it is
# all of the paper, killed a hundred times.

PAPER_MADE=agarap2020
GOALS="figures/smoke/$PAPER_MADE/fig1-annealing.svg figures/smoke/$PAPER_MADE/table4-fashion.svg"
GOALS="$GOALS figures/smoke/$PAPER_MADE/table4-fashion.md"
[ -z "${LONG:-}" ] || GOALS=figures

# tree DIRECTORY: all that make needs there
tree() {
    mkdir -p "$1/build" "$1/data" && cd "$1" || return
    ln -s "$SUITE/Makefile" "$SUITE/common" "$SUITE/papers" "$SUITE/tests" .
    ln -s "$BUILD" build/float
    cp -r "$BATS_FILE_TMPDIR/data" .
}

# table: data/SOURCES.tsv for the small sets, so that they pass for whole
table() {
    local file
    for file in data/*/*; do
        printf '%s\t%s\t%s\t%s\tours\tmirror:none\n' "$(basename "${file%/*}")" "${file##*/}" "$(stat -c %s "$file")" \
            "$(sha256sum < "$file" | cut -d' ' -f1)"
    done
    printf 'emnist-balanced\tnone\t1\t0\tours\tmirror:none\n'
}

# Nothing is said of what there is to make, so make asks nobody but us.
makes() { env -u MAKEFLAGS -u MAKELEVEL -u DATA_DIR SOURCES=data/SOURCES.tsv make DEPS=no THREADS=1 PROFILE=smoke PAPER="$PAPER_MADE" "$@"; }

setup_file() {
    load helper
    export PAPER_MADE GOALS
    mkdir -p "$BATS_FILE_TMPDIR/data" && cd "$BATS_FILE_TMPDIR" || return
    "$BUILD/tests/run" sets data
    table > data/SOURCES.tsv
    tree whole
    local began
    began=$(date +%s%N)
    makes $GOALS > made.log 2>&1 3>&-
    echo $((($(date +%s%N) - began) / 10000000 + 1)) > ../hundredths
}

setup() {
    load helper
    scratch
    WHOLE="$BATS_FILE_TMPDIR/whole"
}

# believable: each result and figure that is there is that of the undisturbed run
believable() {
    local file
    while read -r file; do
        cmp "$file" "$WHOLE/$file" || return
    done < <(find results figures -name '*.tsv' -o -name '*.svg' -o -name '*.md' 2> /dev/null)
}

# complete: and all of them are there, and nothing else beside the results
complete() {
    believable && diff <(cd "$WHOLE" && find results | sort) <(find results | sort) &&
        diff <(cd "$WHOLE" && find figures | sort) <(find figures ! -name '*.tmp' | sort)
}

# ---- Bytes that nobody meant --------------------------------------------------

@test "trust: what once broke a reader is refused, or read, and breaks it no more" {
    local file reader
    for file in "$SUITE"/tests/fuzz-findings/*; do
        reader=$(basename "$file")
        run -0 "$BUILD/tests/fuzz" "${reader%%.*}" "$file"
    done
}

@test "trust: there is a reader for every function that reads files of others" {
    local name
    for name in $(grep -hoE '^int [a-z_]+\([^;]*const char \*(path|name)[,)]|^int folder_[a-z]+\(|^int frost_read\(' \
                       "$SUITE"/common/data/{idx,cifar,strips,svhn,npy,npz,csv,vectors,photograph,frost,graph,folder}.h |
                  sed 's/^int //; s/(.*//' | grep -v 'write\|begin'); do
        case $name in csv_*|npy_read|npy_labels|npy_*_bytes) continue ;; esac          # by way of data/vectors.h and data/npz.h
        grep -q "$name(" "$SUITE/tests/fuzz.c" || { echo "tests/fuzz.c never calls $name" >&2; return 1; }
    done
}

# ---- A whole paper ------------------------------------------------------------

@test "trust: make figures, killed at random moments, ends with the same bytes and loses nothing" {
    tree here
    local length kills=0 want=5 pid try
    length=$(cat "$BATS_FILE_TMPDIR/hundredths")
    [ -z "${LONG:-}" ] || want=100
    for ((try = 0; try < 4 * want && kills < want; try++)); do
        setsid bash -c "$(declare -f makes); makes $GOALS" > log 2>&1 3>&- &
        pid=$!
        sleep "$(awk -v r=$RANDOM -v most="$length" 'BEGIN { print (r % most + 1) / 100 }')"
        if kill -9 -- -$pid 2> /dev/null; then
            kills=$((kills + 1))
            wait $pid 2> /dev/null || true
        else
            wait $pid || { cat log >&2; return 1; }
            complete
            rm -r results figures build/summary
        fi
        believable
    done
    [ $kills = $want ]
    makes $GOALS > log 2>&1 3>&- || { cat log >&2; return 1; }
    complete
}

@test "trust: an experiment that fails stops no other, is named at the end, and runs again the next time" {
    tree here
    rm build/float && mkdir build/float && cp -rs "$BUILD"/. build/float
    local program=build/float/papers/$PAPER_MADE/table4-fashion
    rm $program && printf '#!/bin/sh\nexit 3\n' > $program && chmod +x $program && touch $program
    run -2 makes figures
    says "PLAN     smoke, results: "
    local note=results/smoke/$PAPER_MADE/table4-fashion.seed1.failed
    says "failed: $PAPER_MADE/table4-fashion: seed 1: its program ended with status 3 ($note)"
    says "figures/smoke: not complete."
    says "$PAPER_MADE     "
    [ -s figures/smoke/$PAPER_MADE/fig1-annealing.svg ]
    [ -s figures/smoke/$PAPER_MADE/table3-mnist.svg ]
    [ ! -e figures/smoke/$PAPER_MADE/table4-fashion.svg ]
    sh common/run/outcome.sh 3 nowhere/$PAPER_MADE/table4-fashion.seed1.tsv
    [ -s nowhere/$PAPER_MADE/table4-fashion.seed1.failed ]
    run -2 makes tables
    says "failed: $PAPER_MADE/table4-fashion: seed 1"
    says "figures/smoke, tables: not complete."
    run -2 makes results/smoke/$PAPER_MADE/table4-fashion.seed1.tsv
    run -2 makes figures/smoke/$PAPER_MADE/table4-fashion.md
    ln -sf "$BUILD/papers/$PAPER_MADE/table4-fashion" $program
    run -0 makes figures
    says "PLAN     smoke, results: 1 of "
    [ -s figures/smoke/$PAPER_MADE/table4-fashion.svg ]
    says "figures/smoke: up to date"
    run ! grep -q failed <<< "$output"
}

@test "trust: what failed with a seed that is not asked for, or was made later by hand, is not held against the others" {
    tree here
    cp -r "$WHOLE/results" .
    local results=results/smoke/$PAPER_MADE
    echo "seed 2" > $results/table4-fashion.seed2.failed
    echo "seed 1" > $results/table4-fashion.seed1.failed
    touch -d yesterday $results/table4-fashion.seed1.failed
    run -0 makes tables
    says "figures/smoke, tables: up to date"
    run ! grep -q failed <<< "$output"
    touch -d tomorrow $results/table4-fashion.seed1.failed
    run -2 makes tables
    says "failed: $PAPER_MADE/table4-fashion: seed 1"
}

@test "trust: a table without results is an error only where it is asked for by its name" {
    tree here
    rm -r data/fashion-mnist
    local table=figures/smoke/$PAPER_MADE/table4-fashion
    run -2 makes $table.md
    says "Not run: "
    says "get it with: make data/fashion-mnist"
    [ ! -e $table.md ]
    run -0 makes tables
    says "not run: $PAPER_MADE/table4-fashion: "
    says "figures/smoke, tables: up to date, but for what was not run."
    grep -q "Not run: " $table.md
}

@test "trust: claims that cannot be judged are an error at the end" {
    tree here
    rm papers && cp -r "$SUITE/papers" . && echo nonsense >> papers/$PAPER_MADE/claims.tsv
    run -1 sh common/run/summary.sh figures/smoke $PAPER_MADE < /dev/null
    says "papers/$PAPER_MADE/claims.tsv"
    [[ $output != *"up to date"* ]]
}

@test "trust: two makes at once in one tree both end well, and tear nothing" {
    tree here
    local other status=0
    makes $GOALS > other.log 2>&1 3>&- &
    other=$!
    makes $GOALS > log 2>&1 3>&- || { cat log >&2; status=1; }
    wait $other || { cat other.log >&2; status=1; }
    [ $status = 0 ]
    complete
    [ -z "$(find . -name '*.tmp')" ]
}

@test "trust: a tree that nobody may write to is left as it is, and make says why it stops" {
    requires_namespaces
    tree here
    cp -r "$WHOLE/results" .
    rm results/smoke/$PAPER_MADE/table4-fashion.seed1.tsv
    find . | sort > ../before
    run -2 unshare -rm sh -c "$(declare -f makes)
        mount --bind . . && mount -o remount,bind,ro . && cd . && cd \"\$PWD\" && makes $GOALS"
    says "Read-only file system"
    find . | sort | diff ../before -
    believable
}

@test "trust: a figure that is stopped while it is drawn leaves nothing behind" {
    tree here
    cp -r "$WHOLE/results" . && cp -r "$WHOLE/build/summary" build
    mkdir bin
    printf '#!/bin/sh\n: > "figures/smoke/%s/fig1-annealing.$PPID.png.tmp"\nexec sleep 60\n' $PAPER_MADE > bin/gnuplot
    chmod +x bin/gnuplot
    PATH="$PWD/bin:$PATH" setsid sh common/run/figure.sh smoke $PAPER_MADE/fig1-annealing 3>&- &
    for _ in {1..200}; do [ -z "$(find . -name '*.png.tmp')" ] || break; sleep 0.05; done
    [ -n "$(find . -name '*.png.tmp')" ]
    kill -TERM -- -$!
    wait $! || true
    [ -z "$(find . -name '*.tmp')" ]
}

# ---- A full disk --------------------------------------------------------------

# on_disk KILOBYTES COMMAND: a shell command in an empty directory `disk` of this size
on_disk() {
    requires_namespaces
    mkdir -p disk
    run unshare -rm bash -c "$(declare -f checkpointed); mount -t tmpfs -o size=${1}k none disk; $2"
}

@test "trust: a disk that fills up while a checkpoint is written leaves the one from before" {
    local program="$BUILD/tests/run --profile paper --steps 4000 --threads 1 --quiet --output disk/a.tsv"
    on_disk 200 "checkpointed disk/a.checkpoint $program --checkpoint-every 0
        rm -f disk/*.tmp disk/a.json; sha256sum < disk/a.checkpoint
        head -c 300k /dev/zero > disk/zeros 2> /dev/null
        $program --checkpoint-every 0; echo status \$?
        sha256sum < disk/a.checkpoint; ls -A disk
        rm disk/zeros; $program; echo status \$?; sha256sum < disk/a.tsv; ls -A disk"
    "$BUILD/tests/run" --profile paper --steps 4000 --quiet --output whole.tsv
    says "disk/a.checkpoint: writing failed: an earlier write failed (is the disk full?); nothing was changed"
    [ "${lines[0]}" = "${lines[3]}" ]
    [ "${lines[*]:2}" = "status 1 ${lines[0]} a.checkpoint zeros status 0 $(sha256sum < whole.tsv) a.json a.tsv" ]
}

@test "trust: a disk that is full is named by what summarises, judges and draws, and no file is torn" {
    tree here
    mkdir disk && cp -r "$WHOLE/results" .
    on_disk 4 "head -c 9k /dev/zero > disk/zeros 2> /dev/null
        $BUILD/common/claims/summarise -o disk/a.tsv results/smoke/$PAPER_MADE/table4-fashion.seed1.tsv; echo status \$?
        $BUILD/common/claims/verdicts -p papers -o disk/v.tsv $PAPER_MADE; echo status \$?
        $BUILD/common/claims/table -P smoke -o disk/t.md -t disk/t.tsv $PAPER_MADE table4-fashion; echo status \$?
        ls -A disk"
    local file
    for file in a.tsv v.tsv t.md; do            # what is larger than a buffer fails before the end
        [[ $output =~ disk/$file:\ writing\ failed:\ (No\ space\ left\ on\ device|an\ earlier\ write\ failed) ]]
    done
    [ "$(grep -c '^status 1$' <<< "$output")" = 3 ]
    [ "${lines[-1]}" = zeros ]
    cp -r "$WHOLE/build/summary" build
    on_disk 8 "mkdir -p disk/smoke/$PAPER_MADE; head -c 9k /dev/zero > disk/zeros 2> /dev/null; ln -s disk figures
        sh common/run/figure.sh smoke $PAPER_MADE/fig1-annealing; echo status \$?; find disk -type f"
    says "figures/smoke/$PAPER_MADE/fig1-annealing.png: writing failed; is the disk full?"
    [ "${lines[-2]}" = "status 1" ]
    [ "${lines[-1]}" = disk/zeros ]
}
