#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the programs of frosst2019 share. tests/frosst2019.c says what each case compares.

setup_file() {
    load helper
    export OMP_WAIT_POLICY=passive DATA_DIR="$BATS_FILE_TMPDIR/data"
    "$BUILD/tests/run" sets "$DATA_DIR"
    small_colour_sets "$DATA_DIR"
}

setup() {
    load helper
    scratch
}

@test "frosst2019: equation 3 is its two terms, and so is its gradient" {
    both frosst2019 objective
}

@test "frosst2019: the best temperature is the best, a fixed one stays" {
    both frosst2019 temperatures
}

@test "frosst2019: the least entanglement of separated classes, and of points that are one" {
    both frosst2019 least
}

@test "frosst2019: the triplet loss of a layer, by hand, and in the objective" {
    both frosst2019 triplets
}

@test "frosst2019: means over layers of a history" {
    both frosst2019 mean
}

@test "frosst2019: the course of a known history" {
    both frosst2019 course
}

@test "frosst2019: a search that was killed goes on to the same bytes" {
    goes_on frosst2019/fig07-search --runs 4 --together 2
}

@test "frosst2019: a residual network that was killed goes on to the same bytes, running means and all" {
    goes_on frosst2019/fig03-16-resnet --epochs 1
}

@test "frosst2019: readings that were killed go on to the same bytes" {
    goes_on frosst2019/readings --steps 3 --held-out 64
}

@test "frosst2019: one thread and two give the same bytes" {
    same_at_two_threads frosst2019/table1-mnist --batch 64 --steps 8
    same_at_two_threads frosst2019/fig07-search --runs 2 --together 2 --batch 64
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

# digits SEED OPTION ...: Table 1's networks of that seed
digits() {
    local seed=$1
    shift
    "$BUILD/papers/frosst2019/table1-mnist" --profile smoke --quiet --seed "$seed" "$@" --output "table1-mnist.seed$seed.tsv"
}
letters() { "$BUILD/papers/frosst2019/fig21-notmnist" --profile smoke --quiet "$@"; }

@test "frosst2019: a trained network is kept beside its table, and who reads it names it" {
    digits 1
    letters --output letters.tsv
    grep -q '"./table1-mnist.seed1.baseline.network": ' letters.json
    grep -q '"./table1-mnist.seed1.entangled.network": ' letters.json
    # it is that network: another one says something else
    digits 1 --steps 39
    letters --output others.tsv
    run ! cmp -s letters.tsv others.tsv
}

@test "frosst2019: a killed table leaves the networks of a whole one" {
    digits 1
    mkdir whole && mv table1* whole/
    checkpointed table1-mnist.seed1.checkpoint "$BUILD/papers/frosst2019/table1-mnist" --profile smoke --quiet \
        --checkpoint-every 0 --output table1-mnist.seed1.tsv
    digits 1
    cmp {whole/,}table1-mnist.seed1.baseline.network
    cmp {whole/,}table1-mnist.seed1.entangled.network
}

@test "frosst2019: a network that is not there, of another seed, of another shape or damaged" {
    run -2 letters --output a.tsv
    says "./table1-mnist.seed1.baseline.network: not there; expected the network that table1-mnist trains with seed 1"
    grep -q "not there" a.missing
    digits 2
    for model in baseline entangled; do cp table1-mnist.seed{2,1}.$model.network; done
    run -1 letters --output a.tsv
    says 'network of table1-mnist, seed 2, baseline'
    digits 1
    run -1 letters --units-1 13 --output a.tsv
    says '"dense 1'
    dd if=/dev/zero of=table1-mnist.seed1.entangled.network bs=1 seek=6000 count=8 conv=notrunc 2>/dev/null
    run -1 letters --output a.tsv
    says "entangled.network:"
    says "damaged"
}

@test "frosst2019: strangers that are known images are not told apart" {
    digits 1
    mkdir -p same && cp -r "$DATA_DIR/mnist" same/
    mkdir same/notmnist
    for part in images-idx3 labels-idx1; do
        gzip -c "$DATA_DIR/mnist/t10k-$part-ubyte" > "same/notmnist/notmnist-test-$part-ubyte.gz"
    done
    DATA_DIR=same letters --shown 150 --output same.tsv
    within "$(value same.tsv baseline . auroc)" .5 .08
    within "$(value same.tsv baseline . apart)" .5 .08
}

@test "frosst2019: strangers that are like nothing known are told apart, and far away" {
    digits 1 --steps 300
    mkdir -p white && cp -r "$DATA_DIR/mnist" white/
    mkdir white/notmnist
    local from="$DATA_DIR/mnist/t10k-images-idx3-ubyte"
    { head -c 16 "$from"; tail -c +17 "$from" | LC_ALL=C tr '\000-\377' '\377'; } |
        gzip > white/notmnist/notmnist-test-images-idx3-ubyte.gz
    gzip -c "$DATA_DIR/mnist/t10k-labels-idx1-ubyte" > white/notmnist/notmnist-test-labels-idx1-ubyte.gz
    DATA_DIR=white letters --shown 150 --output white.tsv
    for model in baseline entangled; do
        for metric in auroc apart; do
            awk -v v="$(value white.tsv $model . $metric)" 'BEGIN { exit !(v > .8) }'
        done
    done
}
