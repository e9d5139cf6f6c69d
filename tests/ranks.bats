#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# One training by several processes (common/nn/ranks.h), under a real mpirun: the loss curve of one process, and
# what cannot be cut is refused.

setup() {
    load helper
    scratch
    # Root, in a container say, is no reason to refuse. MPI leaves memory behind, of which the sanitizer would tell.
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMP_NUM_THREADS=1 ASAN_OPTIONS=detect_leaks=0
}

requires_mpi() {
    command -v mpirun > /dev/null || skip "Open MPI is not installed: apt-get install libopenmpi-dev openmpi-bin"
    ldd "$BUILD/tests/ranks" | grep -q libmpi || skip "built without MPI: apt-get install libopenmpi-dev, then make clean"
}

# ranks COUNT COMMAND ...
ranks() {
    local count=$1
    shift
    mpirun --oversubscribe --mca mpi_yield_when_idle 1 -n "$count" "$@" 3>&-
}

# curve BUILD COUNT: step and loss, 40 lines; at the end all ranks have found their weights the same
curve() { ranks "$2" "$1/tests/ranks" curve > out && grep '^[0-9]' out > "$2.curve"; }

# furthest FILE FILE: the largest difference between two curves
furthest() {
    paste "$1" "$2" | awk '$1 != $3 { exit failed = 1 } { d = $2 - $4; if (d < 0) d = -d; if (d > most) most = d }
                           END { if (failed || NR != 40) print "not 40 equal steps"; else print most + 0 }'
}

@test "ranks: 2 and 3 processes have the loss curve of one, to rounding" {
    requires_mpi
    local build tolerance
    for build in "$BUILD:2e-6" "$DOUBLE:1e-13"; do
        tolerance=${build#*:} build=${build%:*}
        curve "$build" 1
        within "$(sed -n '1s/.*\t//p' 1.curve)" 1.8517 0.0001
        within "$(sed -n '40s/.*\t//p' 1.curve)" 0.02 0.01
        for count in 2 3; do
            curve "$build" $count
            within "$(furthest 1.curve $count.curve)" 0 $tolerance
        done
    done
}

@test "ranks: MPI is told that the processes have threads" {
    requires_mpi
    [ "$(ranks 2 "$BUILD/tests/ranks" threads | grep -c "^threads$")" = 2 ]
}

@test "ranks: a program without mpirun is one rank" {
    "$BUILD/tests/ranks" curve > out
    grep -q '^40'$'\t' out
}

@test "ranks: what depends on the whole batch is refused where it is cut" {
    local what
    for what in batch-norm:"batch normalisation" snnl:"the soft nearest neighbour loss" triplet:"the triplet loss" \
                dropout:dropout; do
        run ! "$BUILD/tests/ranks" refuse "${what%%:*}"
        says "${what#*:} depends on the whole batch, of which this process has a part; train in one process"
    done
    "$BUILD/tests/ranks" refuse nothing
}

@test "ranks: an experiment refuses to be several processes" {
    requires_mpi
    run ranks 2 "$BUILD/papers/frosst2019/fig01" --profile smoke --quiet --output a.tsv
    [ "$status" = 64 ]
    says "fig01: started as 2 processes; expected one, because its losses need whole batches"
    [ ! -e a.tsv ]
    ranks 1 "$BUILD/papers/frosst2019/fig01" --profile smoke --quiet --output a.tsv
    [ -e a.tsv ]
}
