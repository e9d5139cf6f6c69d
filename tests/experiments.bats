#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Every experiment of every paper, in the smoke profile: it runs, its rows are well
# formed, its figure can be drawn, and what its claims speak of is in its result.
#
# They run once, before the tests. Their data are replaced by small sets, so that this takes
# seconds and needs no data.

experiments() { cat "$BATS_FILE_TMPDIR/experiments"; }

# Some attack networks that others have trained, with their own seed and the next.
train_for_others() {
    local e seed
    mkdir -p "$RESULTS/frosst2019"
    for e in table1-mnist table1-fashion table1-svhn; do
        for seed in 1 2; do
            "$BUILD/papers/frosst2019/$e" --profile smoke --quiet --steps 4 --looks 1 --seed $seed \
                --output "$RESULTS/frosst2019/$e.seed$seed.tsv" 3>&-
        done
    done
    "$BUILD/papers/frosst2019/readings" --profile smoke --quiet --steps 1 --seed 1 \
        --output "$RESULTS/frosst2019/readings.seed1.tsv" 3>&-
    mkdir -p "$RESULTS/bontonou2019"
    "$BUILD/papers/bontonou2019/table1-cifar10" --profile smoke --quiet --seed 1 \
        --output "$RESULTS/bontonou2019/table1-cifar10.seed1.tsv" 3>&-
    mkdir -p "$RESULTS/jacobsen2019"
    for e in fig3-spheres table2-mnist; do
        "$BUILD/papers/jacobsen2019/$e" --profile smoke --quiet --output "$RESULTS/jacobsen2019/$e.seed1.tsv" 3>&-
    done
    mkdir -p "$RESULTS/hugger2024"
    for e in table1-2-cifar100 table1-2-cifar100-cnn fig3-noise-smoothing; do
        "$BUILD/papers/hugger2024/$e" --profile smoke --quiet --output "$RESULTS/hugger2024/$e.seed1.tsv" 3>&-
    done
}

setup_file() {
    load helper
    export RESULTS="$BATS_FILE_TMPDIR/results"
    env -u MAKEFLAGS -u MAKELEVEL -u PAPER make -s --no-print-directory -C "$SUITE" experiments > "$BATS_FILE_TMPDIR/experiments"
    export DATA_DIR="$BATS_FILE_TMPDIR/data"
    mkdir -p "$RESULTS" "$DATA_DIR"
    "$BUILD/tests/run" sets "$DATA_DIR"
    small_colour_sets "$DATA_DIR"
    drawn_cifar_100 "$DATA_DIR"
    small_graphs "$DATA_DIR"
    small_frost "$DATA_DIR"
    local e
    train_for_others
    for e in $(experiments); do
        mkdir -p "$RESULTS/${e%/*}"
        "$BUILD/papers/$e" --profile smoke --quiet --threads 2 --output "$RESULTS/$e.tsv" 2> "$RESULTS/$e.err" 3>&-
        echo $? > "$RESULTS/$e.status"
    done || true
}

setup() {
    load helper
    scratch
}

# each FUNCTION: calls it with every experiment that ran; all have to pass
each() {
    local e failed=0
    for e in $(experiments); do
        [ "$(cat "$RESULTS/$e.status")" = 0 ] || continue
        "$1" "$e" || { echo "this was $e" >&2; failed=1; }
    done
    return $failed
}

@test "experiments: there are some, and each runs in the smoke profile" {
    [ "$(experiments | wc -l)" -ge 12 ]
    local e failed=0
    for e in $(experiments); do
        [ "$(cat "$RESULTS/$e.status")" = 0 ] ||
            { echo "$e: status $(cat "$RESULTS/$e.status"): $(cat "$RESULTS/$e.err")" >&2; failed=1; }
    done
    [ $failed = 0 ]
}

