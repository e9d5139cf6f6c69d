#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# figure.sh PROFILE PAPER/EXPERIMENT: draws a figure, as SVG and as PNG. Status 2: it has no results.
# figure.sh RESULT.tsv: draws a result of the user's own data, beside it.
#
# papers/PAPER/EXPERIMENT.gp finds in its variables where its numbers are:
#   summary   mean and interval over seeds      seed      the first seed's result
#   profile   and how many seeds were run        ending    svg or png
# A result of the user's own has no summary. The plot's line "# alt: ..." says in words what is drawn, for who cannot see it.
#
# A figure is drawn beside its place, under a name of this process's own, and renamed: gnuplot
# leaves an empty file behind when it fails, and two makes may draw the same figure at once. What make
# looks for is the SVG, so it comes last. Whatever ends this process, it clears away what is not renamed yet.
set -eu
export LC_ALL=C.UTF-8
summary='' profile='' seeds=1 new='' work=''
trap 'rm -rf "$new" "$work"' EXIT
trap 'exit 1' HUP INT TERM

# gnuplot does not say when the disk is full, so we look how the file ends.
is_whole() { tail -c 20 "$1" | grep -aqe "</svg>" -e IEND; }

# draw EXPERIMENT PLACE: PLACE.svg and PLACE.png
draw() {
    for ending in png svg; do
        new=$2.$$.$ending.tmp
        gnuplot -e "ending='$ending'; summary='$summary'; seed='$seed'; \
                    profile='$profile'; seeds=$seeds; set output '$new'" \
                "papers/$1.gp" || exit 1
        is_whole "$new" || {
            echo "figure.sh: $2.$ending: writing failed; is the disk full? Nothing was changed" >&2
            exit 1
        }
        mv "$new" "$2.$ending"
    done
}

# with_plots: the programs for the user's own data that have one
with_plots() {
    for program in $(grep -l 'own_data = true' papers/*/*.c); do
        [ ! -e "${program%.c}.gp" ] || basename "$program" .c
    done | paste -sd ' ' | sed 's/ / and /g'
}

# A path may hold what gnuplot and its pipes would take for their own, so the figure is drawn
# in a directory whose name does not.
own() {
    [ -f "$1" ] || { echo "figure.sh: $1: no such file; expected a result of the user's own data" >&2; exit 1; }
    result=$(realpath -e "$1") place=$(realpath "${1%.tsv}")
    experiment=$(sed -n '1s/^# paper=\([a-z0-9]*\) experiment=\([a-z0-9-]*\) .* scale=own .*/\1\/\2/p' "$result")
    [ -n "$experiment" ] || { echo "figure.sh: $1: expected a result of the user's own data" >&2; exit 1; }
    cd "$(dirname "$0")/../.."
    [ -e "papers/$experiment.gp" ] || {
        echo "figure.sh: $1: ${experiment#*/} has no plot; $(with_plots) have" >&2
        exit 1
    }
    work=$(TMPDIR=/tmp mktemp -d)
    cp "$result" "$work/result.tsv"
    seed=$work/result.tsv
    draw "$experiment" "$work/figure"
    for ending in svg png; do
        new=$place.$$.$ending.tmp
        cp "$work/figure.$ending" "$new"
        mv "$new" "$place.$ending"
    done
    echo "  drawn: ${1%.tsv}.svg and .png"
}

if [ $# -eq 1 ]; then own "$1"; exit; fi
if [ $# -ne 2 ]; then
    echo "usage: figure.sh RESULT.tsv, or figure.sh PROFILE PAPER/EXPERIMENT" >&2
    exit 64
fi

profile=$1 experiment=$2 paper=${2%/*}
seed=$(ls results/"$profile"/"$experiment".seed*.tsv 2>/dev/null | sort -V | head -n 1)
if [ -z "$seed" ]; then
    echo "  not drawn: $experiment has no results in profile $profile" >&2
    cat results/"$profile"/"$experiment".seed*.missing >&2 2>/dev/null || true
    exit 2
fi
seeds=$(ls results/"$profile"/"$experiment".seed*.tsv | wc -l)
mkdir -p "figures/$profile/$paper"
summary=build/summary/$profile/$experiment.tsv
draw "$experiment" "figures/$profile/$experiment"
