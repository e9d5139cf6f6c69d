#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# book.sh order         prints the pages in reading order: page, kind, title, sources
# book.sh names         prints what our headers declare: function, page
# book.sh page PAGE     builds one page, for instance build/book/common/base/mat.html
#
# Run from the top of the repository. The first two are written to
# $BOOK/order.tsv and $BOOK/names.tsv by the Makefile; `page` reads them. Each
# page is a file that needs no other: style and figures are inside. A program's
# figure is that of the first of $PROFILES that has one; beside the page, it can be looked at alone.
set -eu

: "${BOOK:=build/book}" "${PROFILES:=paper desk quick}" "${VERDICTS:=build/verdicts}"
: "${WEAVE:=build/float/common/book/weave}"
here=$(dirname "$0")
tab=$(printf '\t')
front=$here/front.md
readme_title='README: how to run it'

# Where other parts of the suite put things.
verdicts_of() { echo "$VERDICTS/$1.tsv"; }
figures_of()  { echo "figures/$1/$2"; }      # PROFILE PAPER
runs_of()     { echo "results/$1/$2"; }

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

# The papers in the order in which the table of README.md has them, then by name.
papers() {
    {
        [ -f README.md ] && sed -n 's/^| `papers\/\([^`]*\)`.*/\1/p' README.md
        for paper in papers/*/; do basename "$paper"; done
    } | awk '!seen[$0]++' | while read -r paper; do
        if [ -d "papers/$paper" ]; then echo "$paper"; fi
    done
}

# A directory's modules (a header, a source or both): in the order in which its
# README names them as code under "What is here", then by name; each behind what it includes.
# Where that leads in a circle, as sources may, only what headers include counts.
modules() {
    {
        [ -f "$1/README.md" ] && sed -n '/^## What is here/,$p' "$1/README.md" |
            awk -v RS='`' 'NR % 2 == 0 { print "named", $1 }'
        for source in "$1"/*.[ch]; do
            [ -f "$source" ] || continue
            stem=$(basename "${source%.*}")
            echo "there $stem"
            sed -n "s|^#include \"\($(basename "$1")/\)\{0,1\}\([^/]*\)\.h\".*|${source##*.} \2 $stem|p" "$source"
        done
    } | awk '
        function leads(from, to, asked,    i) {
            if (from == to) return 1
            if (tried[asked, from]++) return 0
            for (i = 1; i <= modules; i++) if ((from, list[i]) in uses && leads(list[i], to, asked)) return 1
            return 0
        }
        function comes_first(used, module) {
            return (module, used) in uses && (uses[module, used] == "h" || !leads(used, module, ++questions))
        }
        function visit(module,    i) {
            if (!(module in is_there) || seen[module]++) return
            for (i = 1; i <= modules; i++) if (comes_first(list[i], module)) visit(list[i])
            print module
        }
        $1 == "named" || $1 == "there" { list[++modules] = $2 }
        $1 == "there" { is_there[$2] }
        $1 == "h" || $1 == "c" { if (uses[$3, $2] != "h") uses[$3, $2] = $1 }
        END { for (m = 1; m <= modules; m++) visit(list[m]) }'
}

row() {
    page=$1 kind=$2
    shift 2
    title=$("$WEAVE" --title "$@")
    printf '%s\t%s\t%s\t%s\n' "$page" "$kind" "$title" "$*"
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
    printf '# profiles %s\n' "$PROFILES"
    row index.html front "$front"
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
    if [ -f README.md ]; then printf 'readme.html\ttext\t%s\tREADME.md\n' "$readme_title"; fi
    if [ -f REPRODUCE.md ]; then row reproduce.html text REPRODUCE.md; fi
    printf 'search.html\tsearch\tSearch\t\n'
}

# ---- What the headers declare -----------------------------------------------

names() {
    awk -F'\t' '$2 == "module" || $2 == "program" { print $1, $4 }' "$BOOK/order.tsv" |
        while read -r declared_in sources; do
            for header in $sources; do
                case $header in *.h) ;; *) continue ;; esac
                awk -v page="$declared_in" '
                    /^\/\*/ { comment = 1 }
                    !comment && /^[A-Za-z_][A-Za-z0-9_ ]*[ *][A-Za-z_][A-Za-z0-9_]*\(/ {
                        sub(/\(.*/, ""); sub(/.*[ *]/, ""); print $0 "\t" page }
                    /\*\// { comment = 0 }' "$header"
            done
        done | awk -F'\t' '$1 != "__attribute__" && !seen[$1]++'
}

# ---- One page ---------------------------------------------------------------

# An experiment is a program with a plot of its name, unless it is for the reader's own data (as in the Makefile).
is_experiment() { [ -f "papers/$1/$2.gp" ] && ! grep -q 'own_data = true' "papers/$1/$2.c"; }

# The first profile in which an experiment was drawn; if it never was, the last, which takes the least time.
profile_of() {
    for profile in $PROFILES; do
        if [ -f "$(figures_of "$profile" "$1")/$2.svg" ]; then
            echo "$profile"
            return
        fi
    done
    echo "${PROFILES##* }"
}

# Why an experiment was not run, in whichever profile that was tried.
reason_of() {
    for profile in $PROFILES; do
        ls "$(runs_of "$profile" "$1")/$2".seed*.missing 2>/dev/null || true
    done | head -n 1
}

# A figure in words, as its plot has it.
alt_of() { sed -n 's/^# alt: //p' "papers/$1.gp"; }

weave_program() {
    paper=$1 program=$2
    shift 2
    if is_experiment "$paper" "$program"; then
        shown=$(profile_of "$paper" "$program") alt=$(alt_of "$paper/$program")
        figure=$(figures_of "$shown" "$paper")/$program.svg
        set -- "$@" --paper "$paper" --profile "$shown" --verdicts "$(verdicts_of "$paper")" \
            --experiment "$program" --figure "$figure" ${alt:+--alt "$alt"}
        if [ -f "$figure" ]; then
            cp "$figure" "$BOOK/$page.$$.tmp"
            mv "$BOOK/$page.$$.tmp" "$BOOK/${page%.html}.svg"
        fi
        for run in $(ls "$(runs_of "$shown" "$paper")/$program".seed*.json 2>/dev/null | sort -V); do
            set -- "$@" --caption-from "$run"
        done
        reason=$(reason_of "$paper" "$program")
        set -- "$@" ${reason:+--missing "$reason"}
    fi
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
        printf '\n## The programs, and what they share\n\n'
        contents "papers/$paper" "papers/$paper" | grep . || echo 'None yet.'
        if [ -z "$readme" ] || ! grep -qx '\[verdicts\]' "$readme"; then
            printf '\n## The verdicts\n\n[verdicts]\n'
        fi
    } > "$work/paper.md"
    "$WEAVE" --paper "$paper" --verdicts "$(verdicts_of "$paper")" "$work/paper.md"
}

# The page and title of each paper.
paper_pages() { awk -F'\t' '$2 == "paper" { print $1 FS $3 }' "$BOOK/order.tsv"; }

# How many claims of each paper came out how: of its numbers that are means, and of what it says; of its bests, whose verdicts
# say less; and of ours, which ask its question of what it has not.
scoreboard() {
    echo '| Paper | Of its | Claims | Reproduced | Direction | Differs | Undecided | Not run |'
    echo '|:-----------|:----------------------|----:|----:|----:|----:|----:|----:|'
    paper_pages | while IFS=$tab read -r page _; do
        paper=$(basename "$(dirname "$page")") file=$(verdicts_of "$paper")
        [ -f "$file" ] || file=/dev/null
        awk -F'\t' -v link="[$paper]($page)" '
            /^#/ { next }
            !verdict { for (i = 1; i <= NF; i++) column[$i] = i; verdict = column["verdict"]; next }
            {
                sort = $column["where"] ~ /^ours/ ? "ours, after it" : $column["kind"] == "best" ? "bests" : "averages, orders, shapes"
                all[sort]++
                count[sort, $verdict]++
            }
            END {
                n = split("averages, orders, shapes;bests;ours, after it", sorts, ";")
                for (i = 1; i <= n; i++) {
                    s = sorts[i]
                    if (i > 1 && !all[s]) continue
                    printf "| %s | %s | %d | %d | %d | %d | %d | %d |\n", i == 1 ? link : "", s, all[s],
                        count[s, "reproduced"], count[s, "direction reproduced"],
                        count[s, "differs"], count[s, "undecided"], count[s, "not run"]
                }
            }' "$file"
    done
    printf '\n::: provenance\n%s\n:::\n' \
        'Each claim is judged in the fullest profile that was run for it; `make book` judges anew.'
}

# What each paper comes to: who wrote it, which its README has below the title, and the first paragraph under "Does it hold?".
answers() {
    paper_pages | while IFS=$tab read -r page title; do
        readme=papers/$(basename "$(dirname "$page")")/README.md
        [ -f "$readme" ] || continue
        awk -v link="[$title]($page)" '
            /^# / && !titled++ { next }
            titled && !written && NF { sub(/\.$/, ""); written = $0; next }
            /^## Does it hold\?/ { asked = 1; next }
            asked && NF { answer = answer (answer == "" ? "" : "\n") $0; next }
            answer != "" { exit }
            END { if (answer != "") printf "**%s**, %s.\\\n%s\n\n", link, written, answer }' "$readme"
    done
}

# `[picture PAPER/PROGRAM: words]` of the front page: the program's figure, which leads to its page; nothing where none
# was drawn.
picture() {
    named=${1#'[picture '} words=${1#*: }
    named=${named%%:*}
    figure=$(figures_of "$(profile_of "${named%/*}" "${named#*/}")" "${named%/*}")/${named#*/}.svg
    [ -f "$figure" ] && printf '::: picture\n[![%s](%s)](papers/%s.html)\n\n%s\n:::\n' \
        "$(alt_of "$named")" "$figure" "$named" "${words%']'}"
}

weave_front() {
    while IFS= read -r line; do
        case $line in
            '[scoreboard]') scoreboard ;;
            '[answers]') answers ;;
            '[picture '*']') picture "$line" || true ;;
            '[floor '*']')
                floor=${line#'[floor '} floor=${floor%']'}
                contents "common/$floor" "" | grep . || echo '*Nothing here yet.*' ;;
            *) printf '%s\n' "$line" ;;
        esac
    done < "$front" > "$work/front.md"
    for floor in $(floors); do
        grep -qx "\[floor $floor\]" "$front" && continue
        printf '\n### `common/%s` {#common-%s}\n\n' "$floor" "$floor"
        contents "common/$floor" ""
    done >> "$work/front.md"
    "$WEAVE" "$work/front.md"
}