# The two lines in front, four columns, numbers in the second and the fourth, no row twice.
well_formed() {
    awk -F'\t' -v first="# paper=${1%/*} experiment=${1#*/} profile=smoke scale=" '
        function bad(why) { printf "line %d, %s: %s\n", NR, why, $0; failed = 1 }
        BEGIN { number = "^-?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+][0-9]+)?$" }
        NR == 1 {
            rest = substr($0, length(first) + 1)
            if (substr($0, 1, length(first)) != first || rest !~ /^(paper|stand-in|reduced|other-data) seed=1$/) bad("first line")
            next
        }
        NR == 2 { if ($0 != "series\tx\tmetric\tvalue") bad("header"); next }
        NF != 4 { bad("not four columns"); next }
        $1 == "" || $3 !~ /^[A-Za-z][A-Za-z0-9_]*$/ { bad("series or metric") }
        $2 != "." && $2 !~ number { bad("x is no number") }
        $4 !~ number { bad("value is no number") }
        seen[$1, $2, $3]++ { bad("twice") }
        END { if (NR < 3) bad("no rows"); exit failed }' "$RESULTS/$1.tsv" >&2
}

@test "experiments: their rows are well formed and never written twice" {
    each well_formed
}

says_nothing() { [ ! -s "$RESULTS/$1.err" ] || { cat "$RESULTS/$1.err" >&2; return 1; }; }

@test "experiments: quiet, they say nothing" {
    each says_nothing
}

leaves_two_files() {
    [ -s "$RESULTS/$1.json" ] && [ ! -e "$RESULTS/$1.checkpoint" ] && [ ! -e "$RESULTS/$1.missing" ] &&
        [ -z "$(find "$RESULTS" -name '*.tmp')" ]
}

@test "experiments: they leave result and provenance, and nothing else" {
    each leaves_two_files
}

# Beside the networks that others have left.
same_at_one_thread() {
    local place="$RESULTS/one/${1%/*}"
    mkdir -p "$place" && cp -lf "$RESULTS/${1%/*}"/*.seed*.network "$place" 2> /dev/null
    "$BUILD/papers/$1" --profile smoke --quiet --threads 1 --output "$RESULTS/one/$1.tsv" &&
        cmp "$RESULTS/$1.tsv" "$RESULTS/one/$1.tsv"
}

@test "experiments: at one thread their results have the bytes of two" {
    [ -n "${LONG:-}" ] || skip "two minutes; set LONG=1 to run it"
    each same_at_one_thread
}

# Two seeds make an interval; seed 2 is seed 1 under another name.
draws_its_figure() {
    local paper=${1%/*} error
    mkdir -p "results/smoke/$paper" "build/summary/smoke/$paper" build/float
    ln -sfn "$SUITE/papers" papers && ln -sfn "$SUITE/common" common && ln -sfn "$BUILD/common" build/float/common
    cp "$RESULTS/$1.tsv" "results/smoke/$1.seed1.tsv"
    local picture
    for picture in "$RESULTS/$1".*.png; do
        [ ! -e "$picture" ] || cp "$picture" "results/smoke/$1.seed1${picture#"$RESULTS/$1"}"
    done
    sed '1s/seed=1/seed=2/' "$RESULTS/$1.tsv" > "results/smoke/$1.seed2.tsv"
    "$BUILD/common/claims/summarise" -o "build/summary/smoke/$1.tsv" results/smoke/"$1".seed*.tsv
    error=$(sh common/run/figure.sh smoke "$1" 2>&1) || { echo "$error" >&2; return 1; }
    [ -s "figures/smoke/$1.svg" ] || return
    [ -s "figures/smoke/$1.png" ]
}

@test "experiments: the figure of each is drawn from its smoke run" {
    each draws_its_figure
}

# claimed EXPERIMENT: series and metric of what it is held against; literature is not ours, nor what is never run
claimed() {
    awk -F'\t' -v e="${1#*/}" '
        /^#/ { next }
        !column["id"] { for (i = 1; i <= NF; i++) column[$i] = i; next }
        $column["experiment"] == e && $column["kind"] != "literature" && $column["note"] !~ /^Left out:/ {
            metric = $column["metric"]
            print $column["series"] "\t" metric
            versus = $column["versus"]
            sub(/@.*/, "", versus)
            if (versus !~ /:/ && versus != "." && versus != "") print versus "\t" metric
        }' "$SUITE/papers/${1%/*}/claims.tsv" | sort -u
}

