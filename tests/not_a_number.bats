#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# NaN in whatever compares numbers. tests/not_a_number.c says what each case compares.

setup() {
    load helper
}

@test "not a number: no activation makes a number of it" {
    both not_a_number activations
}
