#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The harness: command lines, profiles, results, provenance, checkpoints. It is tried
# through programs of papers, and through tests/run.c, an experiment about nothing
# whose every step depends on all that a checkpoint has to bring back.

setup() {
    load helper
    scratch
    export CI=1
    unset DATA_DIR DATA_MIRROR
    FIG="$BUILD/papers/frosst2019/fig01"
    ANNEALING="$BUILD/papers/agarap2020/fig1-annealing"
    TABLE="$BUILD/papers/agarap2020/table4-fashion"
    NOTHING="$BUILD/tests/run"
}

# Sets in the form of those that experiments read, and settings that train on it within a second.
small_set() {
    "$NOTHING" sets data
    export DATA_DIR="$SCRATCH/data"
    SMALL=(--profile smoke --labelled 96 --examples 160 --epochs 2 --batch 64 --threads 1)
}

requires_data() {
    [ -s "$SUITE/data/$1/.verified" ] || skip "$1 is not here; get it with: make data/$1"
    export DATA_DIR="$SUITE/data"
}

# usage PROGRAM OPTION ...: status 64, a hint, and no results
usage() {
    run -64 "$@"
    says "Try \`$(basename "$1") --help'"
    [ ! -e results ]
}

# killed_after SECONDS COMMAND ...: runs it until it ends or is killed; true if it ended
killed_after() {
    local status=0
    timeout -s KILL "$@" 2>> killed.err 3>&- || status=$?
    [ $status != 0 ] || return 0
    [ $status = 137 ] || { echo "status $status:" >&2; cat killed.err >&2; touch failed; }
    return 1
}

# A moment: 1 to $1 hundredths of a second
moment() { awk -v r=$RANDOM -v most="$1" 'BEGIN { print (r % most + 1) / 100 }'; }

# ---- The command line -------------------------------------------------------

@test "run: an unknown option, a stray word or a missing value is status 64 with a hint" {
    usage "$FIG" --nonsense; says "unrecognized option '--nonsense'"
    usage "$FIG" stray; says "Too many arguments"
    usage "$FIG" --seed; says "requires an argument"
}

@test "run: seeds are whole numbers from 1" {
    usage "$FIG" --seed 0; says '--seed: "0"; expected a whole number from 1'
    usage "$FIG" --seed x; says '--seed: "x" is not a number'
    usage "$FIG" --seed 1.5; says "expected a whole number"
    usage "$FIG" --seed -1; says "expected a whole number"
    usage "$FIG" --seed 99999999999999999999; says "expected a whole number"
    usage "$FIG" --seed ''; says "is not a number"
}

@test "run: profiles, threads and settings out of range are refused" {
    usage "$FIG" --profile nonsense; says '"nonsense"; expected smoke, quick, desk or paper'
    usage "$FIG" --threads 0; says "expected a whole number from 1"
    usage "$FIG" --threads 3000000000; says "expected at most"
    usage "$FIG" --threads 4294967298; says "expected at most"
    usage "$FIG" --points -5; says '--points: "-5"; expected a whole number from 1'
    usage "$FIG" --steps 0; says "expected a whole number from 1"
    usage "$FIG" --rate nan; says '--rate: "nan" is not a number'
    usage "$FIG" --rate 1x; says "is not a number"
    usage "$FIG" --checkpoint-every soon; says "is not a number"
    usage "$FIG" --output ''; says "--output"
}

@test "run: a result of one's own data has a name that ends in .tsv" {
    for program in frosst2019/entanglement agarap2020/cluster hugger2024/head jacobsen2019/metamers jacobsen2019/table1-images bontonou2019/corrupt; do
        for name in a.csv a tsv .tsv - /dev/null; do
            usage "$BUILD/papers/$program" --output $name; says "--output: \"$name\"; expected a file that ends in .tsv"
        done
    done
    [ -z "$(ls)" ]
}

