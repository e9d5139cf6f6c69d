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
    [ "$(measure ACC mine.tsv)" = 1 ]
    [ "$(measure NMI mine.tsv)" = 1 ]
    [ "$(measure ARI mine.tsv)" = 1 ]
    [ "$(measure clusters mine.tsv)" = 3 ]
    [ "$(measure judged mine.tsv)" = 120 ]
    for m in SIL CHS DBI; do measure $m mine.tsv; done
    [ "$(head -n 1 mine.clusters.csv)" = cluster,judged ]
    # rows 1, 4, 7 ... share a cluster, and no other row is in it
    awk -F, 'NR > 1 { k = (NR - 2) % 3; if (NR <= 4) c[k] = $1; if ($1 != c[k] || $2 != 1) exit 1; n++ }
             END { exit n != 120 || c[0] == c[1] || c[1] == c[2] || c[0] == c[2] }' mine.clusters.csv
    [ ! -e mine.codes.npy ]
    grep -q '"y.csv": "[0-9a-f]\{64\}"' mine.json
}

@test "cluster: without labels there are three measures, and the number of clusters must be said" {
    "$CLUSTER" --vectors z.csv --clusters 4 --output mine.tsv --quiet
    [ "$(measure clusters mine.tsv)" = 4 ]
    measure SIL mine.tsv
    run ! measure ACC mine.tsv
    run -64 "$CLUSTER" --vectors z.csv --output mine.tsv
    says "--clusters"
}

@test "cluster: an autoencoder makes codes, without labels and with a few" {
    "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 2 --code 5 --output a.tsv --quiet
    [ "$(head -c 6 a.codes.npy | tail -c 5)" = NUMPY ]
    grep -qa "'shape': (120, 5)" a.codes.npy
    "$CLUSTER" --vectors z.csv --labels y.csv --model SNNL-5 --labelled 30 --epochs 40 --code 5 --output s.tsv --quiet
    [ "$(measure judged s.tsv)" = 90 ]
    awk -F, 'NR > 1 { n += $2 } END { exit n != 90 }' s.clusters.csv
    awk -v acc="$(measure ACC s.tsv)" 'BEGIN { exit !(acc > 0.95) }'
}

@test "cluster: with --labelled every model is judged by the same vectors, and SNNL-5 says how to compare" {
    run -0 "$CLUSTER" --vectors z.csv --labels y.csv --model SNNL-5 --labelled 50 --epochs 1 --code 5 --seed 3 --output s.tsv
    says "judged by the 70 vectors whose labels it has not seen: compare with other models at --labelled 50 --seed 3"
    "$CLUSTER" --vectors z.csv --labels y.csv --labelled 50 --seed 3 --output as-is.tsv --quiet
    "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 1 --code 5 --labelled 50 --seed 3 --output a.tsv --quiet
    for file in s as-is a; do
        [ "$(measure judged $file.tsv)" = 70 ]
        cmp <(cut -d, -f2 s.clusters.csv) <(cut -d, -f2 $file.clusters.csv)
    done
    # The clusters are those of all vectors, and so are the autoencoder's codes.
    "$CLUSTER" --vectors z.csv --labels y.csv --seed 3 --output all.tsv --quiet
    cmp <(cut -d, -f1 all.clusters.csv) <(cut -d, -f1 as-is.clusters.csv)
    "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 1 --code 5 --seed 3 --output b.tsv --quiet
    cmp a.codes.npy b.codes.npy
    run -1 "$CLUSTER" --vectors z.csv --labels y.csv --labelled 120 --output as-is.tsv
    says "some left to judge by"
}

@test "cluster: the same seed gives the same bytes, another seed other codes" {
    for run in a b; do
        "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 1 --output $run.tsv --quiet
    done
    cmp a.tsv b.tsv
    cmp a.codes.npy b.codes.npy
    "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 1 --seed 2 --output c.tsv --quiet
    run ! cmp a.codes.npy c.codes.npy
}

@test "cluster: a batch with one labelled vector left over is no accident" {
    "$CLUSTER" --vectors z.csv --labels y.csv --model SNNL-5 --labelled 33 --batch 32 --epochs 1 --output s.tsv --quiet
}

@test "cluster: a single vector, a single cluster, as many as vectors, one feature, vectors all alike" {
    head -n 1 z.csv > one.csv
    "$CLUSTER" --vectors one.csv --clusters 1 --output one.tsv --quiet
    [ "$(measure inhabited one.tsv)" = 1 ]
    "$CLUSTER" --vectors z.csv --clusters 1 --output k1.tsv --quiet
    run ! measure SIL k1.tsv
    run -0 "$CLUSTER" --vectors z.csv --clusters 1 --output k1.tsv
    says "all vectors in one cluster: SIL, CHS and DBI are not defined, and left out"
    run -0 "$CLUSTER" --vectors z.csv --clusters 120 --output all.tsv
    says "each vector in a cluster of its own: SIL"
    [ "$(measure inhabited all.tsv)" = 120 ]
    cut -d, -f1 z.csv > narrow.csv
    "$CLUSTER" --vectors narrow.csv --clusters 2 --model autoencoder --epochs 1 --output narrow.tsv --quiet
    awk 'BEGIN { for (i = 0; i < 9; i++) print "1,2" }' > alike.csv
    "$CLUSTER" --vectors alike.csv --clusters 3 --output alike.tsv --quiet
    [ "$(measure clusters alike.tsv)" = 3 ]
    [ "$(measure inhabited alike.tsv)" = 1 ]
}