has_what_is_claimed() {
    local series metric failed=0
    while IFS=$'\t' read -r series metric; do
        awk -F'\t' -v s="$series" -v m="$metric" '$1 == s && $3 == m { found = 1 } END { exit !found }' \
            "$RESULTS/$1.tsv" || { echo "no row of \"$series\" has \"$metric\"" >&2; failed=1; }
    done < <(claimed "$1")
    return $failed
}

@test "experiments: whatever a claim speaks of is in the result" {
    [ -n "$(claimed frosst2019/fig02)" ]
    each has_what_is_claimed
}

@test "experiments: every claim speaks of an experiment that there is" {
    local paper e failed=0
    for paper in "$SUITE"/papers/*/claims.tsv; do
        for e in $(awk -F'\t' '/^#/ { next } !c { for (i = 1; i <= NF; i++) if ($i == "experiment") c = i; next }
                               { print $c }' "$paper" | sort -u); do
            experiments | grep -qx "$(basename "${paper%/*}")/$e" || { echo "$paper: $e" >&2; failed=1; }
        done
    done
    [ $failed = 0 ]
}

# Every option that is not one of the harness's is a setting: it has a value in each profile, or
# says what it is without one.
explains_its_settings() {
    "$BUILD/papers/$1" --help | tr -s ' \n' ' ' > help
    local name failed=0 count=0
    for name in $(grep -oE -- ' --[a-z-]+=[NX] ' help | sed 's/ --//; s/=.*//' | grep -vx 'seed\|threads'); do
        count=$((count + 1))
        grep -qE -- " --$name=[NX] ([^[]*\[smoke [^],]*, quick [^],]*, desk [^],]*, paper [^];]*;|[^[]*without it[^[]*\[) ?[^]]*\]" help ||
            { echo "--$name is not explained" >&2; failed=1; }
    done
    [ $failed = 0 ] || return
    [ $count -ge "$(grep -c '^    { "[a-z-]*", ' "$SUITE/papers/$1.c")" ]
}

@test "experiments: help shows every setting, its value in each profile, and its source" {
    each explains_its_settings
}

@test "experiments: other data than the paper's, and what stands in for them, are named in the provenance and the picture" {
    local others="$SCRATCH/others"
    mkdir "$others" && cp -r "$DATA_DIR/fashion-mnist" "$others/"
    DATA_DIR=$others "$BUILD/papers/frosst2019/fig08-overfitting" --profile smoke --quiet --output a.tsv
    grep -q ' scale=other-data ' a.tsv
    grep -q '"stand_in": "Fashion-MNIST in the place of svhn' a.json
    mkdir -p results/smoke/frosst2019 build/summary/smoke/frosst2019 build/float
    ln -s "$SUITE/papers" papers && ln -s "$SUITE/common" common && ln -s "$BUILD/common" build/float/common
    for ending in tsv json; do cp a.$ending results/smoke/frosst2019/fig08-overfitting.seed1.$ending; done
    "$BUILD/common/claims/summarise" -o build/summary/smoke/frosst2019/fig08-overfitting.tsv a.tsv
    sh common/run/figure.sh smoke frosst2019/fig08-overfitting
    grep -q "on Fashion-MNIST in the place of SVHN" figures/smoke/frosst2019/fig08-overfitting.svg
    sed -i '1s/scale=other-data/scale=stand-in/' results/smoke/frosst2019/fig08-overfitting.seed1.tsv
    sh common/run/figure.sh smoke frosst2019/fig08-overfitting
    grep -q "on a stand-in for the paper" figures/smoke/frosst2019/fig08-overfitting.svg
}
