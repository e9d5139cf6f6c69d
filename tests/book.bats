# SPDX-License-Identifier: GPL-3.0-or-later
# The book: from sources to pages.
load helper

setup() {
    scratch
    WEAVE="$BUILD/common/book/weave"
    here="$SUITE/tests/book"
    export WEAVE BOOK=book VERDICTS=verdicts
    unset PROFILES
}

# The small suite under tests/book, made into a book in the scratch directory.
pages() {
    command -v pandoc > /dev/null || skip "pandoc is not here: apt-get install pandoc"
    [ -d papers ] || cp -r "$here/suite/." .
    mkdir -p book
    sh "$SUITE/common/book/book.sh" order > book/order.tsv
    sh "$SUITE/common/book/book.sh" names > book/names.tsv
    for page in $(awk -F'\t' '!/^#/ { print $1 }' book/order.tsv); do
        sh "$SUITE/common/book/book.sh" page "book/$page"
    done
}

# has PATTERN FILE, has_not PATTERN FILE: a fixed string, in words when it fails
has() { grep -qF -- "$1" "$2" || { echo "wanted \"$1\" in $2" >&2; return 1; }; }
has_not() { ! grep -qF -- "$1" "$2" || { echo "did not want \"$1\" in $2" >&2; return 1; }; }

# found WORDS: the search page as the browser shows it
found() {
    timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir=profile --dump-dom \
        "file://$PWD/book/search.html?words=$1" 2> /dev/null
}

# searched WORDS ...: of each search that is typed there, a line of its words and the addresses that it finds, the first first;
# without the front page, which is that of the real suite
searched() {
    command -v chromium > /dev/null || skip "chromium is not here: apt-get install chromium"
    {
        cat book/search.html
        printf '<script>for (const words of ['
        printf '"%s", ' "$@"
        cat <<'SCRIPT'
]) {
    box.value = words;
    box.dispatchEvent(new Event("input"));
    const links = [...list.children].filter(item => !item.hidden).map(item => item.querySelector("a").getAttribute("href"));
    document.body.append(`\nFOUND ${words}: ${links.filter(link => !link.startsWith("index.html")).join(" ")}\n`);
}</script>
SCRIPT
    } > searched.html
    timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir=profile --dump-dom \
        "file://$PWD/searched.html" 2> /dev/null | sed -n 's/^FOUND //p' > searched
    [ "$(wc -l < searched)" = $# ]
}

# finds WORDS ADDRESS ...: what `searched` has found are these
finds() { grep -qxF -- "$1: ${*:2}" searched || { echo "wanted $1: ${*:2}, found $(grep -F -- "$1:" searched)" >&2; return 1; }; }

# leads WORDS ADDRESS: what it has found first
leads() { grep -F -- "$1: " searched | grep -qE -- ": $2( |\$)" || { echo "wanted $2 first, found $(grep -F -- "$1:" searched)" >&2; return 1; }; }

# stone_of NAME TITLE PROSE: one more header of the small suite
stone_of() { printf '/*\n# %s\n\n%s\n*/\nint %s;\n' "$2" "$3" "$1" > "common/rock/$1.h"; }

@test "book: comments in the first column become prose, and no other comment does" {
    "$WEAVE" "$here/cases.h" > cases.md
    diff "$here/cases.md" cases.md
}

@test "book: the line numbers of every listing are those of the file" {
    for source in "$here/cases.h" "$SUITE"/common/base/*.[ch] "$SUITE"/common/book/*.[ch]; do
        "$WEAVE" "$source" > woven.md
        awk -v source="$source" '
            BEGIN { while ((getline text < source) > 0) line[++n] = text }
            inside && $0 == fence { inside = 0; next }
            inside { if ($0 != line[at]) { print source ":" at ": " $0; bad = 1 } at++; listed++; next }
            match($0, /startFrom="[0-9]+"/) {
                at = substr($0, RSTART + 11, RLENGTH - 12) + 0
                fence = $0; sub(/\{.*/, "", fence); inside = 1 }
            END { exit bad || !listed }' woven.md
    done
}

