#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The entanglement of one's own classes. tests/entanglement.c says how the measuring is checked.

setup() {
    load helper
    scratch
    export OMP_WAIT_POLICY=passive
    ENTANGLEMENT="$BUILD/papers/frosst2019/entanglement"
    FIGURE="$SUITE/common/run/figure.sh"
    # Three clouds that overlap, in turn, and what they are called.
    awk 'BEGIN { srand(3); for (i = 0; i < 120; i++) { c = i % 3
                 printf "%.4f,%.4f,%.4f\n", 0.7 * (c == 0) + rand(), 0.7 * (c == 1) + rand(), 0.7 * (c == 2) + rand() } }' > z.csv
    awk 'BEGIN { split("cat dog cow", w, " "); for (i = 0; i < 120; i++) print w[i % 3 + 1] }' > y.csv
}

# measured OPTION ...: measures z.csv with y.csv into mine.tsv
measured() { "$ENTANGLEMENT" --vectors z.csv --labels y.csv --output mine.tsv --quiet "$@"; }

# curve METRIC FILE: temperature and value
curve() { awk -F'\t' -v m="$1" '$1 == "curve" && $3 == m { print $2, $4 }' "$2"; }

@test "entanglement: measured as equation 1, by chance and at the minimum, in float" {
    "$BUILD/tests/entanglement"
}

@test "entanglement: and in double" {
    "$DOUBLE/tests/entanglement"
}

@test "entanglement: batches that are not whole are refused" {
    run -1 "$BUILD/tests/entanglement" refuse
    says "3 points in batches of 2"
}

@test "entanglement: three points on a line cost what equation 1 says" {
    printf '0\n1\n3\n' > z.csv
    printf 'a\na\nb\n' > y.csv
    measured --temperature 2 --from 1 --to 100
    want=$(awk 'BEGIN { e = 1e-5; near = exp(-1/2); a = near / (near + exp(-9/2))
                        b = near / (near + exp(-4/2)); print -(log(e + a) + log(e + b) + log(e)) / 3 }')
    within "$(value mine.tsv given . snnl)" "$want" 1e-5
    within "$(value mine.tsv given . temperature)" 2 0
    within "$(value mine.tsv data . alone)" 1 0
    within "$(value mine.tsv data . nearest_neighbour)" 0.6666667 1e-6
    within "$(value mine.tsv chance . snnl)" "$(awk 'BEGIN { e = 1e-5; print -(2 * log(e + 1/2) + log(e)) / 3 }')" 1e-5
    [ "$(sed -n 3p mine.classes.csv)" = '"b",1,0,11.5129255,11.5129255' ]
}

@test "entanglement: classes that lie apart cost nothing, and have no minimum inside the curve" {
    awk -F, '{ c = (NR - 1) % 3; printf "%s,%s,%s\n", $1 + 50 * (c == 0), $2 + 50 * (c == 1), $3 }' z.csv > apart && mv apart z.csv
    measured
    within "$(value mine.tsv minimum . snnl)" 0 2e-5
    within "$(value mine.tsv minimum . inside)" 0 0
    within "$(value mine.tsv minimum . of_chance)" 0 2e-5
    within "$(value mine.tsv data . nearest_neighbour)" 1 0
    within "$(value mine.tsv chance . snnl)" "$(awk 'BEGIN { print -log(39 / 119) }')" 1e-4
}

@test "entanglement: labels drawn at random cost what shuffled ones do" {
    awk 'BEGIN { srand(8); for (i = 0; i < 120; i++) print int(3 * rand()) }' > y.csv
    measured --shuffles 20 --temperature 1
    for series in minimum given; do
        within "$(value mine.tsv $series . snnl)" "$(value mine.tsv $series . shuffled_mean)" \
            "$(awk -v sd="$(value mine.tsv $series . shuffled_sd)" 'BEGIN { print 3 * sd }')"
    done
    within "$(value mine.tsv minimum . of_chance)" 1 0.02
    within "$(value mine.tsv given . shuffled_mean)" "$(value mine.tsv chance . snnl)" 0.02
}

