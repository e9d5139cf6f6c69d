#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Graphs: sparse operations, folds, and the sets. tests/graphs.c says what each case compares; tests/tape.bats checks gradients.

setup() {
    load helper
    scratch
}

@test "graphs: an edge is an entry in both directions" {
    both graphs pairs
}

@test "graphs: sparse times dense is dense times dense" {
    both graphs sparse_dense
}

@test "graphs: softmax aggregation is what one node after the other hears, and does not overflow" {
    both graphs aggregate
}

@test "graphs: folds are alike in size and in classes" {
    both graphs folds
}

@test "graphs: a node or a class that is not there is refused" {
    refuses graphs node "an edge between 1 and 3 of 3 nodes"
    refuses graphs high "label 2 of 2 classes"
    refuses graphs low "label -1 of 2 classes"
}

@test "graphs: edges in both directions and to oneself are counted once and not at all" {
    small_graphs data
    DATA_DIR=data run -0 "$BUILD/tests/graphs" read cora
    says "Cora: 90 nodes, 174 edges, 0 alone, 24 words, 270 entries, 3 classes"
    DATA_DIR=nowhere run -2 "$BUILD/tests/graphs" read citeseer
    says "make data/graphs"
    run -1 "$BUILD/tests/graphs" read karate
    says "there are: cora citeseer"
}

@test "graphs: an archive in which something is missing, or another file, is refused" {
    mkdir -p data/graphs
    echo nothing > data/graphs/cora.npz
    DATA_DIR=data run -1 "$BUILD/tests/graphs" read cora
    says "data/graphs/cora.npz: Not a zip archive; expected what numpy.savez writes"
}

@test "graphs: Cora and Citeseer have the nodes, edges and words that they should" {
    [ -e "${DATA_DIR:-$SUITE/data}/graphs/cora.npz" ] || skip "make data/graphs"
    export DATA_DIR=${DATA_DIR:-$SUITE/data}
    run -0 "$BUILD/tests/graphs" read cora
    says "Cora: 2708 nodes, 5278 edges, 0 alone, 1433 words, 49216 entries, 7 classes"
    run -0 "$BUILD/tests/graphs" read citeseer
    says "Citeseer: 3312 nodes, 4536 edges, 48 alone, 3703 words, 105165 entries, 6 classes"
}
