# SPDX-License-Identifier: GPL-3.0-or-later
# sections.awk: the prose of finished pages, a section an item, for the page that searches them.
#
#   awk -v book=build/book -v order=order.tsv -f sections.awk
#
# Listings are left out, but for the functions that they declare: who looks for a name looks for that. Examples in prose,
# which have no line numbers, and formulas, as plain text, are part of it. What is printed is Markdown.

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

# The beginning of a page, which has no id, is an item even if a section follows at once.
function flush_section() {
    if (id == "" || text declared != "")
        printf "* [%s](%s) [%s]{.passage}\n", literal(title (heading == "" ? "" : " – " heading)),
               page (id == "" ? "" : "#" id), literal(text (declared == "" ? "" : " Declares" declared "."))
    text = heading = declared = id = ""
}

# What stands before the second and third part of a formula: the marks of indices, powers and fractions that people type.
function mark(whole, nth) {
    if (nth == 2 && whole == "mfrac") return "/"
    if (nth == 2 && whole == "msup" || nth == 3 && whole ~ /^m(subsup|underover)$/) return "^"
    return nth == 2 && whole ~ /^m(sub|subsup|under|underover)$/ ? "_" : ""
}

# An operator with its spaces; accents are left out.
function operator(tag, text) {
    if (tag ~ /accent/) return ""
    if (text == "," || text == ";") return text " "
    return text ~ /^([a-z]+|&[lg]t;)$/ || index(" = + − ± ≤ ≥ ≠ ≈ ≪ ≫ ∈ ∼ ← → ", " " text " ") ? " " text " " : text
}

# Without needless spaces; a minus in front is a sign.
function trimmed(text) {
    gsub(/ +/, " ", text)
    gsub(/^ | $/, "", text)
    gsub(/\( /, "(", text)
    gsub(/ \)/, ")", text)
    gsub(/ ,/, ",", text)
    sub(/^− /, "−", text)
    return text
}

# A formula in MathML as plain text: a fraction becomes a/b, an index x_i, a power e^x. A part that has spaces gets
# parentheses.
function formula(math,    depth, tag, whole, part, nth, said) {
    sub(/<annotation.*/, "", math)
    gsub(/<\/?(math|semantics)[^>]*>/, "", math)
    depth = 0
    said[0] = ""
    while (match(math, /<[^>]*>/)) {
        said[depth] = said[depth] substr(math, 1, RSTART - 1)
        tag = substr(math, RSTART, RLENGTH)
        math = substr(math, RSTART + RLENGTH)
        if (tag !~ /^<\//) {
            whole[++depth] = tag
            said[depth] = ""
            nth[depth] = 0
        } else if (depth) {
            part = said[depth]
            if (tag == "</mo>") part = operator(whole[depth], part)
            if (tag == "</msqrt>") part = "√(" trimmed(part) ")"
            if (tag ~ /^<\/m(space|td|frac|under|underover)>/ || part ~ /^(∑|∏)/) part = part " "
            tag = whole[--depth]
            gsub(/^<| .*|>/, "", tag)
            nth[depth]++
            if (tag ~ /^m(sub|sup|subsup|under|underover|frac)$/) {
                part = trimmed(part)
                if (part ~ / / && part !~ /^\([^()]*\)$/) part = "(" part ")"
            }
            said[depth] = said[depth] mark(tag, nth[depth]) part
        }
    }
    return trimmed(said[0])
}

# Text without its tags. Those that are between words leave a space.
function plain(text,    at, end, done) {
    while ((at = index(text, "<math")) && (end = index(text, "</math>"))) {
        done = done substr(text, 1, at - 1) formula(substr(text, at, end - at))
        text = substr(text, end + length("</math>"))
    }
    text = done text
    gsub(/<\/?(a|code|em|strong)( [^>]*)?>/, "", text)
    gsub(/<[^>]*>/, " ", text)
    return text
}

# A line of the page, and more of them where a formula goes on there.
function next_line(    line, more) {
    if ((getline line < file) <= 0) return 0
    while (match(line, /.*<math/) && !index(substr(line, RLENGTH), "</math>") && (getline more < file) > 0)
        line = line " " more
    current = line
    return 1
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
        while (line !~ /<\/h2>/ && next_line()) line = line " " current
        heading = plain(line)
        return
    }
    if (line ~ /<pre class="sourceCode/) listing = 1
    if (!listing) text = text " " plain(line)
    while (listing && match(line, /<span id="fn-[A-Za-z0-9_]*"/)) {
        declared = declared " " substr(line, RSTART + 13, RLENGTH - 14)
        line = substr(line, RSTART + RLENGTH)
    }
    if (line ~ /<\/pre>/) listing = 0
}

function take_page() {
    inside = listing = 0
    title = page
    while (next_line()) {
        if (current ~ /<h1/) title = plain(current)
        if (current ~ /<\/main>/) inside = 0
        if (inside) take(current)
        if (current ~ /<main/) inside = 1
    }
    close(file)
    flush_section()
}

BEGIN {
    FS = "\t"
    while ((getline < order) > 0) {
        if ($0 ~ /^#/ || $2 == "search") continue
        page = $1
        file = book "/" page
        take_page()
    }
}
