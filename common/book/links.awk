# SPDX-License-Identifier: GPL-3.0-or-later
# links.awk: where names of functions and files lead, for finish.awk, which reads what there is: `home` has the page of a function,
# `page_of` that of a file, `kind` what a page is.

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
