# What every test file loads: where things are, and how numbers are compared.
#
#   $SUITE    the top of the repository
#   $BUILD    the build that runs           (build/float, or build/asan)
#   $DOUBLE   its double precision twin     (build/double, or build/asan-double)
#   $SCRATCH  an empty directory of this test's own; tests start in it
bats_require_minimum_version 1.8.0

: "${SUITE:=$(cd "$BATS_TEST_DIRNAME/.." && pwd)}"
: "${BUILD:=$SUITE/build/float}"
: "${DOUBLE:=$SUITE/build/double}"
export SUITE BUILD DOUBLE LC_ALL=C TZ=UTC
# Waiting threads sleep: tests may share the machine with others.
export OMP_WAIT_POLICY=passive
unset OPENBLAS_CORETYPE

scratch() {
    SCRATCH="$BATS_TEST_TMPDIR/scratch"
    mkdir -p "$SCRATCH" && cd "$SCRATCH" || return
}

# value FILE SERIES X METRIC: the value of one row of a result
value() {
    awk -F'\t' -v s="$2" -v x="$3" -v m="$4" \
        '$1 == s && $2 == x && $3 == m { print $4; found = 1 } END { exit !found }' "$1"
}

# within GOT WANT TOLERANCE: |GOT - WANT| <= TOLERANCE. What is not a number
# (nan, nothing at all) is never within anything: awk alone would let it pass.
within() {
    awk -v g="$1" -v w="$2" -v t="$3" 'BEGIN {
        number = "^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$"
        if (g !~ number || w !~ number) { printf "got \"%s\", wanted \"%s\"\n", g, w; exit 1 }
        d = g - w; if (d < 0) d = -d
        if (d <= t) exit 0
        printf "got %s, wanted %s within %s (off by %g)\n", g, w, t, d; exit 1 }' >&2
}

# says TEXT: the output of the last `run` contains TEXT
says() {
    [[ $output == *"$1"* ]] || { printf 'wanted "%s" in:\n%s\n' "$1" "$output" >&2; return 1; }
}

# path_without COMMAND ...: $SCRATCH/bin, as a PATH of all that is installed but these
path_without() {
    local directory
    mkdir -p bin
    for directory in ${PATH//:/ }; do ln -s "$directory"/* bin/ 2> /dev/null || true; done
    (cd bin && rm -f "$@")
}

# committed PATH ...: copies the files there that git knows
committed() {
    git -C "$SUITE" rev-parse --git-dir > /dev/null 2>&1 || skip "not a git checkout"
    git -C "$SUITE" ls-files -z "$@" | tar -C "$SUITE" --null -T - -cf - | tar -xf -
}

requires_namespaces() {
    unshare -rm sh -c 'mount -t tmpfs none /mnt' 2>/dev/null || skip "no mount namespaces here"
}

# checkpointed FILE COMMAND ...: kills it as soon as a whole checkpoint is there
checkpointed() {
    local file=$1 pid
    shift
    "$@" 2> /dev/null 3>&- &
    pid=$!
    until [ -e "$file" ] || ! kill -0 "$pid" 2> /dev/null; do sleep 0.005; done
    kill -9 "$pid" || true
    wait "$pid" 2>/dev/null || true
    [ -e "$file" ]
}

# both PROGRAM CASE ...: a case of tests/PROGRAM.c in single and in double precision
both() { "$BUILD/tests/$1" "${@:2}" && "$DOUBLE/tests/$1" "${@:2}"; }

# refuses PROGRAM WHAT TEXT: `PROGRAM refuse WHAT` is status 1, and says so
refuses() { run -1 "$BUILD/tests/$1" refuse "$2" && says "$3"; }

# refuses_file PROGRAM READER FILE ...: status 1, one line, which begins with the file
refuses_file() {
    run "$BUILD/tests/$1" "${@:2}"
    [ "$status" = 1 ] || { echo "status $status: $output" >&2; return 1; }
    [ "${#lines[@]}" = 1 ] && says "$1: $3: "
}

# small_colour_sets DIRECTORY: CIFAR-10 at its size, of pictures drawn by rule, and a small SVHN
small_colour_sets() {
    local part
    mkdir -p "$1/cifar-10" "$1/svhn"
    for part in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
        "$BUILD/tests/images" records "$1/cifar-10/$part.bin" 10 10000
    done
    for part in train test; do "$BUILD/tests/images" mat "$1/svhn/${part}_32x32.mat" 600 good; done
}

# drawn_cifar_100 DIRECTORY: CIFAR-100 likewise
drawn_cifar_100() {
    mkdir -p "$1/cifar-100"
    "$BUILD/tests/images" records "$1/cifar-100/train.bin" 100 50000
    "$BUILD/tests/images" records "$1/cifar-100/test.bin" 100 10000
}

# small_frost DIRECTORY: five photographs of frost, drawn by rule
small_frost() {
    mkdir -p "$1/frost"
    "$BUILD/tests/photograph" frost "$1/frost"
}

# goes_on PAPER/PROGRAM OPTION ...: killed once with a checkpoint, it ends with the same bytes, in whole.tsv and a.tsv
goes_on() {
    local program="$BUILD/papers/$1"
    shift
    rm -f a.*
    "$program" --profile smoke --quiet --threads 1 "$@" --output whole.tsv
    checkpointed a.checkpoint "$program" --profile smoke --quiet --threads 1 "$@" --checkpoint-every 0 --output a.tsv
    [ ! -e a.tsv ]
    "$program" --profile smoke --threads 1 "$@" --output a.tsv 2> err
    grep -q "resumed from a checkpoint" err
    cmp whole.tsv a.tsv
}

# same_at_two_threads PAPER/PROGRAM OPTION ...: the same bytes, in one.tsv and two.tsv
same_at_two_threads() {
    local program="$BUILD/papers/$1"
    shift
    "$program" --profile smoke --quiet "$@" --threads 1 --output one.tsv
    "$program" --profile smoke --quiet "$@" --threads 2 --output two.tsv
    cmp one.tsv two.tsv
}

# small_graphs DIRECTORY: Cora and Citeseer, of 90 nodes drawn by rule
small_graphs() {
    mkdir -p "$1/graphs"
    "$BUILD/tests/graphs" write "$1/graphs"
}
