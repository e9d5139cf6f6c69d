#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# summary.sh WHAT PAPER... < RESULTS: the last lines of `make figures` and `make tables`: how the claims of each paper
# fare with all results there are, which of RESULTS were not made for want of something, and which failed. Status 1
# if any did.
set -eu
what=$1
shift
results=$(cat)
judged=$(build/float/common/claims/verdicts "$@")
echo "  Claims, by the fullest results that there are:"
printf '%s\n' "$judged" |
    awk '/^[a-z]/ { paper = $1 } / claims: / { sub(/^ */, ""); printf "  %-14s %s\n", paper, $0 }'
# noted ENDING FORMAT: what stands beside results in files with this ending, each once; not where the result came later
noted() {
    for result in $results; do
        note=${result%.tsv}.$1 name=${result#results/*/}
        [ -e "$note" ] && [ -z "$(find "$result" -newer "$note" 2>/dev/null)" ] || continue
        sed "s|^|  $2: ${name%.seed*}: |" "$note"
    done | sort -u
}
missing=$(noted missing 'not run')
failed=$(noted failed failed)
[ -z "$missing$failed" ] || printf '%s\n' "$missing" "$failed" | grep .
[ -z "$failed" ] || { echo "  $what: not complete."; exit 1; }
echo "  $what: up to date${missing:+, but for what was not run}."