@test "cluster: nothing that is read is written over" {
    sed 's/,/\t/g' z.csv > z.tsv
    cp z.tsv kept
    run -64 "$CLUSTER" --vectors z.tsv --clusters 3 --output z.tsv
    says "written over"
    cmp z.tsv kept
    mv y.csv mine.clusters.csv
    run -64 "$CLUSTER" --vectors z.csv --labels mine.clusters.csv --output mine.tsv
    says "mine.clusters.csv"
}

@test "cluster: its result is of its user's data, and says so" {
    "$CLUSTER" --vectors z.csv --clusters 3 --output mine.tsv --quiet
    [[ $(head -n 1 mine.tsv) == *" scale=own seed=1" ]]
    run -64 "$CLUSTER" --vectors z.csv --clusters 3
    says "--output"
}

@test "cluster: it says what it found and what it wrote, unless --quiet" {
    run -0 "$CLUSTER" --vectors z.csv --labels y.csv --model autoencoder --epochs 1 --code 5 --output new/mine.tsv
    says "autoencoder: clusters 3, inhabited 3, judged 120, ACC "
    says "written: new/mine.tsv, new/mine.json, new/mine.clusters.csv, new/mine.codes.npy"
    run -0 "$CLUSTER" --vectors z.csv --labels y.csv --output mine.tsv
    [ "${lines[-1]}" = "  written: mine.tsv, mine.json, mine.clusters.csv" ]
    run -0 "$CLUSTER" --vectors z.csv --labels y.csv --output mine.tsv --quiet
    [ "$output" = "" ]
    seq 120 | sed 's/^/w/' > unlike.csv
    run -0 "$CLUSTER" --vectors z.csv --labels unlike.csv --output mine.tsv
    says "unlike.csv: no two labels are equal"
}

@test "cluster: a result of another program is not written over, its own is" {
    "$CLUSTER" --vectors z.csv --clusters 3 --output mine.tsv --quiet
    "$CLUSTER" --vectors z.csv --clusters 3 --output mine.tsv --quiet
    "$BUILD/papers/frosst2019/entanglement" --vectors z.csv --labels y.csv --points 3 --shuffles 2 --output other.tsv --quiet
    cp other.tsv kept
    run -64 "$CLUSTER" --vectors z.csv --clusters 3 --output other.tsv
    says "other.tsv is a result of entanglement and would be written over; expected another name"
    cmp other.tsv kept
}

@test "cluster: it has no plot, and figure.sh says which programs have" {
    "$CLUSTER" --vectors z.csv --clusters 3 --output mine.tsv --quiet
    run -1 sh "$SUITE/common/run/figure.sh" mine.tsv
    [ "$output" = "figure.sh: mine.tsv: cluster has no plot; entanglement and head have" ]
}

@test "cluster: help begins with what must be given, and offers nothing that its models do not use" {
    "$CLUSTER" --help > help
    [ "$(grep -oE -- '--[a-z-]+=' help | head -n 4 | tr -d '\n')" = "--labels=--model=--output=--vectors=" ]
    [ "$(tr -s ' \n' ' ' < help | grep -o '(needed)' | wc -l)" = 2 ]
    run ! grep -q -- '--temperature\|standard output' help
}

@test "cluster: a checkpoint of other vectors under the same name is refused" {
    checkpointed a.checkpoint "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 4000 \
        --code 5 --checkpoint-every 0 --output a.tsv
    tac z.csv > other && mv other z.csv
    run -1 "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --epochs 4000 --code 5 --output a.tsv
    says "delete it to start over"
}

@test "cluster: what cannot be done is refused, with what would help" {
    run -64 "$CLUSTER" --output a.tsv
    says "--vectors"
    run -64 "$CLUSTER" --vectors z.csv --clusters 3 --model SNNL-7 --output a.tsv
    says "expected as-is, autoencoder or SNNL-5"
    run -64 "$CLUSTER" --vectors z.csv --clusters 3 --model SNNL-5 --output a.tsv
    says "--labels"
    run -64 "$CLUSTER" --vectors z.csv --clusters 3 --output -
    says "expected a file"
    run -1 "$CLUSTER" --vectors z.csv --clusters 121 --output a.tsv
    says "z.csv: 121 clusters of 120 vectors:"
    head -n 1 z.csv > one.csv
    run -1 "$CLUSTER" --vectors one.csv --clusters 4 --output a.tsv
    says "one.csv: 4 clusters of 1 vector:"
    run -1 "$CLUSTER" --vectors z.csv --labels y.csv --model SNNL-5 --labelled 120 --output a.tsv
    says "some left to judge by"
    run -1 "$CLUSTER" --vectors z.csv --labels y.csv --clusters 25 --model SNNL-5 --output a.tsv
    says "25 clusters of 20 labelled vectors"
    head -n 3 z.csv > few.csv
    head -n 3 y.csv > few-y.csv
    run -1 "$CLUSTER" --vectors few.csv --labels few-y.csv --model SNNL-5 --output a.tsv
    says "expected 12 or more"
    echo 1e20,1 > large.csv
    run -1 "$CLUSTER" --vectors large.csv --clusters 1 --output a.tsv
    says "up to 1e+18"
    run -64 "$CLUSTER" --vectors z.csv --clusters 3 --model autoencoder --rate -1 --output a.tsv
    says "expected a number from 0"
    run -1 "$CLUSTER" --vectors gone.csv --clusters 3 --output a.tsv
    says "gone.csv"
    head -n 119 y.csv > short.csv
    run -1 "$CLUSTER" --vectors z.csv --labels short.csv --output a.tsv
    says "120"
}
