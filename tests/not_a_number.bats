#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# NaN in whatever compares numbers. tests/not_a_number.c says what each case compares.

setup() {
    load helper
}

@test "not a number: no activation makes a number of it" {
    both not_a_number activations
}

@test "not a number: it is larger than any other in a pool, and smaller than any among losses" {
    both not_a_number pools
    both not_a_number smallest
}

@test "not a number: neither is the distance to a point that is none, nor a loss of distances" {
    both not_a_number triplets
    both not_a_number snnl
}

@test "not a number: scores that are none are not right" {
    both not_a_number accuracy
}

@test "not a number: confidences, labels and scores to be ranked are refused by name" {
    refuses not_a_number confidence "a confidence of nan"
    refuses not_a_number label "label 3 of 3 classes"
    refuses not_a_number label_below "label -1 of 3 classes"
    refuses not_a_number label_average "label 3 of 3 classes"
    refuses not_a_number label_calibrated "label 3 of 3 classes"
    refuses not_a_number auroc "score 3 of 2 and 2 is NaN"
}

@test "not a number: nor is what is too far for a loss of distances, for clusters or neighbours, and they say so" {
    both not_a_number far
    refuses not_a_number far "from the mean, expected less than 5e+14"
    refuses not_a_number infinite "from the mean, expected less than 5e+14"
    refuses not_a_number kmeans "above 1e18 in size, or none"
    refuses not_a_number kmeans_far "above 1e18 in size, or none"
    refuses not_a_number knn "the longest query and the longest point are together"
    refuses not_a_number knn_query "the longest query and the longest point are together"
    refuses not_a_number kmeans_infinite "above 1e18 in size, or none"
}
