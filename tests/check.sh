#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check.sh: runs every test file and ends with a line that counts.
set -u
mkdir -p build
rm -f build/check.status
{ bats --formatter tap tests/*.bats; echo $? > build/check.status; } | tee build/check.tap
awk '/^ok .*# skip/ { skipped++; next } /^ok / { passed++; next } /^not ok / { failed++ }
     END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' build/check.tap
exit "$(cat build/check.status)"
