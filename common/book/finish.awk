# SPDX-License-Identifier: GPL-3.0-or-later
# finish.awk: the last touch on a page that pandoc has written.
#
#   awk -v page=common/base/mat.html -v names=names.tsv -v order=order.tsv -f finish.awk
#
# Lines of listings get ids that people can type (#mat.h-12), names of our
# functions and files lead to where they are, links to sources become links to pages,
# and the list "On this page" is made of the headings.

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

# What the page's listings call, and what else has a name in them: a variable, a parameter, a member.
function note_uses(text,    name, ends) {
    if (text ~ /<pre[^>]*class="[^"]*numberSource/) listing = 1
    ends = text ~ /<\/pre>/
    if (listing) {
        gsub(/<span class="(co|st|pp|im)">[^<]*<\/span>/, "", text)
        gsub(/<[^>]*>/, "", text)
        while (match(text, /[A-Za-z_][A-Za-z0-9_]*/)) {
            name = substr(text, RSTART, RLENGTH)
            text = substr(text, RSTART + RLENGTH)
            if (text ~ /^\(/) calls[name]
            else names_here[name]
        }
    }
    if (ends) listing = 0
}

# Where a function's name leads; its first call in the listings of the page
# that declares it is the declaration, and becomes the anchor.
function linked(name) {
    if (!(name in home)) return name
    if (home[name] != page) return "<a href=\"" up home[name] "#fn-" name "\">" name "</a>"
    if (anchored[name]++) return "<a href=\"#fn-" name "\">" name "</a>"
    return "<span id=\"fn-" name "\">" name "</span>"
}

