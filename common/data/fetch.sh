#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fetch.sh SET: puts the files of a data set into data/SET, verified.
# fetch.sh --list: the sets, their size and licence, and whether they are here.
#
# data/SOURCES.tsv says for each file how long it is, what its SHA-256 is, and
# where it can be had. The sources of a file are tried in their order until one
# delivers exactly those bytes; whatever else arrives (half a file, a web page
# that says "moved") is refused and named. A file is written beside its place
# and renamed into it, so that what is under data/ is whole or not there.
#
#   DATA_MIRROR   a directory to copy from; it comes first in every row
#   DATA_DIR      where the sets live           (default: data)
#   SOURCES       the table                     (default: data/SOURCES.tsv)
#
# Status: 0 all files are here; 2 some cannot be had; 64 wrong usage.
set -eu
export LC_ALL=C

here=$(dirname "$0")
sources=${SOURCES:-$here/../../data/SOURCES.tsv}
data=${DATA_DIR:-data}
tab=$(printf '\t')

say()     { printf 'fetch: %s\n' "$*"; }
trouble() { printf 'fetch: %s\n' "$*" >&2; }

# ---- The table ----------------------------------------------------------------

[ -r "$sources" ] || { trouble "$sources cannot be read"; exit 64; }

rows_of()  { awk -F'\t' -v s="$1" '!/^#/ && $1 == s' "$sources"; }
files_of() { rows_of "$1" | awk -F'\t' '!seen[$2]++ { print $2 }'; }
sets()     { awk -F'\t' '!/^#/ && NF && !seen[$1]++ { print $1 }' "$sources"; }

# The stamp data/SET/.verified holds what was verified: the rows of the table,
# and length and time of each file. While both are as they were, no byte is
# read again; a changed row or a touched file is reason to verify anew.
state_of() (
    rows_of "$1"
    names=$(files_of "$1")
    cd "$data/$1" 2>/dev/null && stat -L -c "%n %s %.9Y" $names 2>/dev/null
)
is_here() {
    [ -f "$data/$1/.verified" ] && state=$(state_of "$1") &&
        [ "$state" = "$(cat "$data/$1/.verified")" ]
}

list() {
    printf '%-16s %5s %9s  %-6s %s\n' SET FILES MBYTES HERE LICENCE
    for set in $(sets); do
        here=no; is_here "$set" && here=yes
        rows_of "$set" | awk -F'\t' -v here=$here '
            !seen[$2]++ { files++; bytes += $3 }
            END { printf "%-16s %5d %9.1f  %-6s %s\n", $1, files, bytes / 1e6, here, $5 }'
    done
}

# ---- What a file must be ------------------------------------------------------

length_of() { stat -L -c %s "$1"; }
sha256_of() { sha256sum < "$1" | cut -d' ' -f1; }

describe() {
    page=
    case $(head -c 300 "$1" | tr -d '\000' | tr 'A-Z' 'a-z') in
        *'<!doctype html'*|*'<html'*) page=' (a web page)' ;;
    esac
    printf '%s bytes, sha256 %s%s' "$(length_of "$1")" "$(sha256_of "$1")" "$page"
}

# is_right PATH BYTES SHA256
is_right() { [ "$(length_of "$1")" = "$2" ] && [ "$(sha256_of "$1")" = "$3" ]; }

# is_known PATH FILE: PATH is right for one of the rows of FILE
is_known() {
    rows_of "$set" | while IFS=$tab read -r _ name bytes sha256 _; do
        [ "$name" = "$2" ] && is_right "$1" "$bytes" "$sha256" && echo yes
    done | grep -q yes
}

# ---- Sources: each puts something at $tmp, or says $why not -------------------

take_mirror() {
    if [ -z "${DATA_MIRROR:-}" ]; then why="DATA_MIRROR is not set"; return 1; fi
    if [ ! -f "$DATA_MIRROR/$1" ]; then why="$DATA_MIRROR has no such file"; return 1; fi
    cp "$DATA_MIRROR/$1" "$tmp" 2>"$work/log" || { why=$(tail -n 1 "$work/log"); return 1; }
}