@test "run: a program for one's own data asks for what it reads first, then for its result, and shows its usage" {
    asks() {
        usage "$BUILD/papers/$1" "${@:4}"
        [[ ${lines[0]} == "${1#*/}: expected $2: "* ]] || return
        [[ $(tr -s ' \n' ' ' <<< "$output") == *" Usage: ${1#*/} [OPTION...] $3 Try "* ]]
    }
    all="--vectors FILE --labels FILE --output FILE.tsv"
    asks frosst2019/entanglement "--vectors FILE" "$all"
    asks frosst2019/entanglement "--labels FILE" "$all" --vectors z.csv
    asks frosst2019/entanglement "--output FILE.tsv" "$all" --vectors z.csv --labels y.csv
    asks agarap2020/cluster "--vectors FILE" "--vectors FILE --output FILE.tsv"
    asks hugger2024/head "--vectors FILE" "--vectors FILE --output FILE.tsv" --labels y.csv
    asks jacobsen2019/metamers "--vectors FILE" "--vectors FILE --output FILE.tsv"
    asks jacobsen2019/table1-images "--train DIRECTORY" "--train DIRECTORY --test DIRECTORY --output FILE.tsv"
    asks bontonou2019/corrupt "--output FILE.tsv" "--output FILE.tsv"
    "$FIG" --help > help
    grep -q '^Usage: fig01 \[OPTION...\]$' help
}

@test "run: help goes to standard output with status 0, and names every option" {
    "$FIG" --help > help 2> err
    [ ! -s err ]
    [ ! -e results ]
    for option in profile seed output threads checkpoint-every quiet points rate; do
        grep -q -- "--$option" help
    done
    tr -s ' \n' ' ' < help | grep -qF -- "--points=N points in the plane [smoke 40, quick 200, desk 200, paper 200; Figure 1]"
    grep -q "Figure 1: minimises" help
    run -0 "$FIG" --version
    [[ $output == tangle* ]]
}

# ---- Results ----------------------------------------------------------------

@test "run: the result has its default place, and the directories are made" {
    "$FIG" --profile smoke --seed 3 --quiet
    [ -s results/smoke/frosst2019/fig01.seed3.tsv ]
    [ -s results/smoke/frosst2019/fig01.seed3.json ]
    [ "$(find results -type f | wc -l)" = 2 ]
}

@test "run: the first line says what it is, and paper scale only of the paper's settings" {
    first() { "$@" --quiet --output a.tsv && head -n 1 a.tsv; }
    [ "$(first "$ANNEALING" --profile smoke --seed 5)" = \
      "# paper=agarap2020 experiment=fig1-annealing profile=smoke scale=reduced seed=5" ]
    [[ "$(first "$ANNEALING" --profile smoke --points 300)" == *"profile=smoke scale=paper "* ]]
    [[ "$(first "$ANNEALING" --profile paper --points 60)" == *"profile=paper scale=reduced "* ]]
    [[ "$(first "$ANNEALING" --profile paper --points 300)" == *"profile=paper scale=paper "* ]]
    [[ "$(first "$ANNEALING" --profile smoke --points 300 --rate .1000001)" == *"scale=reduced "* ]]
}

@test "run: the same seed gives the same bytes, another seed others" {
    for seed in 1 1 2; do
        "$FIG" --profile smoke --seed $seed --quiet --output "$seed.tsv"
        [ ! -e first.tsv ] || [ $seed = 2 ] || cmp first.tsv 1.tsv
        [ $seed = 2 ] || cp 1.tsv first.tsv
    done
    run ! cmp -s <(tail -n +2 1.tsv) <(tail -n +2 2.tsv)
}

@test "run: a rerun leaves the result and changes the provenance" {
    "$FIG" --profile smoke --quiet --output a.tsv
    cp a.tsv b.tsv; cp a.json b.json
    "$FIG" --profile smoke --quiet --output a.tsv
    cmp a.tsv b.tsv
    run ! cmp -s a.json b.json
}

@test "run: 1, 2 and 3 threads give the same bytes" {
    for program in "$FIG" "$ANNEALING" "$NOTHING"; do
        for threads in 1 2 3; do
            "$program" --profile smoke --threads $threads --quiet --output $threads.tsv
            cmp 1.tsv $threads.tsv
        done
    done
}

@test "run: 1 and 2 threads give the same table" {
    small_set
    for threads in 1 2; do
        "$TABLE" "${SMALL[@]}" --threads $threads --quiet --output $threads.tsv
    done
    cmp 1.tsv 2.tsv
}