@test "book: nothing but the licence, the guard and the comment marks is lost" {
    for source in "$SUITE"/common/base/*.[ch]; do
        "$WEAVE" "$source" | tr -d ' \n' > woven
        grep -v 'SPDX-License\|^#ifndef [A-Z_]*_H$\|^#define [A-Z_]*_H$\|^#endif$\|^/\*\|^\*/$' "$source" |
            sed 's/ *\*\/$//; s/^# //' | while IFS= read -r line; do
                grep -qF -- "$(printf '%s' "$line" | tr -d ' ')" woven ||
                    { echo "$source lost: $line"; exit 1; }
            done
    done
}

@test "book: a page's title is the first heading, or the title of a YAML header" {
    run -0 "$WEAVE" --title "$here/cases.h"
    [ "$output" = 'It'"'"'s a title with $x \in A$' ]
    printf '/*\n---\ntitle: From the header\n---\n\n# A section\n*/\nint x;\n' > a.c
    run -0 "$WEAVE" --title a.c
    [ "$output" = 'From the header' ]
    run -0 "$WEAVE" a.c
    says '# A section'
    [[ $output != *$'\ntitle: From the header'* ]]
    printf 'int x;\n' > b.c
    run -0 "$WEAVE" --title b.c
    [ "$output" = b.c ]
}

@test "book: lists in a Markdown file keep their levels" {
    printf '# Title\n\n- outer\n  - inner\n    - innermost\n' > a.md
    run -0 "$WEAVE" a.md
    says $'\n- outer\n  - inner\n    - innermost'
}

@test "book: pages come as the README names them, each behind what it includes" {
    mkdir -p papers/demo2020 common/rock
    cd papers/demo2020
    printf '# A paper\n\n`b` holds.\n\n## What is here\n\nWhat uses a and c: `c_shows`, then `a_shows.c`. They share `d`, then `b`.\n' > README.md
    for part in a b c d; do printf 'int %s;\n' $part > $part.h; done
    printf '#include "a.h"\nint main(void) { return 0; }\n' > a_shows.c
    printf '#include "b.h"\n#include "c.h"\n#include "d.h"\nint main(void) { return 0; }\n' > c_shows.c
    cd ../../common/rock
    printf '#include "rock/lava.h"\n' > basalt.h
    printf '#include "rock/basalt.h"\n' > lava.c
    printf 'int lava;\n' > lava.h
    cd ../..
    sh "$SUITE/common/book/book.sh" order | awk '$2 == "module" || $2 == "program" { print $1 }' > order
    diff order - <<'EOF'
papers/demo2020/d.html
papers/demo2020/b.html
papers/demo2020/c.html
papers/demo2020/c_shows.html
papers/demo2020/a.html
papers/demo2020/a_shows.html
common/rock/lava.html
common/rock/basalt.html
EOF
}

@test "book: papers come as README.md has them, their verdicts last" {
    mkdir -p papers/adobe2021 papers/brick2020 papers/clay2019
    printf '# Stones\n\n| `papers/clay2019` | Clay | here |\n| `papers/brick2020` | Brick | here |\n' > README.md
    printf '# Verdicts\n' > REPRODUCE.md
    sh "$SUITE/common/book/book.sh" order | cut -f1 > order
    diff order - <<'EOF'
# profiles paper desk quick
index.html
papers/clay2019/index.html
papers/brick2020/index.html
papers/adobe2021/index.html
readme.html
reproduce.html
search.html
EOF
}

