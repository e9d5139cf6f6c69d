#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# figure.sh PROFILE PAPER/EXPERIMENT: draws a figure, as SVG and as PNG.
#
# papers/PAPER/EXPERIMENT.gp finds in its variables where its numbers are:
#   summary   mean and interval over seeds      seed      the first seed's result
#   verdicts  claims and how they were judged   ending    svg or png
# The claims are judged for each figure anew: build/verdicts is the book's, whose rule
# cannot know which results are still being made.
#
# A figure is drawn beside its place and renamed, because gnuplot leaves an empty
# file behind when it fails.
set -eu
export LC_ALL=C.UTF-8
profile=$1 experiment=$2 paper=${2%/*}

seed=$(ls results/"$profile"/"$experiment".seed*.tsv 2>/dev/null | sort -V | head -n 1)
if [ -z "$seed" ]; then
    echo "  not drawn: $experiment has no results in profile $profile" >&2
    cat results/"$profile"/"$experiment".seed*.missing >&2 2>/dev/null || true
    exit 0
fi
mkdir -p "figures/$profile/$paper"
summary=build/summary/$profile/$experiment.tsv
verdicts=${summary%.tsv}.verdicts.tsv
build/float/common/claims/verdicts -o "$verdicts" "$paper"
for ending in svg png; do
    target=figures/$profile/$experiment.$ending
    gnuplot -e "ending='$ending'; summary='$summary'; seed='$seed'; \
                verdicts='$verdicts'; profile='$profile'; set output '$target.tmp'" \
            "papers/$experiment.gp"
    mv "$target.tmp" "$target"
done