@test "entanglement: beside the minimum stands the mean of each shuffle's own, and --help says so" {
    measured --temperature 0.1
    at_best=$(value mine.tsv minimum . temperature)
    cp mine.tsv best.tsv
    measured --temperature "$at_best"
    within "$(value mine.tsv given . snnl)" "$(value best.tsv minimum . snnl)" 1e-5
    awk -v own="$(value best.tsv minimum . shuffled_mean)" -v there="$(value mine.tsv given . shuffled_mean)" 'BEGIN { exit !(own < there) }'
    "$ENTANGLEMENT" --help | tr -s ' \n' ' ' > help
    grep -q "its shuffled_mean is no loss at that temperature, but the mean of each shuffle's own minimum" help
}

@test "entanglement: classes that coincide are entangled beyond chance: strangers are nearer" {
    head -n 60 z.csv | awk '{ print; print }' > twice && mv twice z.csv
    awk 'BEGIN { for (i = 0; i < 120; i++) print i % 2 }' > y.csv
    measured --from 1e-3 --to 1e3
    within "$(value mine.tsv data . nearest_neighbour)" 0 0
    within "$(value mine.tsv minimum . snnl)" "$(value mine.tsv chance . snnl)" 1e-3
    within "$(value mine.tsv minimum . temperature)" 1000 1e-6
    within "$(value mine.tsv minimum . inside)" 0 0
    curve snnl mine.tsv | head -n 1 | awk '{ exit !($2 > 5) }'
}

@test "entanglement: the minimum is the least of a fine grid, with both distances" {
    for distance in squared-euclidean cosine; do
        measured --distance $distance
        within "$(value mine.tsv minimum . inside)" 1 0
        ends=$(curve snnl mine.tsv | awk 'NR == 1 { print "--from " $1 } END { print "--to " $1 }')
        cp mine.tsv coarse.tsv
        measured --distance $distance --points 1000 --shuffles 2 $ends
        curve snnl mine.tsv | awk 'NR == 1 || $2 < least { least = $2; at = $1 } END { print at, least }' > fine
        read -r at least < fine
        within "$(value coarse.tsv minimum . snnl)" "$least" 1e-5
        within "$(value coarse.tsv minimum . temperature)" "$at" "$(awk -v at="$at" 'BEGIN { print 0.03 * at }')"
    done
}

@test "entanglement: the cosine distance does not see lengths, nor their unit" {
    awk -F, '{ s = 1 + NR % 7; printf "%.4f,%.4f,%.4f\n", s * $1, s * $2, s * $3 }' z.csv > long.csv
    awk -F, '{ printf "%se-9,%se-9,%se-9\n", $1, $2, $3 }' z.csv > short.csv
    measured --distance cosine --temperature 0.1
    cp mine.tsv as-is.tsv
    for file in long short; do
        cp $file.csv z.csv
        measured --distance cosine --temperature 0.1
        within "$(value mine.tsv given . snnl)" "$(value as-is.tsv given . snnl)" 1e-3
        within "$(value mine.tsv minimum . snnl)" "$(value as-is.tsv minimum . snnl)" 1e-3
    done
    # two at a right angle, one of them twice: |1 - cos| is 0 and 1
    printf '1,0\n3,0\n0,5\n' > z.csv
    printf '1\n0\n1\n' > y.csv
    measured --distance cosine --temperature 0.5 --from 1e-2 --to 10
    within "$(value mine.tsv given . snnl)" "$(awk 'BEGIN { e = 1e-5; w = exp(-2)
        print -(log(e + w / (1 + w)) + log(e) + log(e + 1/2)) / 3 }')" 1e-5
}

