#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The program for one's own vectors.

setup() {
    load helper
    scratch
    export OMP_WAIT_POLICY=passive
    CLUSTER="$BUILD/papers/agarap2020/cluster"
    # Three blobs along three axes, in turn, and what they are called.
    awk 'BEGIN { srand(3); for (i = 0; i < 120; i++) { c = i % 3
                 printf "%.4f,%.4f,%.4f\n", 9 * (c == 0) + rand(), 9 * (c == 1) + rand(), 9 * (c == 2) + rand() } }' > z.csv
    awk 'BEGIN { split("cat dog cow", w, " "); for (i = 0; i < 120; i++) print w[i % 3 + 1] }' > y.csv
}

# measure METRIC FILE
measure() { awk -F'\t' -v m="$1" '$3 == m && $2 == "." { print $4; found = 1 } END { exit !found }' "$2"; }

@test "cluster: as they are, blobs are found, and each measure says so" {
    "$CLUSTER" --vectors z.csv --labels y.csv --output mine.tsv --quiet
    [ "$(measure ACC mine.tsv)" = 1 ] && [ "$(measure NMI mine.tsv)" = 1 ] && [ "$(measure ARI mine.tsv)" = 1 ]
    [ "$(measure clusters mine.tsv)" = 3 ] && [ "$(measure judged mine.tsv)" = 120 ]
    for m in SIL CHS DBI; do measure $m mine.tsv; done
    [ "$(head -n 1 mine.clusters.csv)" = cluster,label_seen ]
    # rows 1, 4, 7 ... share a cluster, and no other row is in it
    awk -F, 'NR > 1 { k = (NR - 2) % 3; if (NR <= 4) c[k] = $1; if ($1 != c[k] || $2 != 0) exit 1; n++ }
             END { exit n != 120 || c[0] == c[1] || c[1] == c[2] || c[0] == c[2] }' mine.clusters.csv
    [ ! -e mine.codes.npy ]
    grep -q '"y.csv": "[0-9a-f]\{64\}"' mine.json
}

@test "cluster: without labels there are three measures, and the number of clusters must be said" {
    "$CLUSTER" --vectors z.csv --clusters 4 --output mine.tsv --quiet
    [ "$(measure clusters mine.tsv)" = 4 ]
    measure SIL mine.tsv
    run ! measure ACC mine.tsv
    run -64 "$CLUSTER" --vectors z.csv
    says "--clusters"
}

@test "cluster: an autoencoder makes codes, without labels and with a few" {
    "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 2 --code 5 --output a.tsv --quiet
    [ "$(head -c 6 a.codes.npy | tail -c 5)" = NUMPY ]
    grep -qa "'shape': (120, 5)" a.codes.npy
    "$CLUSTER" --vectors z.csv --labels y.csv --model SNNL-5 --labelled 30 --epochs 40 --code 5 --output s.tsv --quiet
    [ "$(measure judged s.tsv)" = 90 ]
    awk -F, 'NR > 1 { n += $2 } END { exit n != 30 }' s.clusters.csv
    awk -v acc="$(measure ACC s.tsv)" 'BEGIN { exit !(acc > 0.95) }'
}

@test "cluster: the same seed gives the same bytes, another seed other codes" {
    for run in a b; do
        "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 1 --output $run.tsv --quiet
    done
    cmp a.tsv b.tsv && cmp a.codes.npy b.codes.npy
    "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 1 --seed 2 --output c.tsv --quiet
    run ! cmp a.codes.npy c.codes.npy
}

@test "cluster: a batch with one labelled vector left over is no accident" {
    "$CLUSTER" --vectors z.csv --labels y.csv --model SNNL-5 --labelled 33 --batch 32 --epochs 1 --output s.tsv --quiet
}

@test "cluster: what cannot be done is refused, with what would help" {
    run -64 "$CLUSTER"
    says "--vectors"
    run -64 "$CLUSTER" --vectors z.csv --clusters 3 --model SNNL-7
    says "expected as-is, autoencoder or SNNL-5"
    run -64 "$CLUSTER" --vectors z.csv --clusters 3 --model SNNL-5
    says "--labels"
    run -64 "$CLUSTER" --vectors z.csv --clusters 3 --output -
    says "expected a file"
    run -1 "$CLUSTER" --vectors z.csv --clusters 121
    says "121 clusters of 120 vectors"
    run -1 "$CLUSTER" --vectors z.csv --labels y.csv --model SNNL-5 --labelled 120
    says "some left to judge by"
    run -1 "$CLUSTER" --vectors gone.csv --clusters 3
    says "gone.csv"
    head -n 119 y.csv > short.csv
    run -1 "$CLUSTER" --vectors z.csv --labels short.csv
    says "120"
}