# has TOOL: npm, a large dependency, and unzip are installed where a source that needs
# them is tried, unless DEPS=no forbids it.
has() {
    command -v "$1" >/dev/null || { sh "$here/../run/packages.sh" "$1" && command -v "$1" >/dev/null; } ||
        { why="$1 is not installed"; return 1; }
}

# A package holds many files of a set: it is fetched once a run, and asked for
# in vain only once.
unpack() {
    package=$work/$(printf %s "$1-$2" | tr / _)
    [ ! -f "$package/unpacked" ] || return 0
    if [ -d "$package" ]; then why="the package cannot be had (see above)"; return 1; fi
    mkdir -p "$package"
    [ "$1" = debian ] || has "$1" || return 1
    say "$set: fetching $1 package $2"
    if ! (cd "$package" && "fetch_$1" "$2") >"$work/log" 2>&1; then
        why=$(grep -E -m 1 -e "reason:|is not in|^E: |No match|rror:" "$work/log" || tail -n 1 "$work/log")
        return 1
    fi
    : > "$package/unpacked"
}
# With the package lists of a bare machine missing, root can get them.
fetch_debian() {
    quick='-q -o Acquire::Retries=0 -o Acquire::http::Timeout=15'
    apt-get $quick -o APT::Sandbox::User=root download "$1" ||
        { [ "$(id -u)" = 0 ] && apt-get $quick update &&
          apt-get $quick -o APT::Sandbox::User=root download "$1"; } || return 1
    dpkg-deb -x ./*.deb . && rm -f ./*.deb
}
fetch_npm() {
    npm pack --ignore-scripts --fetch-retries=1 --fetch-retry-mintimeout=1000 \
        --update-notifier=false "$1" || return 1
    tar --no-same-owner -xzf ./*.tgz && rm -f ./*.tgz
}

take_from() {
    if [ ! -f "$package/$1" ]; then why="the package has no $1"; return 1; fi
    mv "$package/$1" "$tmp"
}
take_debian() {
    if [ -f "$2" ]; then cp "$2" "$tmp"; return; fi
    unpack debian "$1" && take_from "$2"
}
take_npm() { unpack npm "$1" && take_from "$2"; }

# download ADDRESS FILE. A host that does not answer is not waited for again.
download() {
    if ! command -v curl >/dev/null; then why="curl is not installed"; return 1; fi
    host=$(printf %s "$1" | cut -d/ -f3)
    if grep -qxF "$host" "$work/unreachable" 2>/dev/null; then
        why="$host cannot be reached (see above)"; return 1
    fi
    status=0
    curl -fLsS --connect-timeout 15 --retry 1 --speed-limit 1000 --speed-time 60 \
        -o "$2" "$1" 2>"$work/log" || status=$?
    case $status in
        0) ;;
        5|6|7|28) echo "$host" >> "$work/unreachable" ;;
    esac
    if [ $status != 0 ]; then why=$(tail -n 1 "$work/log"); return 1; fi
}

# An address that ends in .gz for a file that does not is unpacked.
take_url() {
    download "$1" "$tmp" || return 1
    case $1 in *.gz) case $tmp in *.gz.tmp) ;; *)
        mv "$tmp" "$tmp.gz"
        gunzip -f "$tmp.gz" 2>"$work/log" || { rm -f "$tmp.gz"; why=$(tail -n 1 "$work/log"); return 1; }
    esac; esac
}

# A zip, which may be large, is fetched once a run, and asked for in vain only once.
take_zip() {
    archive=$work/$(printf %s "$1" | tr / _)
    if [ ! -f "$archive" ]; then
        if [ -d "$archive.asked" ]; then why="the zip cannot be had (see above)"; return 1; fi
        mkdir "$archive.asked"
        has unzip || return 1
        say "$set: fetching $1"
        download "$1" "$archive.part" || return 1
        mv "$archive.part" "$archive"
    fi
    unzip -p "$archive" "$2" > "$tmp" 2>"$work/log" ||
        { why="no $2 in it: got $(describe "$archive")"; return 1; }
}

# take SOURCE
take() {
    kind=${1%%:*} rest=${1#*:} why=
    case $kind in
        mirror)     take_mirror "$rest" ;;
        url)        take_url "$rest" ;;
        zip)        take_zip "${rest%%#*}" "${rest#*#}" ;;
        debian|npm) "take_$kind" "${rest%%:*}" "${rest#*:}" ;;
        *)          why="no such kind of source"; return 1 ;;
    esac
}

# ---- One file -----------------------------------------------------------------

# try_row FILE BYTES SHA256 SOURCE...
try_row() {
    file=$1 bytes=$2 sha256=$3; shift 3
    left=$# next="; trying the next source"
    for source; do
        rm -f "$tmp"
        left=$((left - 1))
        if ! take "$source"; then
            echo "  $source: ${why:-failed}" >> "$work/tried"
        elif is_known "$tmp" "$file"; then
            chmod 644 "$tmp"
            mv -f "$tmp" "$data/$set/$file"
            say "$set/$file: $(length_of "$data/$set/$file") bytes from $source"
            return 0
        else
            got=$(describe "$tmp")
            [ $left -gt 0 ] || next=
            trouble "$set/$file from $source is refused: expected $bytes bytes, sha256 $sha256; got $got$next"
            echo "  $source: refused, got $got" >> "$work/tried"
        fi
    done
    rm -f "$tmp"
    return 1
}

cannot_be_had() {
    trouble "$set/$1 cannot be had. Tried:"
    cat "$work/tried" >&2
    rows_of "$set" | awk -F'\t' -v f="$1" -v at="$data/$set" '
        $2 == f { wanted = wanted (wanted ? ", or " : "") $3 " bytes with sha256 " $4 }
        END { printf "  By hand: put the file (%s)\n  at %s/%s\n", wanted, at, f }' >&2
    echo "  and say make data/$set; or set DATA_MIRROR to a directory that has it as named above." >&2
}

fetch_file() {
    target=$data/$set/$1 tmp=$data/$set/$1.tmp
    : > "$work/tried"
    if [ -e "$target" ]; then
        if is_known "$target" "$1"; then return 0; fi
        trouble "$target is not the file it should be: got $(describe "$target"). Set aside as $1.refused."
        mv -f "$target" "$target.refused"
    fi
    rows_of "$set" > "$work/rows"
    while IFS=$tab read -r _ name bytes sha256 _ from <&3; do
        [ "$name" = "$1" ] || continue
        try_row "$name" "$bytes" "$sha256" $from && return 0
    done 3< "$work/rows"
    cannot_be_had "$1"
    return 1
}

# ---- One set ------------------------------------------------------------------

usage() {
    trouble "usage: fetch.sh SET | --list, where SET is one of: $(sets | tr '\n' ' ')"
    exit 64
}
[ $# = 1 ] || usage
set=$1
case $set in --list) list; exit 0 ;; esac
sets | grep -qxF -e "$set" || usage

if is_here "$set"; then exit 0; fi

# Only one process works on a set; a second one waits, and then finds it here.
mkdir -p "$data/$set"
exec 9> "$data/$set/.lock"
flock -n 9 || { say "$set: another fetch is at work; waiting for it"; flock 9; }
if is_here "$set"; then exit 0; fi

rm -rf "$data/$set"/.work.* "$data/$set"/*.tmp "$data/$set"/*.tmp.gz "$data/$set/.verified"
work=$(mktemp -d "$(cd "$data/$set" && pwd)/.work.XXXXXX")
trap 'rm -rf "$work" "$data/$set"/*.tmp "$data/$set"/*.tmp.gz' EXIT
trap 'exit 1' HUP INT TERM

missing=0
for name in $(files_of "$set"); do
    fetch_file "$name" || missing=$((missing + 1))
done
if [ $missing -gt 0 ]; then
    trouble "$set: $missing of $(files_of "$set" | wc -l) files are missing"
    exit 2
fi
state_of "$set" > "$work/verified"
mv "$work/verified" "$data/$set/.verified"
say "$set: all files are here and verified"
