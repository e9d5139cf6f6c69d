#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the programs of hugger2024 share. tests/hugger2024.c says what each case compares.

setup() {
    load helper
    scratch
}

@test "hugger2024: the losses are equations 3, 5 and 11, word for word" {
    both hugger2024 equations
}

@test "hugger2024: their gradients are those of central differences" {
    both hugger2024 gradients
}

@test "hugger2024: in a balanced batch InfoNCE is NLL, in an unbalanced one eta makes it so" {
    both hugger2024 balanced
}

@test "hugger2024: with one-hot targets the soft losses are the hard ones, and a constant in log eta is nothing" {
    both hugger2024 one_hot
}

@test "hugger2024: the gradients for embeddings are equations 22 and 24" {
    both hugger2024 equation_22
}

@test "hugger2024: labels are drawn as often as their targets say" {
    both hugger2024 draws
}

@test "hugger2024: modes have length 1 and the angles that they should" {
    both hugger2024 modes
}

@test "hugger2024: probabilities, divergence and entropy by hand" {
    both hugger2024 posterior
}

@test "hugger2024: the toy's labels come from its distribution" {
    both hugger2024 toy
}

@test "hugger2024: the loss of equation 18, against all tuples; its left side is an information" {
    both hugger2024 bound
}

@test "hugger2024: toys and readings that were killed go on to the same bytes" {
    goes_on hugger2024/fig1-toy --epochs 40
    goes_on hugger2024/fig5-datasets --tsne-iterations 1000
    goes_on hugger2024/readings --epochs 8
}

@test "hugger2024: one thread and two give the same bytes" {
    for program in fig1-toy fig5-datasets readings; do
        same_at_two_threads "hugger2024/$program"
    done
}

@test "hugger2024: both losses come near a distribution that is there to be found" {
    "$BUILD/papers/hugger2024/fig1-toy" --profile smoke --quiet --classes 4 --examples 20000 --epochs 60 --output a.tsv
    for loss in NLL InfoNCE; do
        within "$(value a.tsv $loss 40 KL)" 0 .003
    done
}

@test "hugger2024: settings that do not go together are wrong usage" {
    run -64 "$BUILD/papers/hugger2024/fig1-toy" --profile smoke --quiet --batch 1900 --output a.tsv
    says "--batch 1900 of 2000 examples"
    run -64 "$BUILD/papers/hugger2024/fig1-toy" --profile smoke --quiet --alignments 1 --output a.tsv
    says "--alignments 1: expected 2 to 81"
}