@test "entanglement: the classes, weighted with their sizes, make the whole" {
    head -n 100 z.csv > some && mv some z.csv
    head -n 100 y.csv > some && mv some y.csv
    for batch in '' '--batch 30'; do
        measured --temperature 0.3 $batch
        [ "$(head -n 1 mine.classes.csv)" = class,vectors,nearest_neighbour,snnl_minimum,snnl_given ]
        awk -F, 'NR > 1 { n += $2; a += $2 * $3; m += $2 * $4; g += $2 * $5 } END { print n, a / n, m / n, g / n }' mine.classes.csv > whole
        read -r n agrees minimum given < whole
        within "$n" "$(value mine.tsv data . measured)" 0
        within "$agrees" "$(value mine.tsv data . nearest_neighbour)" 1e-5
        within "$minimum" "$(value mine.tsv minimum . snnl)" 1e-5
        within "$given" "$(value mine.tsv given . snnl)" 1e-5
    done
    [ "$(cut -d, -f1 mine.classes.csv | tail -n +2 | tr -d '\n')" = '"cat""cow""dog"' ]
}

@test "entanglement: a batch of all is no batch; whole batches are measured, the rest is left out" {
    measured
    cp mine.tsv all.tsv
    measured --batch 120
    cmp mine.tsv all.tsv
    measured --batch 50 --seed 1
    within "$(value mine.tsv data . vectors)" 120 0
    within "$(value mine.tsv data . measured)" 100 0
    within "$(value mine.tsv data . batch)" 50 0
    cp mine.tsv one.tsv
    measured --batch 50 --seed 2
    run ! cmp <(curve snnl mine.tsv) <(curve snnl one.tsv)
}

@test "entanglement: seeds shuffle labels and change nothing else" {
    measured --seed 1
    cp mine.tsv one.tsv
    measured --seed 2
    cmp <(curve snnl mine.tsv) <(curve snnl one.tsv)
    run ! cmp <(curve shuffled_mean mine.tsv) <(curve shuffled_mean one.tsv)
}

@test "entanglement: labels may be numbers or words, in quotes what needs them" {
    measured
    cp mine.tsv words.tsv
    sed 's/cat/0/; s/cow/10/; s/dog/20/' y.csv > numbers.csv
    "$ENTANGLEMENT" --vectors z.csv --labels numbers.csv --output mine.tsv --quiet
    cmp mine.tsv words.tsv
    sed 's/cat/"cat, ""large"""/' y.csv > y2.csv
    "$ENTANGLEMENT" --vectors z.csv --labels y2.csv --output mine.tsv --quiet
    grep -q '^"cat, ""large""",40,' mine.classes.csv
}

@test "entanglement: the same bytes on a rerun and at one and two threads" {
    for threads in 1 2; do
        for batch in '' '--batch 40'; do
            measured --threads $threads $batch --distance cosine
            cat mine.tsv mine.classes.csv
        done > at-$threads
    done
    cmp at-1 at-2
    measured
    cp mine.tsv first.tsv
    measured
    cmp mine.tsv first.tsv
}

@test "entanglement: killed and run again, it ends with the same bytes" {
    measured --points 2000 --shuffles 3
    cp mine.tsv whole.tsv
    checkpointed mine.checkpoint "$ENTANGLEMENT" --vectors z.csv --labels y.csv --output mine.tsv \
        --points 2000 --shuffles 3 --checkpoint-every 0
    run -0 "$ENTANGLEMENT" --vectors z.csv --labels y.csv --output mine.tsv --points 2000 --shuffles 3
    says "resumed from a checkpoint"
    cmp mine.tsv whole.tsv
    [ ! -e mine.checkpoint ]
}

@test "entanglement: the curve's own range holds both ends of what happens" {
    measured
    curve snnl mine.tsv | awk 'NR == 1 { from = $1 } END { print from, $1, NR }' > ends
    read -r from to points < ends
    [ "$points" = 25 ]
    within "$(value mine.tsv minimum . inside)" 1 0
    # ten times the unit, a hundred times the temperatures
    awk -F, '{ printf "%.3f,%.3f,%.3f\n", 10 * $1, 10 * $2, 10 * $3 }' z.csv > ten && mv ten z.csv
    measured
    within "$(curve snnl mine.tsv | awk 'NR == 1 { print $1 }')" "$(awk -v t="$from" 'BEGIN { print 100 * t }')" 1e-9
    within "$(curve snnl mine.tsv | awk 'END { print $1 }')" "$(awk -v t="$to" 'BEGIN { print 100 * t }')" 1e-6
    # three vectors whose cosine distances are all 0.2
    printf '1.8685,.8685,.8685\n.8685,1.8685,.8685\n.8685,.8685,1.8685\n' > equal.csv
    head -n 3 y.csv > three.csv
    "$ENTANGLEMENT" --vectors equal.csv --labels three.csv --distance cosine --output equal.tsv --quiet
    [ "$(curve snnl equal.tsv | sed -n '1p;$p' | cut -d' ' -f1 | tr '\n' ' ')" = "0.001 1 " ]
    # given ends are taken as they are, one of them too
    measured --from 0.5 --to 8 --points 5
    [ "$(curve snnl mine.tsv | cut -d' ' -f1 | tr '\n' ' ')" = "0.5 1 2 4 8 " ]
    measured --to 1e7
    [ "$(curve snnl mine.tsv | tail -n 1 | cut -d' ' -f1)" = 10000000 ]
}

