#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# t-SNE against its definition and beside scikit-learn. tests/tsne.c says how.

load helper

both() {
    "$BUILD/tests/tsne" "$1" && "$DOUBLE/tests/tsne" "$1"
}

refuses() {
    run "$BUILD/tests/tsne" refuse "$1"
    [ "$status" -eq 1 ] && says "$2"
}

@test "t-SNE: affinities have the perplexity asked for, are symmetric and add up to 1" {
    both affinities
}

@test "t-SNE: the repulsion of all pairs is that of a double loop" {
    both repulsion
}

@test "t-SNE: the grid's forces are the pairs' to half a per cent" {
    both grid
}

@test "t-SNE: the gradient is what central differences of the divergence say" {
    both gradient
}

@test "t-SNE: threads change no byte, and a continued run ends as if never interrupted" {
    both threads
}

@test "t-SNE: divergence and kept neighbours are as good as scikit-learn's" {
    "$BUILD/tests/tsne" quality
}

@test "t-SNE: what it cannot map it refuses, and says what it expects" {
    refuses few "it takes 4 or more"
    refuses perplexity "it lies above 1 and below 19"
    refuses neighbours "above 1 and below 8"
    refuses space "take the exact path, or 2"
    refuses four "it has 2 or 3"
    refuses start "some coordinates are NaN"
    refuses infinite "all must be finite"
}