@test "book: verdicts stand below the pair that asks for them, and names are not broken" {
    printf '/*\n# Title\n\n[verdicts]\n*/\nint x;\n/* More. */\nint y;\n' > a.c
    printf 'id\twhere\texperiment\tstatement\tpublished\tours\tlow\thigh\tn\tprofile\tscale\tverdict\twhy\tnote\tholds_if\n' > v.tsv
    printf 'c\t.\ta\tSNNL-8 at $T-1$, $AB-1$\t1\t.\t.\t.\t.\t.\t.\tnot run\tno CIFAR-10\t.\t`KL` below 1\n' >> v.tsv
    run -0 "$WEAVE" --verdicts v.tsv a.c
    says '| [SNNL-8]{.name} at $T-1$, $AB-1$ [holds if `KL` below 1]{.note} |'
    says '[no [CIFAR-10]{.name}]{.note}'
    says $'int x;\n```\n\n::::::\n\n:::::::\n\n::: verdicts\n'
}

@test "book: a figure is a link to itself, and its table stands below the pair" {
    printf '/*\n# Title\n*/\nint x;\n/* More. */\nint y;\n' > a.c
    touch b.svg
    printf '| a | b |\n|---|---|\n| 1 | 2 |\n' > b.md
    run -0 "$WEAVE" --figure ./b.svg --alt 'Two numbers.' a.c
    says $'\n::: figure\n[![Two numbers.](./b.svg)](b.svg)\n:::\n'
    says $'int x;\n```\n\n::::::\n\n:::::::\n\n::: numbers\n\n| a | b |\n'
    [[ $output != *$'::: numbers'*$'::: numbers'* ]]
}

@test "book: a line that Markdown hides is hidden, in Markdown" {
    printf '# Title\n\n<!-- verdicts begin -->\n\nText\n\n    <!-- an example -->\n' > a.md
    run -0 "$WEAVE" a.md
    [[ $output != *'verdicts begin'* ]]
    says $'Text\n\n    <!-- an example -->'
    printf '/*\n# Title\n\n<!-- not hidden -->\n*/\nint x;\n' > a.c
    run -0 "$WEAVE" a.c
    says '<!-- not hidden -->'
}

