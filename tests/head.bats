#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The program that trains a head on one's own features.

setup() {
    load helper
    scratch
    export DATA_DIR="$SCRATCH/no-data"
    HEAD="$BUILD/papers/hugger2024/head"
    # Three blobs along three axes, in turn; what they are called; and how sure two out of three annotators are of it.
    awk 'BEGIN { srand(3); for (i = 0; i < 150; i++) { c = i % 3
                 printf "%.4f,%.4f,%.4f,7\n", 9 * (c == 0) + rand(), 900 * (c == 1) + rand(), 9 * (c == 2) + rand() } }' > z.csv
    awk 'BEGIN { split("cat dog cow", w, " "); for (i = 0; i < 150; i++) print w[i % 3 + 1] }' > y.csv
    awk 'BEGIN { for (i = 0; i < 150; i++) for (c = 0; c < 3; c++) printf "%s%s", c == i % 3 ? ".6667" : c == (i + 1) % 3 ? ".3333" : "0", c < 2 ? "," : "\n" }' > p.csv
}

head_on() { "$HEAD" --vectors z.csv "$@" --output mine.tsv --quiet; }

@test "head: each loss tells blobs apart that it has not seen, linear and deep, by labels and by targets" {
    while IFS=: read -r word series; do
        for of in "--labels y.csv" "--labels y.csv --hidden 16 --epochs 40"; do
            head_on $of --loss "$word"
            within "$(value mine.tsv "$series" . accuracy)" 1 .04
        done
        head_on --targets p.csv --loss "$word"          # two labels of three are the likeliest
        within "$(value mine.tsv "$series" . accuracy)" .6667 .03
    done << 'LOSSES'
nll:NLL
soft-cross-entropy:soft target cross-entropy
infonce:InfoNCE
soft-distribution:soft distribution InfoNCE
soft-target:soft target InfoNCE
LOSSES
    [ "$(value mine.tsv data . held_out)" = 30 ]
    [ "$(value mine.tsv data . trained)" = 120 ]
}

@test "head: cross-entropy is as sure as the targets are" {
    head_on --targets p.csv --loss soft-cross-entropy --epochs 300 --rate .01 --decay 0
    within "$(value mine.tsv "soft target cross-entropy" . accuracy)" .6667 1e-4
    within "$(value mine.tsv "soft target cross-entropy" . ECE)" 0 .05
    within "$(value mine.tsv "soft target cross-entropy" . divergence)" 0 .01
}

# All are likelier of the first class than of the second. Noise labels are not all of the first: drawn labels are as frequent as the
# targets say, and who takes the likeliest class for their frequency ends far too sure.
@test "head: how frequent classes are is the mean of the targets" {
    awk 'BEGIN { for (i = 0; i < 150; i++) print ".6,.4" }' > q.csv
    head_on --targets q.csv --loss soft-distribution
    within "$(value mine.tsv "soft distribution InfoNCE" . accuracy)" .6 .02
    within "$(value mine.tsv "soft distribution InfoNCE" . ECE)" 0 .08
}

@test "head: a run that was killed goes on to the same bytes, two threads give them, another seed does not" {
    goes_on hugger2024/head --vectors z.csv --labels y.csv --epochs 400
    same_at_two_threads hugger2024/head --vectors z.csv --labels y.csv
    "$HEAD" --vectors z.csv --labels y.csv --profile smoke --seed 2 --output other.tsv --quiet
    run ! cmp <(tail -n +2 one.tsv) <(tail -n +2 other.tsv)
}

@test "head: its reliability diagram is drawn beside it" {
    command -v gnuplot > /dev/null || skip "gnuplot is not here: apt-get install gnuplot-nox"
    head_on --labels y.csv
    run -0 sh "$SUITE/common/run/figure.sh" mine.tsv
    grep -q "soft target InfoNCE: 100.0 % of 30 vectors" mine.svg
    [ -s mine.png ]
}

@test "head: what it takes each vector for that was held out is in a file, by the names that were given" {
    sed -i 's,^cat$,"a ""cat""",' y.csv
    head_on --labels y.csv
    [ "$(wc -l < mine.held-out.csv)" = 31 ]
    awk -F, 'NR == FNR { word[NR - 1] = $0; next } FNR == 1 { next } { gsub(/^"|"$/, "", $2); gsub(/^"|"$/, "", word[$1])
             if ($2 != word[$1] || seen[$1]++ || $3 <= 1 / 3 || $3 > 1) exit 1; n++ } END { exit n != 30 }' y.csv mine.held-out.csv
    grep -q '"a ""cat"""' mine.held-out.csv
    head_on --targets p.csv
    awk -F, 'FNR > 1 && $2 !~ /^[012]$/ { exit 1 }' mine.held-out.csv
}

@test "head: its result is of its user's data, and says so" {
    head_on --targets p.csv
    [ "$(head -n 1 mine.tsv)" = "# paper=hugger2024 experiment=head profile=paper scale=own seed=1" ]
    grep -q '"p.csv": "[0-9a-f]\{64\}"' mine.json
}

@test "head: what does not go together is wrong usage" {
    run -64 head_on
    says "expected one of --labels and --targets"
    run -64 head_on --labels y.csv --targets p.csv
    says "expected one of --labels and --targets"
    run -64 head_on --labels y.csv --smoothing 2
    says "--smoothing 2: expected 0 to 1"
    run -64 head_on --labels y.csv --hidden 1000000
    says "--hidden 1000000: expected no more than 65536"
    run -64 head_on --labels y.csv --loss hinge
    says "--loss hinge: expected nll"
    run -64 head_on --labels y.csv --held-out 1
    says "--held-out 1 of 150 vectors"
    run -64 head_on --labels y.csv --batch 121
    says "--batch 121 of 120 examples"
    run -64 "$HEAD" --labels y.csv --output mine.tsv
    says "expected --vectors FILE: the vectors, one a row"
    tr , '\t' < p.csv > p.tsv
    run -64 "$HEAD" --vectors z.csv --targets p.tsv --output p.tsv
    says "p.tsv would be written over"
}

@test "head: where no two labels are equal it says so" {
    seq 150 > unlike.csv
    run -0 "$HEAD" --vectors z.csv --labels unlike.csv --epochs 2 --warmup 1 --output mine.tsv
    says "unlike.csv: no two labels are equal"
}

@test "head: a rate that is too high ends in a loss that is none, and the remedy is named" {
    run -1 head_on --labels y.csv --rate 1e9
    says "the loss is "
    says "lower --rate"
    [ ! -e mine.tsv ]
}

@test "head: targets that are no probabilities, or not of these vectors, are refused" {
    head -n 149 p.csv > q.csv
    run -1 head_on --targets q.csv
    says "q.csv: 149 rows, expected one for each of 150 vectors"
    sed '5s/.*/.9,.3,0/' p.csv > q.csv
    run -1 head_on --targets q.csv
    says "q.csv: row 4 (counted from 0) sums to 1.2, expected 1"
    sed '1s/.*/1.5,-.5,0/' p.csv > q.csv
    run -1 head_on --targets q.csv
    says "q.csv: -0.5 in row 0, column 1"
    yes cat | head -n 150 > q.csv
    run -1 head_on --labels q.csv
    says "q.csv: one class"
}
