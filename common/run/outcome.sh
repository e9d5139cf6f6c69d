#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# outcome.sh STATUS RESULT.tsv [asked]: what make does after a program that did not end well. Status 2, something is
# missing, stops nothing; a signal from outside stops make. Any other failure is noted in RESULT.failed and
# named by summary.sh at the end, so that one experiment does not stop the others: unless its result, or a figure
# or table of it, was asked for by name.
set -eu

status=$1 failed=${2%.tsv}.failed
case $status in
    2) exit 0 ;;
    129 | 130 | 143) exit "$status" ;;
esac
[ -z "${3:-}" ] || exit "$status"
seed=${2##*.seed}
mkdir -p "${failed%/*}"
echo "seed ${seed%.tsv}: its program ended with status $status ($failed)" > "$failed"
