#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# book.sh order         prints the pages in reading order: page, kind, title, sources
# book.sh names         prints what our headers declare: function, page
# book.sh page PAGE     builds one page, for instance build/book/common/base/mat.html
#
# Run from the top of the repository. The first two are written to
# $BOOK/order.tsv and $BOOK/names.tsv by the Makefile; `page` reads them. Each
# page is a file that needs no other: style and figures are inside.
set -eu

: "${BOOK:=build/book}" "${PROFILE:=quick}" "${VERDICTS:=build/verdicts}"
: "${WEAVE:=build/float/common/book/weave}"
here=$(dirname "$0")
tab=$(printf '\t')
front=$here/front.md

# Where other parts of the suite put things.
verdicts_of() { echo "$VERDICTS/$1.tsv"; }
figures_of()  { echo "figures/$PROFILE/$1"; }
runs_of()     { echo "results/$PROFILE/$1"; }

# ---- The order of the pages -------------------------------------------------

# The floors from the ground up, as the front page lists them; then any others.
floors() {
    { sed -n 's/^\[floor \(.*\)\]$/\1/p' "$front"
      for floor in common/*/; do basename "$floor"; done; } |
        awk '!seen[$0]++' | while read -r floor; do
            for source in "common/$floor"/*.[ch]; do
                if [ -f "$source" ]; then echo "$floor"; break; fi
            done
        done
}

# The papers by year, then by name: bontonou2019 before agarap2020.
papers() {
    for paper in papers/*/; do
        [ -d "$paper" ] && basename "$paper"
    done | sed 's/.*[^0-9]\([0-9]*\)$/\1 &/' | sort | cut -d' ' -f2
}

# A directory's modules (a header, a source or both), what is included first.
modules() {
    for source in "$1"/*.[ch]; do
        [ -f "$source" ] || continue
        stem=$(basename "${source%.*}")
        echo "$stem $stem"
        case $source in *.c) [ -f "$1/$stem.h" ] && continue ;; esac
        sed -n 's/^#include "\(.*\)\.h".*/\1/p' "$source" | while read -r other; do
            case $other in
                */*) [ "$(basename "$(dirname "$other")")" = "$(basename "$1")" ] || continue ;;
            esac
            other=$(basename "$other")
            [ -f "$1/$other.h" ] && echo "$other $stem"
        done || true
    done | tsort
}

row() {
    page=$1 kind=$2
    shift 2
    printf '%s\t%s\t%s\t%s\n' "$page" "$kind" "$("$WEAVE" --title "$@")" "$*"
}

module_rows() {
    for module in $(modules "$1"); do
        set -- "$1"
        for source in "$1/$module.h" "$1/$module.c"; do
            [ -f "$source" ] && set -- "$@" "$source"
        done
        kind=module
        [ -f "$1/$module.c" ] && grep -q '^int main' "$1/$module.c" && kind=program
        directory=$1
        shift
        row "$directory/$module.html" $kind "$@"
        set -- "$directory"
    done
}

order() {
    printf '# profile %s\n' "$PROFILE"
    row index.html front "$front"
    [ -f REPRODUCE.md ] && row reproduce.html text REPRODUCE.md
    for paper in $(papers); do
        readme=papers/$paper/README.md
        if [ -f "$readme" ]; then
            row "papers/$paper/index.html" paper "$readme"
        else
            printf '%s\tpaper\t%s\t\n' "papers/$paper/index.html" "$paper"
        fi
        module_rows "papers/$paper"
    done
    for floor in $(floors); do
        module_rows "common/$floor"
    done
}

# ---- What the headers declare -----------------------------------------------

names() {
    awk -F'\t' '$2 == "module" || $2 == "program" { print $1, $4 }' "$BOOK/order.tsv" |
        while read -r page sources; do
            for header in $sources; do
                case $header in *.h) ;; *) continue ;; esac
                awk -v page="$page" '
                    /^\/\*/ { comment = 1 }
                    !comment && /^[A-Za-z_][A-Za-z0-9_ ]*[ *][A-Za-z_][A-Za-z0-9_]*\(/ {
                        sub(/\(.*/, ""); sub(/.*[ *]/, ""); print $0 "\t" page }
                    /\*\// { comment = 0 }' "$header"
            done
        done | awk -F'\t' '$1 != "__attribute__" && !seen[$1]++'
}

# ---- One page ---------------------------------------------------------------

# The experiments of a program: its own name, and names that only add to it
# (table4.c: table4, table4-fashion) unless a longer program's name fits better.
experiments() {
    paper=$1 program=$2
    {
        echo "$program"
        for figure in "$(figures_of "$paper")/$program"-*.svg; do
            [ -f "$figure" ] && basename "$figure" .svg
        done
        if [ -f "$(verdicts_of "$paper")" ]; then
            awk -F'\t' '/^#/ { next }
                !column { for (i = 1; i <= NF; i++) if ($i == "experiment") column = i; next }
                { print $column }' "$(verdicts_of "$paper")"
        fi
    } | awk -v paper="papers/$paper/" -v program="$program" -v order="$BOOK/order.tsv" '
        function fits(name, experiment) {
            return experiment == name || index(experiment, name "-") == 1 }
        BEGIN {
            FS = "\t"
            while ((getline < order) > 0)
                if ($2 == "program" && index($1, paper program "-") == 1) {
                    name = substr($1, length(paper) + 1); sub(/\.html$/, "", name)
                    longer[name]
                }
        }
        seen[$0]++ || !fits(program, $0) { next }
        { for (name in longer) if (fits(name, $0)) next; print }'
}

weave_program() {
    paper=$1 program=$2
    shift 2
    set -- "$@" --paper "$paper" --profile "$PROFILE" --verdicts "$(verdicts_of "$paper")"
    for experiment in $(experiments "$paper" "$program"); do
        set -- "$@" --experiment "$experiment" \
            --figure "$(figures_of "$paper")/$experiment.svg"
        for run in $(ls "$(runs_of "$paper")/$experiment".seed*.json 2>/dev/null | sort -V); do
            [ -f "$run" ] && set -- "$@" --caption-from "$run"
        done
        for reason in "$(runs_of "$paper")/$experiment".seed*.missing; do
            if [ -f "$reason" ]; then set -- "$@" --missing "$reason"; break; fi
        done
    done
    "$WEAVE" "$@"
}

# contents DIRECTORY FROM: links to a directory's pages, as a page in FROM says them
contents() {
    awk -F'\t' -v directory="$1/" -v from="$2" '
        ($2 == "module" || $2 == "program") && index($1, directory) == 1 {
            name = substr($1, length(directory) + 1); sub(/\.html$/, "", name)
            printf "* [`%s`](%s) %s\n", name, from == "" ? $1 : name ".html", $3 }' "$BOOK/order.tsv"
}

weave_paper() {
    paper=$1 readme=$2
    {
        if [ -n "$readme" ]; then
            cat "$readme"
        else
            printf '# %s\n\nThis paper has no introduction of its own yet.\n' "$paper"
        fi
        printf '\n## The programs\n\n'
        contents "papers/$paper" "papers/$paper" | grep . || echo 'None yet.'
        if [ -z "$readme" ] || ! grep -qx '\[verdicts\]' "$readme"; then
            printf '\n## The verdicts\n\n[verdicts]\n'
        fi
    } > "$BOOK/papers/$paper/index.md"
    "$WEAVE" --paper "$paper" --profile "$PROFILE" --verdicts "$(verdicts_of "$paper")" \
        "$BOOK/papers/$paper/index.md"
}

# How many claims of each paper came out how.
scoreboard() {
    echo '| Paper | Claims | Reproduced | Direction | Undecided | Differs | Not run |'
    echo '|:-----------------------------|----:|----:|----:|----:|----:|----:|'
    awk -F'\t' '$2 == "paper" { print $1 FS $3 }' "$BOOK/order.tsv" |
        while IFS=$tab read -r page title; do
            paper=$(basename "$(dirname "$page")") file=$(verdicts_of "$paper")
            [ -f "$file" ] || file=/dev/null
            awk -F'\t' -v link="[$title]($page)" '
                /^#/ { next }
                !column { for (i = 1; i <= NF; i++) if ($i == "verdict") column = i; next }
                { all++; count[$column]++ }
                END { printf "| %s | %d | %d | %d | %d | %d | %d |\n", link, all,
                      count["reproduced"], count["direction reproduced"],
                      count["undecided"], count["differs"], count["not run"] }' "$file"
        done
    printf '\n::: provenance\nProfile `%s`; `make reproduce` judges the claims anew.\n:::\n' "$PROFILE"
}

weave_front() {
    while IFS= read -r line; do
        case $line in
            '[scoreboard]') scoreboard ;;
            '[floor '*']')
                floor=${line#'[floor '} floor=${floor%']'}
                contents "common/$floor" "" | grep . || echo '*Nothing here yet.*' ;;
            *) printf '%s\n' "$line" ;;
        esac
    done < "$front" > "$BOOK/index.md"
    for floor in $(floors); do
        grep -qx "\[floor $floor\]" "$front" && continue
        printf '\n### `common/%s` {#common-%s}\n\n' "$floor" "$floor"
        contents "common/$floor" ""
    done >> "$BOOK/index.md"
    "$WEAVE" "$BOOK/index.md"
}

# What the template needs beside the text: the way up, back and on.
navigation() {
    awk -F'\t' -v page="$1" -v profile="$PROFILE" '
        function quoted(text) { gsub(/\047/, "\047\047", text); return "\047" text "\047" }
        function link(name, address, title) {
            printf "%s:\n  address: %s\n  title: %s\n", name, quoted(address), quoted(title) }
        /^#/ { next }
        { n++; address[n] = $1; title[n] = $3; if ($1 == page) here = n }
        $2 == "paper" { paper_title[$1] = $3 }
        END {
            up = page ~ /\// ? "../../" : ""
            print "---"
            if (page != "index.html") link("home", up "index.html", "Tangle")
            if (page ~ /\//) {
                directory = page; sub(/\/[^\/]*$/, "", directory)
                if (directory ~ /^papers/) {
                    if (page !~ /index.html$/)
                        link("room", "index.html", paper_title[directory "/index.html"])
                } else {
                    id = directory; gsub(/\//, "-", id)
                    link("room", up "index.html#" id, "`" directory "`")
                }
            }
            if (here > 1) link("previous", up address[here - 1], title[here - 1])
            if (here < n) link("next", up address[here + 1], title[here + 1])
            print "---"
        }' "$BOOK/order.tsv"
}

page() {
    page=${1#"$BOOK"/}
    line=$(awk -F'\t' -v page="$page" '$1 == page' "$BOOK/order.tsv")
    [ -n "$line" ] || { echo "book.sh: $page is not in $BOOK/order.tsv" >&2; exit 1; }
    kind=$(printf '%s' "$line" | cut -f2) sources=$(printf '%s' "$line" | cut -f4)
    shift_by=1 stem=$(basename "$page" .html) directory=$(dirname "$page")
    mkdir -p "$BOOK/$directory"
    case $kind in front|text|paper) shift_by=0 ;; esac
    {
        navigation "$page"
        echo
        case $kind:$page in
            front:*)  weave_front ;;
            paper:*)  weave_paper "$(basename "$directory")" "$sources" ;;
            program:papers/*)
                      weave_program "$(basename "$directory")" "$stem" $sources ;;
            *)        "$WEAVE" $sources ;;
        esac
    } > "$BOOK/$page.md"
    pandoc -f markdown-raw_html-raw_tex-citations-subscript-superscript -t html5 \
        --standalone --self-contained --mathml --wrap=none --template "$here/page.html" \
        --css "$here/book.css" --shift-heading-level-by=$shift_by "$BOOK/$page.md" |
        awk -v page="$page" -v names="$BOOK/names.tsv" -v order="$BOOK/order.tsv" \
            -f "$here/finish.awk" > "$BOOK/$page.tmp"
    mv "$BOOK/$page.tmp" "$BOOK/$page"
}

case ${1-} in
    order|names) "$1" ;;
    page)        page "$2" ;;
    *)           sed -n '3,5s/^# //p' "$0" >&2; exit 64 ;;
esac