@test "run: the result goes to standard output with -, into a pipe and alone" {
    "$FIG" --profile smoke --quiet --output a.tsv
    "$FIG" --profile smoke --quiet --output - 2> err | cmp - a.tsv
    [ ! -s err ]
    [ "$(ls)" = "$(printf 'a.json\na.tsv\nerr')" ]
}

@test "run: standard output may be a file, which stays where it is" {
    requires_namespaces
    "$FIG" --profile smoke --quiet --output a.tsv
    # on devices of our own: a program that replaced /dev/stdout would harm only them
    unshare -rm sh -ec 'mkdir dev; mount -t tmpfs none dev; ln -s /proc/self/fd/1 dev/stdout
        touch dev/null; mount --bind /dev/null dev/null; mount --rbind dev /dev
        echo before > b.tsv
        "$1" --profile smoke --quiet --output - >> b.tsv
        test -L /dev/stdout' sh "$FIG"
    cmp b.tsv <(echo before; cat a.tsv)
}

@test "run: a file below /dev is a file too" {
    [ -d /dev/shm ] && [ -w /dev/shm ] || skip "no /dev/shm"
    place=$(mktemp -d /dev/shm/tangle.XXXXXX)
    "$FIG" --profile smoke --quiet --output "$place/a.tsv"
    found=$(ls "$place")
    rm -r "$place"
    [ "$found" = "$(printf 'a.json\na.tsv')" ]
}

@test "run: progress is plain lines on standard error, and none with --quiet" {
    "$NOTHING" --profile smoke --output a.tsv > out 2> err
    [ ! -s out ]
    grep -q "%  run, seed 1: learning nothing" err
    run ! grep -q $'\r' err
    "$NOTHING" --profile smoke --output a.tsv --quiet > out 2> err
    [ ! -s out ]
    [ ! -s err ]
}

@test "run: what is left is told from the work at hand, not from what came before it" {
    "$BUILD/tests/progress" 2> err
    diff err - <<< "$(printf '%s\n' '    0 %  first' '   50 %  first, 17 min left' '    0 %  second' '   50 %  second, 10 s left' \
        '    0 %  again' '   50 %  again, 20 s left')"
}

# ---- Provenance -------------------------------------------------------------