@test "entanglement: two vectors, one class, vectors all alike, duplicates, one feature" {
    printf '0\n1\n' > z.csv
    printf 'a\na\n' > y.csv
    measured
    within "$(value mine.tsv minimum . snnl)" -9.99995e-06 1e-9
    printf 'a\nb\n' > y.csv
    measured
    within "$(value mine.tsv minimum . snnl)" 11.5129255 1e-6
    printf '1,2\n1,2\n1,2\n1,2\n' > z.csv
    printf 'a\nb\na\nb\n' > y.csv
    measured
    within "$(value mine.tsv minimum . snnl)" "$(value mine.tsv chance . snnl)" 1e-6
    printf '1\n1\n2\n2\n9\n' > z.csv
    printf 'a\na\nb\nb\nb\n' > y.csv
    measured
    within "$(value mine.tsv data . nearest_neighbour)" 1 0
}

@test "entanglement: a figure is drawn beside the result, whatever its name, twice the same" {
    command -v gnuplot > /dev/null || skip "gnuplot is not here: apt-get install gnuplot-nox"
    mkdir "it's here"
    "$ENTANGLEMENT" --vectors z.csv --labels y.csv --temperature 3 --output "it's here/my \$x.tsv" --quiet
    run -0 sh "$FIGURE" "it's here/my \$x.tsv"
    [ "$output" = "  drawn: it's here/my \$x.svg and .png" ]
    grep -q 'given: .* at T = 3' "it's here/my \$x.svg"
    grep -q "minimum: $(value "it's here/my \$x.tsv" minimum . snnl | cut -c1-4).* at T = " "it's here/my \$x.svg"
    grep -q "chance: 1.116" "it's here/my \$x.svg"
    cp "it's here/my \$x.svg" first.svg
    cp "it's here/my \$x.png" first.png
    sh "$FIGURE" "it's here/my \$x.tsv"
    cmp "it's here/my \$x.svg" first.svg
    cmp "it's here/my \$x.png" first.png
    [ "$(find . -name '*.tmp')" = "" ]
    measured
    run -0 sh "$FIGURE" mine.tsv
    run ! grep -q 'given' mine.svg
    run -1 sh "$FIGURE" z.csv
    says "expected a result of the user's own data"
    run -1 sh "$FIGURE" gone.tsv
    says "gone.tsv: no such file"
    for wrong in '' 'a b c'; do
        run -64 sh "$FIGURE" $wrong
        says "usage: figure.sh RESULT.tsv"
    done
}

@test "entanglement: to make it is a program of the user's own, and no experiment" {
    cd "$SUITE" || return
    run -0 env -u MAKEFLAGS -u MAKELEVEL make -s --eval='show: ; @echo $(experiments); echo $(own)' show
    says "frosst2019/fig01"
    [[ ${lines[0]} != *entanglement* ]]
    [[ ${lines[1]} == *papers/frosst2019/entanglement.c* ]]
    run -0 env -u MAKEFLAGS -u MAKELEVEL make -n DEPS=no PROFILE=smoke figures/smoke/frosst2019/fig01.svg
    [[ $output != *papers/frosst2019/entanglement* ]]
}

