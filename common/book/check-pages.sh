#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check-pages.sh DIRECTORY: is every page below it fit to be read?
#
# What the text of the pages can tell: every link and anchor leads somewhere, no
# id is given twice, no image lacks its description, headings descend one level
# at a time, no formula was left as TeX, nothing is fetched from elsewhere.
# What only a browser can tell: no message on its console, no request but for
# the pages themselves, nothing wider than a phone or a desk shows. Prints each fault as PAGE: FAULT; fails if there is one.
set -eu

[ $# = 1 ] && [ -d "$1" ] || { echo "usage: check-pages.sh DIRECTORY" >&2; exit 64; }
top=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$top"
find . -name '*.html' | sed 's|^\./||' | sort > "$work/pages"
[ -s "$work/pages" ] || { echo "$1: there are no pages" >&2; exit 1; }

# ---- What the text can tell -------------------------------------------------

xargs awk '
    function fault(what) { print FILENAME ": " what }
    function attribute(tag, name) {
        if (!match(tag, "[ \t\n]" name "=\"[^\"]*\"")) return ""
        return substr(tag, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    }
    function note(tag,    id, address, level) {
        if ((id = attribute(tag, "id")) != "" && (FILENAME "#" id) in ids) fault("two ids \"" id "\"")
        if (id != "") ids[FILENAME "#" id]
        if (tag ~ /^<a[ \t\n]/ && (address = attribute(tag, "href")) != "") {
            links++; from[links] = FILENAME; to[links] = address }
        if (tag ~ /^<img/ && attribute(tag, "alt") == "") fault("an image without a description")
        if (tag ~ /^<script/ && FILENAME != "search.html") fault("a script")
        if (tag ~ /^<link/) fault("a link to another file")
        if (attribute(tag, "src") !~ /^(data:|$)/) fault("fetches " attribute(tag, "src"))
        if (tag ~ /class="math/) fault("a formula is left as TeX")
        if (tag ~ /^<h[1-6][ >]/) {
            level = substr(tag, 3, 1) + 0
            if (level > last_level + 1) fault("a heading of level " level " below one of level " last_level)
            if (level == 1) titles++
            last_level = level
        }
        if (tag ~ /^<html/ && attribute(tag, "lang") == "") fault("no language")
    }
    function target(page, address,    path, fragment, n, part, i, depth, stack, all) {
        path = fragment = address
        sub(/#.*/, "", path)
        if (!sub(/^[^#]*#/, "#", fragment)) fragment = ""
        if (path == "") return page fragment
        sub(/[^\/]*$/, "", page)
        n = split(page path, part, "/")
        for (i = 1; i <= n; i++)
            if (part[i] == "..") depth--
            else if (part[i] != ".") stack[++depth] = part[i]
        for (i = 1; i <= depth; i++) all = all (i > 1 ? "/" : "") stack[i]
        return all fragment
    }
    function end_of_page() {
        if (page != "" && titles != 1) { print page ": " titles + 0 " titles" }
    }
    FNR == 1 { end_of_page(); page = FILENAME; ids[page]; last_level = titles = 0; text = "" }
    {
        if (/url\((["\047]?)(https?:|\/\/)/) fault("its style fetches something")
        text = text $0 "\n"
        while (match(text, /<[A-Za-z][^>]*>/)) {
            tag = substr(text, RSTART, RLENGTH)
            text = substr(text, RSTART + RLENGTH)
            note(tag)
        }
        if (!match(text, /<[A-Za-z][^>]*$/)) text = ""
    }
    END {
        end_of_page()
        for (i = 1; i <= links; i++) {
            if (to[i] ~ /^(https?|mailto):/) continue
            aim = target(from[i], to[i])
            if (!(aim in ids) && !(aim ~ /\.svg$/ && (getline line < aim) > 0))
                print from[i] ": its link " to[i] " leads nowhere"
        }
    }' < "$work/pages" > "$work/faults"

# ---- What only a browser can tell -------------------------------------------

if command -v chromium > /dev/null; then
    {
        echo '<!DOCTYPE html><title>All pages</title>'
        while read -r page; do
            for width in 390 1280; do
                printf '<iframe src="file://%s/%s" title="%s" width="%s"></iframe>\n' "$top" "$page" "$page" $width
            done
        done < "$work/pages"
        cat <<'SCRIPT'
<script>
addEventListener("load", () => {
    for (const frame of document.querySelectorAll("iframe")) {
        const root = frame.contentDocument.documentElement;
        if (root.scrollWidth > root.clientWidth)
            document.body.append(`\nWIDE ${frame.title}: ${root.scrollWidth} pixels wide where there are ${root.clientWidth}\n`);
    }
});
</script>
SCRIPT
    } > "$work/all.html"
    timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --host-resolver-rules="MAP * ~NOTFOUND" --user-data-dir="$work/profile" --allow-file-access-from-files \
        --enable-logging=stderr --log-net-log="$work/net.json" \
        --dump-dom "file://$work/all.html" > "$work/dom" 2> "$work/log" ||
        { echo "chromium: failed, $(tail -n 1 "$work/log")" >> "$work/faults"; }
    grep -q '<iframe' "$work/dom" || echo "chromium: showed nothing" >> "$work/faults"
    sed -n 's/^WIDE //p' "$work/dom" >> "$work/faults"
    sed -n 's/.*CONSOLE[^"]*"\(.*\)", source: \([^ ]*\).*/\2: console: \1/p' "$work/log" >> "$work/faults"
    # The browser asks its maker for things of its own; a page asks under the key file://.
    sed -n 's/.*"network_isolation_key":"file:.*"url":"\([a-z]*:[^"]*\)".*/\1/p' "$work/net.json" |
        grep -Ev '^(file|data):' | sort -u | sed 's/^/chromium: a page requests /' >> "$work/faults" || true
else
    echo "check-pages.sh: chromium is not here; its half of the check is left out" >&2
fi

if [ -s "$work/faults" ]; then
    cat "$work/faults"
    exit 1
fi