# README.md is titled as the whole is, and so is the front page.
weave_readme() {
    sed "1s/^# .*/# $readme_title/" README.md > "$work/README.md"
    "$WEAVE" "$work/README.md"
}

# The prose of all other pages, which must be there.
weave_search() {
    {
        printf '# Search\n\n[]{#count role=status}\n\n'
        awk -v book="$BOOK" -v order="$BOOK/order.tsv" -f "$here/sections.awk"
    } > "$work/search.md"
    "$WEAVE" "$work/search.md"
}

# What the template needs beside the text: the way up, back and on.
navigation() {
    awk -F'\t' -v page="$1" '
        function quoted(text) { gsub(/\047/, "\047\047", text); return "\047" text "\047" }
        function link(name, address, title) {
            printf "%s:\n  address: %s\n  title: %s\n", name, quoted(address), quoted(title) }
        /^#/ { next }
        { n++; address[n] = $1; title[n] = $3; if ($1 == page) here = n }
        $2 == "paper" { paper_title[$1] = $3 }
        END {
            up = page ~ /\// ? "../../" : ""
            print "---"
            print "up: " quoted(up)
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
    work=$(mktemp -d)
    trap 'rm -rf "$work" "$BOOK/$page.$$.tmp"' EXIT
    trap 'exit 1' HUP INT TERM
    script=
    case $kind in
        front|text|paper) shift_by=0 ;;
        search)           shift_by=0 script=$(cat "$here/search.js") ;;
    esac
    {
        navigation "$page"
        echo
        case $kind:$page in
            front:*)  weave_front ;;
            search:*) weave_search ;;
            *:readme.html)
                      weave_readme ;;
            paper:*)  weave_paper "$(basename "$directory")" "$sources" ;;
            program:papers/*)
                      weave_program "$(basename "$directory")" "$stem" $sources ;;
            *)        "$WEAVE" $sources ;;
        esac
    } > "$work/page.md"
    pandoc -f markdown-raw_html-raw_tex-citations-subscript-superscript -t html5 \
        --standalone --self-contained --mathml --wrap=none --template "$here/page.html" \
        --css "$here/book.css" --shift-heading-level-by=$shift_by --variable script="$script" "$work/page.md" > "$work/page.html"
    awk -v page="$page" -v names="$BOOK/names.tsv" -v order="$BOOK/order.tsv" \
        -f "$here/links.awk" -f "$here/tables.awk" -f "$here/finish.awk" "$work/page.html" > "$BOOK/$page.$$.tmp"
    mv "$BOOK/$page.$$.tmp" "$BOOK/$page"
}

case ${1-} in
    order|names) "$1" ;;
    page)        page "$2" ;;
    *)           sed -n '3,5s/^# //p' "$0" >&2; exit 64 ;;
esac