@test "entanglement: nothing that is read is written over" {
    tr , '\t' < z.csv > z.tsv
    cp z.tsv kept
    run -64 "$ENTANGLEMENT" --vectors z.tsv --labels y.csv --output z.tsv
    says "z.tsv would be written over"
    cmp z.tsv kept
    mv y.csv mine.classes.csv
    run -64 "$ENTANGLEMENT" --vectors z.csv --labels mine.classes.csv --output mine.tsv
    says "mine.classes.csv would be written over"
}

@test "entanglement: its result is of its user's data, and says so" {
    measured
    [ "$(head -n 1 mine.tsv)" = "# paper=frosst2019 experiment=entanglement profile=paper scale=own seed=1" ]
    grep -q '"y.csv": "[0-9a-f]\{64\}"' mine.json
    run -64 "$ENTANGLEMENT" --vectors z.csv --labels y.csv
    says "--output"
}

@test "entanglement: it says what it found and what it wrote, unless --quiet" {
    run -0 "$ENTANGLEMENT" --vectors z.csv --labels y.csv --output mine.tsv --points 3 --shuffles 2
    says "minimum: temperature $(printf %.4g "$(value mine.tsv minimum . temperature)"), inside"
    says "written: mine.tsv, mine.json, mine.classes.csv"
    run -0 measured --points 3 --shuffles 2
    [ "$output" = "" ]
    sed 's/.*/same/' y.csv > same.csv
    run -0 "$ENTANGLEMENT" --vectors z.csv --labels same.csv --output mine.tsv --points 3 --shuffles 2
    says "same.csv: a single class"
    seq 120 > unlike.csv
    run -0 "$ENTANGLEMENT" --vectors z.csv --labels unlike.csv --output mine.tsv --points 3 --shuffles 2
    says "unlike.csv: no two labels are equal"
}

@test "entanglement: help names every option, those that are needed first" {
    "$ENTANGLEMENT" --help > help
    [ "$(grep -oE -- '--[a-z-]+=' help | head -n 4 | tr -d '\n')" = "--distance=--labels=--output=--vectors=" ]
    [ "$(tr -s ' \n' ' ' < help | grep -o '(needed)' | wc -l)" = 3 ]
    for option in vectors labels distance temperature from to points batch shuffles; do
        grep -q -- "--$option=" help
    done
}

@test "entanglement: what cannot be done is refused, with what would help" {
    run -64 "$ENTANGLEMENT" --labels y.csv --output a.tsv; says "--vectors"
    run -64 "$ENTANGLEMENT" --vectors z.csv --output a.tsv; says "--labels"
    run -64 measured --distance l1; says "expected squared-euclidean or cosine"
    run -64 measured --points 2; says "expected 3 or more"
    run -64 measured --shuffles 1; says "expected 2 or more"
    run -64 measured --batch 1; says "expected 2 or more"
    run -64 measured --temperature -1; says "expected a number from 0"
    run -64 measured --temperature 1e-40; says "expected a temperature from 1e-30"
    run -64 measured --from 2 --to 1; says "expected --from below --to"
    run -64 measured --from 1e30; says "to 1e27"
    run -64 measured --to cold; says "is not a number"
    run -64 measured --output -; says "expected a file"
    run -1 measured --batch 121; says "z.csv: a batch of 121 of 120 vectors"
    run -1 measured --vectors gone.csv; says "gone.csv"
    run -1 measured --labels gone.csv; says "gone.csv"
    [ ! -e mine.tsv ]
    head -n 119 y.csv > short.csv
    run -1 measured --labels short.csv; says "119 labels for 120 vectors"
    echo 1e10,1 > large.csv; echo x > one.csv
    run -1 measured --vectors large.csv --labels one.csv; says "up to 1e+09"
    head -n 1 z.csv > single.csv
    run -1 measured --vectors single.csv --labels one.csv; says "a single vector"
    printf '1,2\n0,0\n' > zero.csv; printf 'a\nb\n' > two.csv
    run -1 measured --vectors zero.csv --labels two.csv --distance cosine; says "row 1 (counted from 0) is all 0"
    printf '0\n1e-18\n' > tiny.csv
    run -1 measured --vectors tiny.csv --labels two.csv; says "change the unit"
}
