# SPDX-License-Identifier: GPL-3.0-or-later
# finish.awk: the last touch on a page that pandoc has written.
#
#   awk -v page=common/base/mat.html -v names=names.tsv -v order=order.tsv -f links.awk -f tables.awk -f finish.awk
#
# Lines of listings get ids that people can type (#mat.h-12), names of our
# functions and files lead to where they are, links to sources become links to pages (links.awk), tables fit
# their window (tables.awk), and the list "On this page" is made of the headings.

BEGIN {
    FS = "\t"
    up = page ~ /\// ? "../../" : ""
    while ((getline < order) > 0) {
        if ($0 ~ /^#/) continue
        kind[$1] = $2
        files[$1] = split($4, file, " ")
        for (i = 1; i <= files[$1]; i++) page_of[file[i]] = $1
    }
    while ((getline < names) > 0) home[$1] = $2
    directory = page
    sub(/[^\/]*$/, "", directory)
    while ((getline < ARGV[1]) > 0) note_uses($0)
    close(ARGV[1])
}

function note_headings(text,    id) {
    while (match(text, /<section id="[^"]*"|<h2( id="[^"]*")?[^>]*>|<\/h2>/)) {
        piece = substr(text, RSTART, RLENGTH)
        if (reading) heading = heading substr(text, 1, RSTART - 1)
        text = substr(text, RSTART + RLENGTH)
        if (piece ~ /^<section/ || piece ~ /^<h2 id=/) {
            id = piece
            sub(/^[^"]*"/, "", id)
            sub(/".*/, "", id)
            current = id
        }
        if (piece ~ /^<h2/) { reading = 1; heading = "" }
        if (piece == "</h2>") {
            reading = 0
            gsub(/<\/?a[^>]*>/, "", heading)
            headings++
            list = list "<li><a href=\"#" current "\">" heading "</a></li>\n"
        }
    }
    if (reading) heading = heading text " "
}

/<pre/   { in_code = 1 }
/<main/  { in_main = 1 }
/<\/main/ { in_main = 0 }
{
    if (in_main) {
        gsub(/_L[0-9]+-/, "-")
        if (/<div class="verdicts"/) in_verdicts = 1
        if (in_code) $0 = link_calls($0)
        else $0 = link_prose($0)
        $0 = link_files($0)
        gsub(/<mstyle mathvariant="double-struck"><mn>1<\/mn>/, "<mstyle><mn>𝟙</mn>")
        $0 = wrap_display($0)
        gsub(/<table[^>]*>/, "<div class=\"scroll\">&")
        gsub(/<\/table>/, "&</div>")
        if (/<div class="numbers"/) in_numbers = 1
        if (in_numbers) $0 = keep_together($0)
        if (!in_code) $0 = table_line($0)
        note_headings($0)
    }
    line[++lines] = $0
}
/<\/pre>/ { in_code = 0 }
/<\/div>/ { in_verdicts = in_numbers = 0 }

END {
    for (i = 1; i <= lines; i++) {
        if (line[i] ~ /<div id="contents">/) {
            if (headings > 2)
                printf "<details id=\"contents\"><summary>On this page</summary>\n<ol>\n%s</ol>\n</details>\n", list
            if (line[i] !~ /<\/div>/) i++
            continue
        }
        print line[i]
    }
}
