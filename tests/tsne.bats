#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# t-SNE against its definition and beside scikit-learn. tests/tsne_affinity.c,
# tests/tsne_repulsion.c and tests/tsne.c say how.

load helper

@test "t-SNE: affinities have the perplexity asked for, are symmetric and add up to 1" {
    both tsne_affinity
}

@test "t-SNE: the repulsion of all pairs is that of a double loop" {
    both tsne_repulsion pairs
}

@test "t-SNE: the convolution over the nodes of a grid is that of a double loop" {
    both tsne_repulsion convolution
}

@test "t-SNE: the grid's forces are the pairs' to half a per cent" {
    both tsne_repulsion grid
}

@test "t-SNE: the gradient is what central differences of the divergence say" {
    both tsne gradient
}

@test "t-SNE: threads change no byte, and a continued run ends as if never interrupted" {
    both tsne threads
}

@test "t-SNE: divergence and kept neighbours are as good as scikit-learn's" {
    "$BUILD/tests/tsne" quality
}

@test "t-SNE: what it cannot map it refuses, and says what it expects" {
    refuses tsne_affinity few "it takes 4 or more"
    refuses tsne_affinity perplexity "it lies above 1 and below 19"
    refuses tsne_affinity neighbours "above 1 and below 8"
    refuses tsne_affinity infinite "all must be finite"
    refuses tsne space "take the exact path, or 2"
    refuses tsne four "it has 2 or 3"
    refuses tsne start "some coordinates are NaN"
    refuses tsne alike "all points are in one place"
}
