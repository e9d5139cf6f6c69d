# SPDX-License-Identifier: GPL-3.0-or-later
# tables.awk: formulas and tables in a window that is too narrow for them, for finish.awk, whose `line` has what was read before.

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
