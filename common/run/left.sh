#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# left.sh JOBS.tsv: how much of a list of jobs (make jobs) is still to do, in words: "63 of 71 left, about 18 minutes".
# A job is done when its file is there; what it costs stands in words too ("half a minute on 2 cores", "15 to 21 minutes"): of a range the upper end, and "seconds" are five.
set -eu
[ -s "$1" ] || exit 0

awk -F'\t' '
    function amount(text,   word, n, count, value) {
        count = split(text, word, " ")
        for (n = 1; n <= count; n++) {
            if (word[n] ~ /^[0-9.]+$/) value = word[n]
            else if (word[n] == "half") value = .5
            else if (word[n] ~ /^an?$/ && !value) value = 1
            else if (sub(/s$/, "", word[n]) + 1 && word[n] in unit) return (value ? value : 5) * unit[word[n]]
        }
        return 0
    }
    BEGIN { unit["second"] = 1; unit["minute"] = 60; unit["hour"] = 3600; unit["day"] = 86400; unit["week"] = 604800 }
    { total++; there = (getline line < $1) >= 0; close($1) }
    !there { left++; seconds += amount($2) }
    function told(n, name) { n = int(n + .5); return n " " name (n == 1 ? "" : "s") }
    END {
        if (!left) exit
        time = seconds < 90 ? told(seconds, "second") : seconds < 5400 ? told(seconds / 60, "minute") \
             : seconds < 172800 ? told(seconds / 3600, "hour") : told(seconds / 86400, "day")
        printf "%d of %d left, about %s\n", left, total, time
    }' "$1"
