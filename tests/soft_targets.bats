#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Soft targets, mixed images, calibration. tests/soft_targets.c says what each case compares.

setup() {
    load helper
}

@test "soft targets: smoothed labels sum to one" {
    both soft_targets smoothing
}

@test "soft targets: labels are drawn as often as their targets say" {
    both soft_targets draws
}

@test "soft targets: images blended and pasted by known amounts" {
    both soft_targets parts
}

@test "soft targets: mixed targets are what mixed images show" {
    both soft_targets mix
}

@test "calibration: the error of known confidences, and where they are binned" {
    both soft_targets calibration
}

@test "calibration: top k, ties and all; and each class as much as any other" {
    both soft_targets top
    both soft_targets class_average
}