function link_calls(text,    done, name) {
    done = ""
    while (match(text, /[A-Za-z_][A-Za-z0-9_]*<span class="op">\(/)) {
        name = substr(text, RSTART, RLENGTH)
        sub(/<.*/, "", name)
        done = done substr(text, 1, RSTART - 1) linked(name)
        text = substr(text, RSTART + length(name))
    }
    return done text
}

# The file that prose means: in this directory, by its path, as an #include has it, or in the directory of the one named before it.
function file_named(name) {
    if (directory name in page_of) return directory name
    if (name in page_of) return name
    if ("common/" name in page_of) return "common/" name
    return beside name in page_of ? beside name : ""
}

function address_of_file(name,    file, to) {
    file = file_named(name)
    if (file == "") return ""
    beside = file
    sub(/[^\/]*$/, "", beside)
    to = page_of[file]
    sub(/.*\//, "", name)
    return to == page ? "" : up to (file ~ /\.c$/ && files[to] > 1 ? "#" name : "")
}

function address_of_function(name) {
    return (home[name] == page ? "" : up home[name]) "#fn-" name
}

# A bare word may be many things. It is a program of this directory if that has its name, and the page of a paper names what
# the programs share as well. It is a function if this page declares it; or if nothing else here has its name, and this page
# calls it or it has the two parts of our names. Among verdicts words name measures, and no functions.
function address_of_word(name,    own) {
    own = directory name ".html"
    if (own in kind && own != page && (kind[own] == "program" || kind[page] == "paper" && !in_verdicts)) return name ".html"
    if (!(name in home) || in_verdicts || kind[page] == "text") return ""
    if (home[name] == page) return address_of_function(name)
    return !(name in names_here) && (name in calls || name ~ /_/) ? address_of_function(name) : ""
}

# Where prose that is set as code leads; empty: nowhere.
function address_of(name) {
    if (name ~ /\.[a-z]+$/) return address_of_file(name)
    if (!sub(/\(\)$/, "", name)) return address_of_word(name)
    return name in home ? address_of_function(name) : ""
}

function link_prose(text,    done, name, address) {
    done = beside = ""
    while (match(text, /<code>([A-Za-z_][A-Za-z0-9_-]*(\(\))?|[A-Za-z0-9_\/-]+\.(c|h|md))<\/code>/)) {
        name = substr(text, RSTART + 6, RLENGTH - 13)
        done = done substr(text, 1, RSTART - 1)
        text = substr(text, RSTART + RLENGTH)
        address = inside_link(done) ? "" : address_of(name)
        done = done (address == "" ? "<code>" name "</code>" : "<a href=\"" address "\"><code>" name "</code></a>")
    }
    return done text
}

function inside_link(before,    opened, closed) {
    opened = gsub(/<a /, "&", before)
    closed = gsub(/<\/a>/, "&", before)
    return opened > closed
}

# A path in the repository, seen from this page's directory, without . and ..
function normal(path,    n, part, i, stack, depth, all) {
    n = split(directory path, part, "/")
    depth = 0
    for (i = 1; i <= n; i++) {
        if (part[i] == "..") { if (depth) depth-- }
        else if (part[i] != "." && part[i] != "") stack[++depth] = part[i]
    }
    all = stack[1]
    for (i = 2; i <= depth; i++) all = all "/" stack[i]
    return all
}

# A relative link to what is no page of the book, and no figure, loses its anchor, not its text.
function link_files(text,    done, whole, address, path, fragment) {
    done = ""
    while (match(text, /<a href="[^"]*"[^>]*>/)) {
        whole = substr(text, RSTART, RLENGTH)
        done = done substr(text, 1, RSTART - 1)
        text = substr(text, RSTART + RLENGTH)
        address = whole
        sub(/^<a href="/, "", address)
        sub(/".*/, "", address)
        if (address !~ /^(#|[a-z]+:)/) {
            path = address
            sub(/#.*/, "", path)
            fragment = index(address, "#") ? substr(address, index(address, "#")) : ""
            path = normal(path)
            if (path in page_of) {
                whole = "<a href=\"" up page_of[path] fragment "\">"
            } else if (!(path in kind) && path !~ /\.svg$/) {
                sub(/<\/a>/, "", text)
                whole = ""
            }
        }
        done = done whole
    }
    return done text
}

# A formula of its own line gets a box that can scroll when it is too wide, as a table does.
function wrap_display(text,    done, at) {
    done = ""
    while ((at = index(text, in_display ? "</math>" : "<math display=\"block\""))) {
        if (in_display) { done = done substr(text, 1, at + 6) "</span>"; text = substr(text, at + 7) }
        else { done = done substr(text, 1, at - 1) "<span class=\"display\"><math"; text = substr(text, at + 5) }
        in_display = !in_display
    }
    return done text
}

# A cell of a table of results, published / ours ± its half interval, breaks behind the stroke and nowhere else.
function keep_together(text) {
    gsub(/ \/ /, "\302\240/ ", text)
    gsub(/ ± /, "\302\240±\302\240", text)
    return text
}

# Where all columns are declared to be of one width, none was meant: they are as wide as needed. In a table of verdicts or commands, and
# in one that counts claims, each cell bears the name of its column, for windows in which a row has no room.
function table_line(text,    name, i) {
    if (text ~ /<table/) { table_at = lines + 1; columns = cell = equal = 0; label = "" }
    if (text ~ /<colgroup/) { equal = 1; width = ""; widths_at = lines + 1 }
    if (text ~ /<col /) { if (width != "" && text != width) equal = 0; width = text }
    if (text ~ /<\/colgroup/ && equal) {
        for (i = widths_at; i <= lines; i++) line[i] = ""
        text = ""
    }
    if (text ~ /<th[ >]/) {
        name = text
        gsub(/<[^>]*>/, "", name)
        gsub(/"/, "\\&quot;", name)
        header[++columns] = name
        if (name ~ /^[Cc]laims$/) label = "counts"
        if (name ~ /^([Vv]erdict|command)$/ && columns > 1) label = "claims"
    }
    if (text ~ /<\/thead/ && label != "") sub(/class="scroll"/, "class=\"scroll " label "\"", line[table_at])
    if (text ~ /<tr/) cell = 0
    if (text ~ /<td/ && ++cell && label != "") sub(/<td/, "<td data-label=\"" header[cell] "\"", text)
    return text
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
