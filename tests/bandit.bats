#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Gaussian processes against their definition, and the search for a maximum that is
# built on them. tests/gaussian_process.c and tests/bandit.c say how.

load helper

@test "Gaussian process: mean, variance and likelihood are those of an explicit inverse" {
    both gaussian_process posterior
}

@test "Gaussian process: it is sure where it has looked, and far away knows what it knew before" {
    both gaussian_process limits
}

@test "Gaussian process: an imagined observation moves no mean and shrinks every variance" {
    both gaussian_process imagine
}

@test "Gaussian process: the gradient is what central differences of the likelihood say" {
    both gaussian_process gradient
}

@test "Gaussian process: length scales and noise of drawn functions are found again" {
    both gaussian_process fit
}

@test "Gaussian process: no prior of many is likelier than the one that was fitted" {
    both gaussian_process summit
}

@test "Gaussian process: one observation, equal ones and coinciding ones do no harm" {
    both gaussian_process degenerate
}

@test "bandit: a batch is even at first, differs in its places, and is the same when asked again" {
    both bandit batch
}

@test "bandit: the first place of a batch maximises the upper confidence bound" {
    "$BUILD/tests/bandit" bound
}

@test "bandit: 64 evaluations come within 0.05 of the best, where random ones do not" {
    "$BUILD/tests/bandit" search
}

@test "bandit: a search goes on from its observations as if never interrupted" {
    "$BUILD/tests/bandit" resume
}

@test "bandit: what cannot be is refused, with its numbers" {
    refuses gaussian_process infinite "observation 1 is nan"
    refuses gaussian_process nothing "0 observations of 2 inputs"
    refuses gaussian_process inputs "9 inputs; 1 to 8"
    refuses gaussian_process room "room for 0 points, and 1 were seen"
    refuses gaussian_process scale "length scale 1 is 0; it lies above 0"
    refuses gaussian_process full "no room for more than 1 points"
    refuses bandit outside "input 1 of observation 1 is 1.5, outside of the box"
    refuses bandit empty "0 places of 2 inputs"
    refuses bandit seed "seeds start at 1"
}
