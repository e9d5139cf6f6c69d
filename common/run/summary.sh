#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# summary.sh PROFILE PAPER...: the last lines of `make figures`: how the claims of each paper fare with all results there
# are, what was not run for want of something, and what failed. Status 1 if anything did.
set -eu
profile=$1
shift
echo "  Claims, by the fullest results that there are:"
build/float/common/claims/verdicts "$@" |
    awk '/^[a-z]/ { paper = $1 } / claims: / { sub(/^ */, ""); printf "  %-14s %s\n", paper, $0 }'
# noted ENDING PAPER...: PAPER/EXPERIMENT, and the reason that stands in its files with this ending, each once
noted() {
    ending=$1
    shift
    for paper; do
        for file in results/"$profile"/"$paper"/*."$ending"; do
            [ ! -e "$file" ] || sed "s|^|$paper/$(basename "${file%.seed*}"): |" "$file"
        done
    done | sort -u
}
missing=$(noted missing "$@" | sed 's/^/  not run: /')
failed=$(noted failed "$@" | sed 's/^/  failed: /')
[ -z "$missing$failed" ] || printf '%s\n' "$missing" "$failed" | grep .
[ -z "$failed" ] || { echo "  figures/$profile is not complete."; exit 1; }
echo "  figures/$profile is up to date${missing:+, but for what was not run}."