@test "run: the provenance says with what, where, when and from what" {
    small_set
    TANGLE_COMMIT=0123456789ab "$TABLE" "${SMALL[@]}" --seed 12345678 --quiet --output a.tsv
    for field in '"program": "table4-fashion"' '"commit": "0123456789ab"' '"seed": 12345678,' \
                 '"threads": 1,' '"wall_seconds": [0-9.e+-]*,' '"cpu_seconds": [0-9.e+-]*,' \
                 '"peak_megabytes": [0-9.e+-]*,' '"start": "20[0-9-]*T[0-9:]*Z"' '"cpu": "..*"' \
                 '"cores": [1-9][0-9]*,' '"kernel": "..*"' '"compiler": "gcc [0-9.]*"' '"gsl": "[0-9.]*"' \
                 '"openblas": "OpenBLAS ..*"' '"openblas_core": "..*"' '"convolution": "..*"' '"rng": "..*"' \
                 '"command": \[".*", "--profile", "smoke", .*"--output", "a.tsv"\]'; do
        grep -q "^  $field" a.json || { echo "no $field in:" >&2; cat a.json >&2; false; }
    done
    for file in data/fashion-mnist/*.gz; do
        grep -qF "\"$SCRATCH/$file\": \"$(sha256sum < "$file" | cut -d' ' -f1)\"" a.json
    done
}

@test "run: the commit is known without make too: the one that the program was linked from" {
    git -C "$SUITE" rev-parse --git-dir > /dev/null 2>&1 || skip "not a git checkout"
    TANGLE_COMMIT='' "$FIG" --profile smoke --quiet --output a.tsv
    grep -q '"commit": "..*"' a.json
    run ! grep '"commit": "unknown"' a.json
    env -u MAKEFLAGS -u MAKELEVEL make -C "$SUITE" -n DEPS=no -W tests/progress.c build/float/tests/progress > links
    grep -q "linked_from.. = \"$(git -C "$SUITE" describe --always --abbrev=12)" links
}

@test "run: the provenance is JSON, whatever the name of the result" {
    name=$'a "b" \\c \t\x01 d'
    "$FIG" --profile smoke --quiet --output "$name.tsv"
    grep -qF '"a \"b\" \\c \u0009\u0001 d.tsv"' "$name.json"
    command -v node > /dev/null || skip "no node to read JSON with"
    node -e 'const p = JSON.parse(require("fs").readFileSync(process.argv[1]))
             process.exit(p.command.at(-1) === process.argv[2] && p.seed === 1 ? 0 : 1)' "$name.json" "$name.tsv"
}

# ---- Places that cannot be written to ---------------------------------------

# early TEXT OPTIONS ...: refused with status 1 before any work, which would take minutes
early() {
    local text=$1
    shift
    run -1 timeout 5 "$FIG" --profile paper --steps 100000000 --quiet "$@"
    says "$text"
}

@test "run: a place that cannot be written to is refused before any work" {
    touch file
    early "file/x.tsv.tmp: cannot write: Not a directory" --output file/x.tsv
    says "name a place that is writable"
    early "cannot make this directory: Not a directory" --output file/a/x.tsv
    early "/dev/null/x.tsv" --output /dev/null/x.tsv
    early "/proc/tangle" --output /proc/tangle/x.tsv
}

@test "run: a directory in the place of the result is refused before any work" {
    mkdir place
    early "place: is a directory, expected a file" --output place
    early "place/: is a directory, expected a file" --output place/
    [ -z "$(ls -A place)" ]
}

@test "run: a directory that one may not write to is refused before any work" {
    mkdir closed
    if [ "$(id -u)" = 0 ]; then
        requires_namespaces
        run -1 unshare -rm sh -ec 'mount --bind closed closed; mount -o remount,bind,ro closed
            timeout 5 "$1" --profile paper --steps 100000000 --output closed/x.tsv' sh "$FIG"
        says "closed/x.tsv.tmp: cannot write: Read-only file system"
    else
        chmod 555 closed
        early "closed/x.tsv.tmp: cannot write: Permission denied" --output closed/x.tsv
    fi
}

@test "run: a full device behind standard output is status 1" {
    run -1 sh -c '"$1" --profile smoke --quiet --output - > /dev/full' sh "$FIG"
    says "No space left on device"
    run -1 "$FIG" --profile smoke --quiet --output /dev/full
    says "/dev/full: writing failed: an earlier write failed (is the disk full?)"
}

@test "run: a full disk is status 1, and no partial file is left" {
    requires_namespaces
    mkdir disk
    run -1 unshare -rm sh -c 'mount -t tmpfs -o size=8k none disk
        "$1" --profile smoke --quiet --output disk/a.tsv; status=$?; ls -A disk; exit $status' sh "$FIG"
    says "disk/a.tsv: writing failed: an earlier write failed (is the disk full?); nothing was changed"
    [ "${lines[1]:-}" = a.json ]
    [ "${#lines[@]}" = 2 ]
    run -1 unshare -rm sh -c 'mount -t tmpfs -o size=4k none disk; head -c 4096 /dev/zero > disk/zeros
        "$1" --profile smoke --quiet --output disk/a.tsv; status=$?; ls -A disk; exit $status' sh "$FIG"
    says "disk/a.json: writing failed: No space left on device"
    [ "${lines[1]:-}" = zeros ]
    [ "${#lines[@]}" = 2 ]
}

@test "run: a full disk leaves the old result" {
    requires_namespaces
    mkdir disk
    run -1 unshare -rm sh -c 'mount -t tmpfs -o size=12k none disk; echo old > disk/a.tsv
        "$1" --profile smoke --quiet --output disk/a.tsv; status=$?; cat disk/a.tsv; exit $status' sh "$FIG"
    [ "${lines[1]}" = old ]
}

# ---- What goes wrong on the way ---------------------------------------------

@test "run: a loss that is not finite ends the run and names where it was born" {
    run -1 "$NOTHING" --profile smoke --quiet --sick 7
    says 'the first value that is not finite came from "scale" (32 x 30); lower --rate'
    [ -z "$(find . -name '*.tsv')" ]
}

@test "run: a result that is not a number is refused" {
    run -1 "$NOTHING" --profile smoke --quiet --bad-row 7
    says "bad of training is nan: a result must be a number"
    [ -z "$(find . -name '*.tsv')" ]
}

@test "run: a row that is there already is refused" {
    run -1 "$NOTHING" --profile smoke --quiet --twice 7
    says "a second twice of training"
    [ -z "$(find . -name '*.tsv')" ]
}

@test "run: a missing set is status 2, ends in the command, and is noted in place of the result" {
    export DATA_DIR=nowhere
    run -2 "$TABLE" --profile smoke --quiet
    [[ $output == "table4-fashion: nowhere/fashion-mnist/"*" is not here; get it with: make data/fashion-mnist" ]]
    [ "table4-fashion: $(cat results/smoke/agarap2020/table4-fashion.seed1.missing)" = "$output" ]
    [ "$(find results -type f | wc -l)" = 1 ]
    small_set
    "$TABLE" "${SMALL[@]}" --quiet
    [ ! -e results/smoke/agarap2020/table4-fashion.seed1.missing ]
}

# ---- Killed, and resumed ----------------------------------------------------

@test "run: a checkpoint damaged in any byte, or cut anywhere, is refused and changes nothing" {
    ASAN_OPTIONS=allocator_may_return_null=1 "$NOTHING" checkpoint "$SCRATCH"
}

# hundredths_of COMMAND ...: runs it and says how long it took, in hundredths of a second
hundredths_of() {
    local began
    began=$(date +%s%N)
    "$@" && echo $((($(date +%s%N) - began) / 10000000 + 1))
}

# survives KILLS HUNDREDTHS COMMAND ...: killed at random moments until KILLS of them left
# a checkpoint; if it ends before, it is begun anew. The last run goes to the end.
survives() {
    local want=$1 most=$2 kills=0
    shift 2
    for _ in {1..60}; do
        if killed_after "$(moment "$most")" "$@"; then
            cmp whole.tsv a.tsv || return
            rm a.tsv
        elif [ -e a.checkpoint ]; then
            kills=$((kills + 1))
        fi
        [ ! -e failed ] || return
        [ $kills -lt "$want" ] || break
    done
    [ $kills = "$want" ] || { echo "$kills kills left a checkpoint, not $want" >&2; return 1; }
    "$@" --quiet && cmp whole.tsv a.tsv && [ ! -e a.checkpoint ] && [ ! -e a.checkpoint.tmp ]
}

@test "run: killed again and again at any moment, it ends with the same bytes" {
    local length
    length=$(hundredths_of "$NOTHING" --profile paper --quiet --output whole.tsv)
    survives 10 "$length" "$NOTHING" --profile paper --checkpoint-every 0 --output a.tsv
}

@test "run: once killed with a checkpoint, it says that it resumes, and ends with the same bytes" {
    "$NOTHING" --profile paper --quiet --output whole.tsv
    checkpointed a.checkpoint "$NOTHING" --profile paper --checkpoint-every 0 --output a.tsv
    [ ! -e a.tsv ]
    "$NOTHING" --profile paper --output a.tsv 2> err
    grep -q "resumed from a checkpoint" err
    cmp whole.tsv a.tsv
    [ "$(ls)" = "$(printf '%s\n' a.json a.tsv err whole.json whole.tsv)" ]
}

@test "run: stopped by a signal, it saves first, says so, and goes on to the same bytes" {
    local length status
    length=$(hundredths_of "$NOTHING" --profile paper --quiet --output whole.tsv)
    for _ in {1..60}; do
        status=0
        timeout --preserve-status -s TERM "$(moment "$length")" "$NOTHING" --profile paper --output a.tsv 2> err 3>&- || status=$?
        [ ! -e a.checkpoint ] || break
        rm -f a.tsv a.json
    done
    [ "$status" = 143 ]
    grep -q "stopped and saved: the same command goes on from here" err
    [ -e a.checkpoint ]
    [ ! -e a.tsv ]
    "$NOTHING" --profile paper --output a.tsv 2> err
    grep -q "resumed from a checkpoint" err
    cmp whole.tsv a.tsv
}

@test "run: a table that is killed again and again ends with the same bytes" {
    small_set
    local length
    length=$(hundredths_of "$TABLE" "${SMALL[@]}" --quiet --output whole.tsv)
    survives 5 "$length" "$TABLE" "${SMALL[@]}" --checkpoint-every 0 --output a.tsv
}

@test "run: a training and two maps, killed again and again, end with the same bytes" {
    small_set
    local length maps=("$BUILD/papers/agarap2020/fig2-tsne-mnist" --profile smoke --labelled 96 --epochs 2 --batch 64
                       --points 60 --perplexity 5 --tsne-iterations 400 --threads 1)
    length=$(hundredths_of "${maps[@]}" --quiet --output whole.tsv)
    survives 5 "$length" "${maps[@]}" --checkpoint-every 0 --output a.tsv
}

@test "run: two classifiers and their looks, killed again and again, end with the same bytes" {
    small_set
    local length looks=("$BUILD/papers/frosst2019/table1-mnist" --profile smoke --steps 24 --looks 3 --threads 1)
    length=$(hundredths_of "${looks[@]}" --quiet --output whole.tsv)
    survives 5 "$length" "${looks[@]}" --checkpoint-every 0 --output a.tsv
}

@test "run: adversarial training, killed again and again, ends with the same bytes" {
    small_set
    local length robust=("$BUILD/papers/frosst2019/table2-adversarial" --profile smoke --steps 8 --tested 60 --threads 1)
    length=$(hundredths_of "${robust[@]}" --quiet --output whole.tsv)
    survives 5 "$length" "${robust[@]}" --checkpoint-every 0 --output a.tsv
}

@test "run: Fashion-MNIST itself: killed with a checkpoint, it ends with the same bytes" {
    requires_data fashion-mnist
    [ -n "${LONG:-}" ] || skip "half a minute; set LONG=1 to run it"
    "$TABLE" --profile smoke --quiet --output whole.tsv
    checkpointed a.checkpoint "$TABLE" --profile smoke --checkpoint-every 0 --output a.tsv
    "$TABLE" --profile smoke --quiet --output a.tsv
    cmp whole.tsv a.tsv
}

@test "run: a checkpoint of other settings or another seed is refused, with what to do" {
    checkpointed a.checkpoint "$NOTHING" --profile paper --checkpoint-every 0 --output a.tsv
    cp a.checkpoint kept
    for other in "--rate 0.02" "--seed 2" "--steps 399" "--profile desk --steps 400"; do
        run -1 "$NOTHING" --profile paper --quiet --output a.tsv $other
        says "a.checkpoint: belongs to another run"
        says "delete it to start over"
        [ "${#lines[@]}" = 1 ]
        cmp a.checkpoint kept
    done
    [ ! -e a.tsv ]
}

@test "run: a truncated or flipped checkpoint is refused, with what to do" {
    checkpointed a.checkpoint "$NOTHING" --profile paper --checkpoint-every 0 --output a.tsv
    size=$(stat -c %s a.checkpoint)
    cp a.checkpoint kept
    for keep in 0 10 500 1050 2000 $((size / 2)) $((size - 1)); do
        head -c "$keep" kept > a.checkpoint
        run -1 "$NOTHING" --profile paper --quiet --output a.tsv
        says "a.checkpoint: "; says "delete it to start over"
    done
    for at in 3 $((size / 2)) $((size - 1)); do
        cp kept a.checkpoint
        byte=$(od -An -tu1 -j "$at" -N 1 kept | tr -d ' ')
        printf "\\x$(printf %02x $((byte ^ 16)))" | dd of=a.checkpoint bs=1 seek="$at" conv=notrunc 2>/dev/null
        run -1 "$NOTHING" --profile paper --quiet --output a.tsv
        says "delete it to start over"
    done
    rm a.checkpoint
    "$NOTHING" --profile paper --quiet --output a.tsv
    [ -s a.tsv ]
}

@test "run: a checkpoint whose text claims to be endless is truncated, not believed" {
    checkpointed a.checkpoint "$NOTHING" --profile smoke --steps 100000 --checkpoint-every 0 --output a.tsv
    # magic, fingerprint and count are 4120 bytes; then 64 bytes of a name, and a size
    printf '\xff\xff\xff\xff\xff\xff\xff\xff' | dd of=a.checkpoint bs=1 seek=$((4120 + 64)) conv=notrunc 2>/dev/null
    run -1 "$NOTHING" --profile smoke --steps 100000 --quiet --output a.tsv
    says 'truncated in "rows"; delete it to start over'
}
