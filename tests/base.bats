#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The ground floor: exponentials, sums, pieces, products, memory, streams.
# tests/base.c, elementary.c and blas.c say what each case compares.

setup() {
    load helper
    scratch
}

# broken WHAT TEXT: status 1, one line that names a file, a line and the values
broken() {
    run -1 "$BUILD/tests/base" refuse "$1"
    [ "${#lines[@]}" = 1 ]
    [[ $output =~ ^base:\ common/base/[a-z]+\.c:[0-9]+:\ broken\ contract:\  ]] || { echo "$output" >&2; return 1; }
    says "$2"
}

@test "base: the vectorised exponential is within 2e-7 of the library's on every float" {
    run -0 "$BUILD/tests/elementary" exponential
    echo "# ${lines[0]}" >&3
}

@test "base: its claim in elementary.h is the one that is tested" {
    grep -q '2 \\cdot 10^{-7}' "$SUITE/common/base/elementary.h"
    grep -q 'all.error < 2e-7' "$SUITE/tests/elementary.c"
}

@test "base: logarithm, sigmoid and tanh follow the library's" {
    both elementary elementary
}

@test "base: a sum in lanes leaves out nothing and counts nothing twice" {
    both elementary lanes
}

@test "base: pieces cover a range, overlap nowhere and are equally large" {
    both blas pieces
}

@test "base: subnormal numbers are 0 on every thread" {
    both blas subnormal
}

@test "base: products equal the triple loop in all orientations, the old C unread, at 1, 2 and 3 threads" {
    both blas gemm
}

@test "base: an arena aligns, grows, becomes one block, and takes back what was marked" {
    both base arena
}

@test "base: streams depend on seed and name, and their draws have the right moments" {
    both base rng
}

@test "base: matrices are filled, added, gathered, and searched for what is not finite" {
    both base mat
}

@test "base: a text grows as long as it has to" {
    both base text
}

@test "base: several writers of one file take turns, and who reads it finds it whole" {
    both base atomic
}

@test "base: a file without a name is refused; a device that is full is not called unchanged, nor anything else blamed" {
    both base unwritten
}

@test "base: a number for people keeps all its digits" {
    both base number
}

@test "base: a failure is described on its own thread" {
    both base fail
}

@test "base: sizes that overflow are refused" {
    broken overflow "4611686018427387903 elements of 8 bytes"
    broken product "9223372036854775807 x 3 elements"
}

@test "base: shapes that do not fit are refused with their numbers" {
    broken gemm "a product of 3 x 4 by 5 x 2 into 3 x 4"
    broken block "2147483648 x 1 x 1 with rows of 1, 1 and 1"
    broken copy "3 x 4 from 5 x 2"
    broken add "3 x 4 plus 5 x 2"
    broken gather "row 5 of 5"
}

@test "base: seed 0, which GSL would read as 4357, is refused" {
    broken seed 'seed 0 for stream "init": seeds start at 1'
}

@test "base: a dying program says its name and why" {
    run -64 "$BUILD/tests/base" refuse die
    [ "$output" = "base: nothing: 7" ]
}

@test "base: no test keeps a worst error by fmax, which forgets what is no number" {
    run -1 grep -nE '([a-z_]+(\[[a-z]+\])?) = fmax\(\1, ' "$SUITE"/tests/*.[ch]
    [ -z "$output" ]
}