@test "book: prose that is lined up by blanks would run together, so there is none" {
    for source in "$SUITE"/common/*/*.[ch] "$SUITE"/papers/*/*.[ch]; do
        "$WEAVE" "$source" > woven.md
        awk -v source="$source" '
            /^```/ { fence = !fence; next }
            !fence && /^[^ |]/ && /[^ ]  +[^ ]/ { print source ": a list as \"- ...\"? " $0; wrong = 1 }
            END { exit wrong }' woven.md
    done
}

@test "book: a figure that is not there yet becomes the command that draws it" {
    printf '/*\n# Title\n*/\nint x;\n' > a.c
    run -0 "$WEAVE" --paper demo2020 --profile desk --figure figures/desk/demo2020/a.svg \
        --verdicts none.tsv a.c
    says '`make figures PAPER=demo2020 PROFILE=desk`'
    says '`make book`'
    echo 'SVHN is not here, get it with make data/svhn' > a.missing
    run -0 "$WEAVE" --figure a.svg --missing a.missing a.c
    says 'Not run: SVHN is not here, get it with make data/svhn'
}

@test "book: a file that cannot be read is named, and wrong usage is 64" {
    run -1 "$WEAVE" nowhere.c
    says nowhere.c
    printf 'a\tb\n1\t2\n' > bad.tsv
    printf 'int x;\n' > a.c
    run -1 "$WEAVE" --verdicts bad.tsv a.c
    says 'bad.tsv: no column "id"'
    run -64 "$WEAVE"
}

@test "book: a page that pandoc could not finish is not there, nor is the order of pages without a title" {
    pages
    rm book/index.html
    mkdir bin
    printf '#!/bin/sh\necho half a page\nexit 3\n' > bin/pandoc
    chmod +x bin/pandoc
    PATH="$PWD/bin:$PATH" run ! sh "$SUITE/common/book/book.sh" page book/index.html
    [ "$(ls book)" = $'common\nnames.tsv\norder.tsv\npapers\nsearch.html' ]
    WEAVE=false run ! sh "$SUITE/common/book/book.sh" order
}

@test "book: a program's page shows its figure, where it comes from, and its own verdicts" {
    pages
    page=book/papers/demo2020/table1.html
    has '<a href="table1.svg"><img src="data:image/svg+xml' $page
    has 'alt="A bar that grows with the number of stones."' $page
    has '<p>The weight grows with the number</p>' $page
    cmp figures/quick/demo2020/table1.svg book/papers/demo2020/table1.svg
    has '<code>build/float/papers/demo2020/table1 --seed 1</code>; seeds 1 and 2; commit <code>1a2b3c4d</code>; threads: 2' $page
    nbsp=$(printf '\302\240')
    has ">0.84$nbsp/ 0.85$nbsp±${nbsp}0.01</td>" $page
    has 'class="verdict reproduced"' $page
    has 'It rained.' $page
    has_not 'Another table' $page
    has 'Another table' book/papers/demo2020/index.html
}

@test "book: a program that is no experiment, or for the reader's own data, has neither figure nor verdicts" {
    cp -r "$here/suite/." .
    sed 's/^# Table 1: .*/# Your own stones/; s/^{/{ bool own_data = true;/' papers/demo2020/table1.c > papers/demo2020/own.c
    sed 's/^# Table 1: .*/# Another table/' papers/demo2020/table1.c > papers/demo2020/table2.c
    sed 's/^# Table 1: .*/# How fast/' papers/demo2020/table1.c > papers/demo2020/bench.c
    cp papers/demo2020/table1.gp papers/demo2020/table2.gp
    pages
    has 'There is no figure here yet' book/papers/demo2020/table2.html
    for page in own bench; do
        has_not 'There is no figure here yet' book/papers/demo2020/$page.html
        has_not 'class="verdict' book/papers/demo2020/$page.html
    done
}

@test "book: a figure is of the fullest profile that has one, and says of which" {
    pages
    page=book/papers/demo2020/table1.html
    has 'Profile <code>quick</code>; made by' $page
    mkdir -p figures/desk/demo2020
    sed 's/300/301/' figures/quick/demo2020/table1.svg > figures/desk/demo2020/table1.svg
    sh "$SUITE/common/book/book.sh" page $page
    has 'Profile <code>desk</code>.' $page
    has_not 'seeds 1 and 2' $page
    PROFILES=quick sh "$SUITE/common/book/book.sh" page $page
    has 'Profile <code>quick</code>; made by' $page
}

@test "book: a fresh copy knows how to make every page, judges first and runs no experiment" {
    cp "$SUITE/Makefile" .
    mkdir data
    ln -s "$SUITE/data/SOURCES.tsv" data
    ln -s "$SUITE"/{common,papers,tests,results,figures,README.md,REPRODUCE.md} .
    run -0 env -u MAKEFLAGS -u MAKELEVEL -u PROFILE make -n DEPS=no book
    [[ $output == *'-o build/verdicts/agarap2020.tsv'*' page build/book/index.html'* ]]
    says 'PROFILES="paper desk quick"'
    says ' page build/book/readme.html'
    [[ $output != *--seed* ]]
    run -0 env -u MAKEFLAGS -u MAKELEVEL make -n DEPS=no PROFILE=quick book
    says 'PROFILES="quick"'
}

# scores WORDS COUNT...: the row of the scoreboard
scores() {
    local row=$1
    shift
    for count; do row="$row</td><td[^>]*>$count"; done
    tr -d '\n' < book/index.html | grep -q "$row</td>" || { echo "no row $row" >&2; return 1; }
}

@test "book: the front page counts the verdicts of each paper, on bests and on what is ours apart" {
    cp -r "$here/suite/." .
    awk -F'\t' -v OFS='\t' '{ print }
        $1 == "c1" { $1 = "c4"; $7 = "best"; print }
        $1 == "c3" { $1 = "c5"; $2 = "ours, after Table 2"; print }' "$here/suite/verdicts/demo2020.tsv" > verdicts/demo2020.tsv
    pages
    scores 'demo2020</a></td><td[^>]*>averages, orders, shapes' 3 1 0 1 0 1
    scores bests 1 1 0 0 0 0
    scores 'ours, after it' 1 0 0 0 0 1
}

@test "book: the front page says who wrote a paper and whether it holds, in the words of its README" {
    cp -r "$here/suite/." .
    printf '# A paper about stones\n\nA. Mason, 2020.\n\nStones.\n\n## Does it hold?\n\nIt holds,\nby half.\n\nNot this.\n' > papers/demo2020/README.md
    pages
    tr '\n' ' ' < book/index.html > text
    has '<a href="papers/demo2020/index.html">A paper about stones</a></strong>, A. Mason, 2020.<br /> It holds, by half.</p>' text
    has_not 'Not this' text
}

@test "book: each paper's README says who wrote it, and begins with a short answer to whether it holds" {
    for readme in "$SUITE"/papers/*/README.md; do
        awk '
            NR == 3 && !/, (19|20)[0-9][0-9]\.$/ { print FILENAME ": line 3 is \"" $0 "\", expected authors and year"; wrong = 1 }
            /^## Does it hold\?$/ { asked = 1; next }
            asked && NF { answer = answer " " $0; next }
            answer != "" { exit }
            END {
                n = split(answer, word, " ")
                if (n < 10 || n > 90) { print FILENAME ": its answer has " n " words, expected 10 to 90"; wrong = 1 }
                if (answer ~ /\]\(|^ [-|#]/) { print FILENAME ": its answer has a link, or is no paragraph"; wrong = 1 }
                exit wrong
            }' "$readme"
    done
}

@test "book: names of functions lead to their declarations, links to sources to pages" {
    pages
    has 'href="../../common/rock/stone.html#fn-stone_weight"' book/papers/demo2020/table1.html
    has '<span id="fn-stone_weight">' book/common/rock/stone.html
    has 'id="stone.c-9"' book/common/rock/stone.html
    has 'href="../../papers/demo2020/table1.html"' book/papers/demo2020/index.html
    has '<a href="table1.html"><code>table1</code></a>' book/papers/demo2020/index.html
    has_not 'claims.tsv' book/papers/demo2020/index.html
    [ "$(find book -type f ! -name '*.html' ! -name '*.tsv')" = book/papers/demo2020/table1.svg ]
}

@test "book: names of files lead to their pages, wherever they are named" {
    cp -r "$here/suite/." .
    mkdir papers/other2021
    printf '# Stones\n' > README.md
    sed 's/`stone_weight`/`README.md`/' papers/demo2020/table1.c > papers/other2021/table1.c
    printf '# Another\n\nA. Smith, 2021.\n\nAs `common/rock/stone.h` with `stone.c`; none: `table2.c`, `tests/stone.c`.\n' > papers/other2021/README.md
    cat > papers/demo2020/README.md <<'EOF'
# A paper about stones

`rock/stone.h` and `common/rock/stone.c`.

`table1.c`.

`papers/other2021/README.md`.

`papers/other2021/table1.c`, `README.md`.
EOF
    pages
    page=book/papers/demo2020/index.html
    has '<p><a href="../../common/rock/stone.html"><code>rock/stone.h</code></a> and <a href="../../common/rock/stone.html#stone.c"><code>common/rock/stone.c</code></a>.</p>' $page
    has '<p><a href="../../papers/demo2020/table1.html"><code>table1.c</code></a>.</p>' $page
    has '<p><a href="../../papers/other2021/index.html"><code>papers/other2021/README.md</code></a>.</p>' $page
    page=book/papers/other2021/index.html
    has 'As <a href="../../common/rock/stone.html"><code>common/rock/stone.h</code></a> with <a href="../../common/rock/stone.html#stone.c"><code>stone.c</code></a>' $page
    has 'none: <code>table2.c</code>, <code>tests/stone.c</code>' $page
    has '<a href="../../papers/other2021/index.html"><code>README.md</code></a>' book/papers/other2021/table1.html
    has '<p><code>stone.c</code></p>' book/common/rock/stone.html
}

@test "book: a word that is only spelt like a function or a page leads nowhere" {
    cp -r "$here/suite/." .
    printf 'int weight(int n);\nint keep(int n);\nint keep_all(int n);\n' > papers/demo2020/keeper.h
    cat > papers/demo2020/table1.c <<'EOF'
/*
# Table 1: the weight of stones

A parameter: `weight`. A function: `weight()`, `keep_all`. A field: `keep`. A file: `keeper`. Called: `stone_weight`.
*/
#include "rock/stone.h"

int main(int weight, char **keeper)
{
    return stone_weight(weight);
}
EOF
    printf '# Stones\n\nThe program is `table1`, what it shares `keeper`; it keeps `index`.\n' > papers/demo2020/README.md
    pages
    page=book/papers/demo2020/table1.html
    has 'A parameter: <code>weight</code>. A function: <a href="../../papers/demo2020/keeper.html#fn-weight"><code>weight()</code></a>, <a href="../../papers/demo2020/keeper.html#fn-keep_all"><code>keep_all</code></a>. A field: <code>keep</code>. A file: <code>keeper</code>. Called: <a href="../../common/rock/stone.html#fn-stone_weight"><code>stone_weight</code></a>.' $page
    has 'holds if <code>weight</code>' $page
    page=book/papers/demo2020/index.html
    has 'The program is <a href="table1.html"><code>table1</code></a>, what it shares <a href="keeper.html"><code>keeper</code></a>; it keeps <code>index</code>.' $page
    has 'holds if <code>weight</code>' $page
}

@test "book: the front page shows a picture of each paper that has one" {
    cp -r "$here/suite/." .
    mkdir figures/quick/frosst2019
    cp figures/quick/demo2020/table1.svg figures/quick/frosst2019/fig06-generator.svg
    mkdir papers/frosst2019
    printf '# alt: Curves above digits.\n' > papers/frosst2019/fig06-generator.gp
    pages
    [ "$(grep -c 'class="picture"' book/index.html)" = 1 ]
    has 'alt="Curves above digits."' book/index.html
    has '<p>Digits of a generator' book/index.html
}

@test "book: each plot of an experiment says in a sentence or two what it shows" {
    for program in $(grep -l '^int main' "$SUITE"/papers/*/*.c); do
        plot=${program%.c}.gp
        [ -f "$plot" ] && ! grep -q 'own_data = true' "$program" || continue
        [ "$(grep -c '^# alt: ' "$plot")" = 1 ] || { echo "$plot: no line \"# alt: ...\", or several"; exit 1; }
        sed -n 's/^# alt: //p' "$plot" | awk -v plot="$plot" '
            NF < 12 || NF > 30 { print plot ": its alt has " NF " words, expected 12 to 30"; wrong = 1 }
            !/\.$/ || /[][*_`$"<>\\]/ { print plot ": its alt is no plain sentence: " $0; wrong = 1 }
            END { exit wrong }'
    done
    sed -n 's/^# alt: //p' "$SUITE"/papers/*/*.gp | sort | uniq -d | if grep .; then exit 1; fi
}

@test "book: every section can be searched, and every page leads there" {
    pages
    has '<form role="search" action="../../search.html">' book/common/rock/stone.html
    has '<form role="search" action="search.html">' book/index.html
    has '<a href="common/rock/stone.html#' book/search.html
    has 'Declares stone_weight' book/search.html
    command -v chromium > /dev/null || skip "chromium is not here: apt-get install chromium"
    found stone+weight > dom
    has ' sections</span>' dom
    grep -q '<li><a href="common/rock/stone.html' dom
    grep -q '<li hidden' dom
    found nowhere+to+be+read > dom
    has '0 of ' dom
}

@test "book: a search finds both spellings, and words that are written in parts" {
    cp -r "$here/suite/." .
    stone_of paint Paint 'Neighbouring colours, grey, normalised around two centres and centred. Four labelled data sets, by Fourier. See tsne.h.'
    stone_of film Film 'Analyzing fibers, and a license for 1,920 artifacts. The log-sum-exp of k-means in defence of modeling.'
    pages
    paint=(neighbor neighbouring color colour gray grey normalized center centre centered labeled dataset t-SNE)
    film=(analysing fibre licence 1920 "1,920" artefact logsumexp kmeans k-means defense modelling)
    searched "${paint[@]}" "${film[@]}" forier
    for word in "${paint[@]}"; do finds $word common/rock/paint.html; done
    for word in "${film[@]}"; do finds $word common/rock/film.html; done
    finds forier
}

@test "book: a search finds beginnings of words; pages of that name come first, then titles, headings, and who says it most" {
    cp -r "$here/suite/." .
    stone_of ece 'How sure they are' 'Of every stone we ask how sure it is, which takes more words than others have: of ece, for one.'
    stone_of piece 'A piece of ece' 'It is.'
    stone_of sure 'Are stones sure of themselves?' 'They are now, but not cold.'
    stone_of lava 'Lava' "$(printf 'Hot, hot.\n\n# How hot\n\nHot.\n\n# More\n\nOnce hot, but not now, and cold, cold, cold.\n')"
    pages
    searched ece iece how hot stone 'not now' demo2020 stone_weight
    finds ece common/rock/{ece,piece}.html
    finds iece
    leads how common/rock/ece.html
    finds hot common/rock/lava.html#how-hot common/rock/lava.html common/rock/lava.html#more
    leads stone common/rock/stone.html
    finds 'not now' common/rock/lava.html#more common/rock/sure.html
    leads demo2020 papers/demo2020/index.html
    leads stone_weight common/rock/stone.html
}

@test "book: a search finds formulas as plain text, and none is left as TeX" {
    cp -r "$here/suite/." .
    stone_of fall Falling "$(printf 'The rate $\\tau = \\frac{1}{T_0} > 0$ is learned:\n\n$$ \\frac{\\partial h}{\\partial t}\n  = -g \\sum_{i=1}^n e^{-\\hat x_i^2 / (a + b)}, \\quad\n  \\sqrt{n} \\le 1. $$\n\nSo it is (`stone.h`).')"
    pages
    has 'The rate τ = 1/T_0 &gt; 0 is learned: ∂h/∂t = − g∑_(i = 1)^n e^(−x_i^2/(a + b)), √(n) ≤ 1. So it is (stone.h).' book/search.html
    has '∑_(i = 1)^n w(i) → ∞ for n ∈ ℕ' book/search.html
    run ! grep -E '\\(frac|sum|partial|hat|tau)' book/search.html
    searched T_0
    finds T_0 common/rock/fall.html
}

@test "book: a search finds a number in percent and as a fraction" {
    cp -r "$here/suite/." .
    stone_of share Shares 'Published: 0.9160, .2950 and 12.5; 93 of 100 stones, 66 % and 58.0 %.'
    pages
    found=(91.6 91.60 91.6% 0.916 .916 29.5 0.295 12.5 .125 1250% 93 66% .66 58.0 0.58)
    lost=(.91 9.16 91.61 0.0916 916 7.0001 1.6)
    searched "${found[@]}" "${lost[@]}"
    for number in "${found[@]}"; do finds $number common/rock/share.html; done
    for number in "${lost[@]}"; do finds $number; done
}

@test "book: README.md is a page, which a search finds" {
    cp -r "$here/suite/." .
    printf '# Stones\n\nWhat [is claimed](papers/demo2020/README.md).\n\n## How to begin\n\nInstall a hammer:\n\n    make stones\n' > README.md
    pages
    has '<h1>README: how to run it</h1>' book/readme.html
    has '<a href="papers/demo2020/index.html">is claimed</a>' book/readme.html
    has '<a href="readme.html">README</a> says how' book/index.html
    searched install README 'make stones'
    finds install readme.html#how-to-begin
    leads README readme.html
    leads 'make stones' readme.html#how-to-begin
}

# with_tables: a suite whose REPRODUCE.md has tables of all kinds
with_tables() {
    cp -r "$here/suite/." .
    cat > REPRODUCE.md <<'EOF'
# What was reproduced

| artefact | program | command | cost on 2 cores |
|---|---|---|---|
| Mason, Table 1 | `papers/demo2020/table1.c` | `make PROFILE=desk figures/desk/demo2020/table1-of-stones.svg` | five minutes a seed, and a gigabyte |

| claim | where | measured, holds if | published | ours [90 % interval] (n, profile) | verdict |
|:--|:--|:--|--:|--:|:--|
| A stone weighs a half, and not more than that | Table 1 | `weight_of_stones` within .1 of the published | 0.5 | 0.5 [0.4, 0.6] (3, quick) | *reproduced* |

| a | b |
|:------|:--|
| a long line, much longer than all that fits into seventy-two columns | x |
EOF
}

@test "book: columns are as wide as needed, unless said otherwise; cells bear the names of theirs" {
    with_tables
    pages
    page=book/reproduce.html
    has '<div class="scroll claims">' $page
    has '<td data-label="command">' $page
    has '<td data-label="ours [90 % interval] (n, profile)" ' $page
    [ "$(grep -c '<colgroup>' $page)" = 1 ]
    has '<div class="scroll counts">' book/index.html
    has '<td data-label="Not run" ' book/index.html
}

@test "book: on a phone verdicts need no scrolling, and at 1280 pixels code stands beside its prose" {
    command -v chromium > /dev/null || skip "chromium is not here: apt-get install chromium"
    with_tables
    pages
    {
        echo '<!DOCTYPE html>'
        for page in index reproduce papers/demo2020/index papers/demo2020/table1; do
            echo "<iframe src=\"file://$PWD/book/$page.html\" title=\"$page\" width=390></iframe>"
        done
        echo "<iframe src=\"file://$PWD/book/common/rock/stone.html\" title=wide width=1280></iframe>"
        cat <<'SCRIPT'
<script>
addEventListener("load", () => {
    for (const frame of document.querySelectorAll("iframe")) {
        for (const table of frame.contentDocument.querySelectorAll(".claims, .counts"))
            document.body.append(`\n${frame.title}: ${table.className}, ${table.scrollWidth > table.clientWidth ? "scrolls" : "fits"}\n`);
        const of = (part) => frame.contentDocument.querySelector(part)?.getBoundingClientRect();
        if (frame.title == "wide" && of(".code").left > of(".prose").right && of(".code").top < of(".prose").bottom)
            document.body.append("\nbeside\n");
    }
});
</script>
SCRIPT
    } > all.html
    timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir=profile --allow-file-access-from-files \
        --dump-dom "file://$PWD/all.html" 2> /dev/null > dom
    [ "$(grep -c ', fits$' dom)" = 5 ]
    has_not ', scrolls' dom
    grep -qx beside dom
}

@test "book: every page passes the check, in the browser too" {
    command -v chromium > /dev/null || skip "chromium is not here: apt-get install chromium"
    pages
    sh "$SUITE/common/book/check-pages.sh" book
}

@test "book: the check finds each fault of a bad page" {
    command -v chromium > /dev/null || skip "chromium is not here: apt-get install chromium"
    run -1 sh "$SUITE/common/book/check-pages.sh" "$here/bad"
    says 'a.html: a heading of level 3 below one of level 1'
    says 'a.html: two ids "i"'
    says 'a.html: an image without a description'
    says 'a.html: fetches http://example.invalid/a.png'
    says 'a.html: a script'
    says 'a.html: a formula is left as TeX'
    says 'a.html: its link sub/b.html#no leads nowhere'
    says 'a.html: its link none.svg leads nowhere'
    says 'sub/b.html: no language'
    says 'pixels wide where there are'
    says 'console: trouble here'
    says 'a page requests http://example.invalid/a.png'
}

@test "book: the same sources give the same bytes" {
    pages
    find book -type f -exec sha256sum {} + | sort > first
    pages
    find book -type f -exec sha256sum {} + | sort | diff first -
}
