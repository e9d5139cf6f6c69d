# SPDX-License-Identifier: GPL-3.0-or-later
# sections.awk: the prose of finished pages, a section an item, for the page that searches them.
#
#   awk -v book=build/book -v order=order.tsv -f sections.awk
#
# Listings are left out, but for the functions that they declare: who looks for a name looks for that. What is
# printed is Markdown.

# From HTML to Markdown in which every mark stands for itself.
function literal(text) {
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&quot;/, "\"", text)
    gsub(/&#39;/, "\047", text)
    gsub(/&amp;/, "\\&", text)
    gsub(/[][!"#$%&()*+.:;<=>?@^_`{|}~\\-]/, "\\\\&", text)
    gsub(/[ \t\n]+/, " ", text)
    gsub(/^ | $/, "", text)
    return text
}

function flush_section() {
    if (text declared != "")
        printf "* [%s](%s) [%s]{.passage}\n", literal(title (heading == "" ? "" : " – " heading)),
               page (id == "" ? "" : "#" id), literal(text (declared == "" ? "" : " Declares" declared "."))
    text = heading = declared = id = ""
}

# A line of text: no tags, no formulas, which nobody types.
function plain(line) {
    while (match(line, /<math/)) {
        at = index(substr(line, RSTART), "</math>")
        line = substr(line, 1, RSTART - 1) " " (at ? substr(line, RSTART + at + 6) : "")
    }
    gsub(/<[^>]*>/, " ", line)
    return line
}

function begin_section(line, tag) {
    flush_section()
    id = line
    sub(".*<" tag " id=\"", "", id)
    sub(/".*/, "", id)
}

function take(line) {
    if (line ~ /<section id="/) begin_section(line, "section")
    if (line ~ /<h2/) {
        if (line ~ /<h2 id="/) begin_section(line, "h2")
        while (line !~ /<\/h2>/ && (getline more < file) > 0) line = line " " more
        heading = plain(line)
        return
    }
    if (line ~ /<pre/) listing = 1
    if (!listing) text = text " " plain(line)
    while (listing && match(line, /<span id="fn-[A-Za-z0-9_]*"/)) {
        declared = declared " " substr(line, RSTART + 13, RLENGTH - 14)
        line = substr(line, RSTART + RLENGTH)
    }
    if (line ~ /<\/pre>/) listing = 0
}

function take_page(    line) {
    inside = listing = 0
    while ((getline line < file) > 0) {
        if (line ~ /<\/main>/) inside = 0
        if (inside) take(line)
        if (line ~ /<main/) inside = 1
    }
    close(file)
    flush_section()
}

BEGIN {
    FS = "\t"
    while ((getline < order) > 0) {
        if ($0 ~ /^#/ || $2 == "search") continue
        page = $1
        title = $3
        gsub(/`/, "", title)
        file = book "/" page
        take_page()
    }
}
