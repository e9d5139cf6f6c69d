#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# bats file_tags=fast

setup() {
    load helper
    scratch
    PATH="$BUILD/common/claims:$PATH"
}

COLUMNS_OF_CLAIMS="id where experiment series x metric kind relation versus published spread n margin why statement note"

# claims ROW...: papers/demo/claims.tsv; a row is written with | for tabs
claims() {
    mkdir -p papers/demo
    { echo "# claims of a paper that does not exist"
      tr ' ' '\t' <<< "$COLUMNS_OF_CLAIMS"
      for row; do tr '|' '\t' <<< "$row"; done; } > papers/demo/claims.tsv
}

# claim KIND RELATION VERSUS PUBLISHED SPREAD N MARGIN: the claims are this one
claim() {
    claims "c|Table 1|exp|ours|.|ACC|$1|$2|$3|$4|$5|$6|$7|because|ours is fine|known cause"
}

# seeds PROFILE SCALE "SERIES X METRIC" VALUE...: value i goes to seed i; - leaves seed i out
seeds() {
    local profile=$1 scale=$2 row=$3 seed=0 file
    shift 3
    mkdir -p "results/$profile/demo"
    for v; do
        seed=$((seed + 1))
        [ "$v" = - ] && continue
        file=results/$profile/demo/exp.seed$seed.tsv
        [ -e "$file" ] || printf '# paper=demo experiment=exp profile=%s scale=%s seed=%d\nseries\tx\tmetric\tvalue\n' \
            "$profile" "$scale" "$seed" > "$file"
        printf '%s\t%s\n' "$(tr ' ' '\t' <<< "$row")" "$v" >> "$file"
    done
}

# cell COLUMN: of the one claim's verdict
cell() {
    verdicts --output=v.tsv demo || return
    awk -F'\t' -v c="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
                          { print $at[c]; found = 1 } END { exit !found }' v.tsv
}

# verdict WANTED [PART OF WHY]
verdict() {
    local got why
    got=$(cell verdict) && why=$(cell why) || return
    [ "$got" = "$1" ] || { echo "wanted $1, got $got: $why" >&2; return 1; }
    [[ $why == *"${2-}"* ]] || { echo "wanted \"$2\" in: $why" >&2; return 1; }
}

# refused TEXT: verdicts ends with status 1 and says TEXT
refused() {
    run -1 verdicts demo
    says "$1"
}

FIVE="91.0 91.5 90.7 91.3 91.1"

@test "intervals and bests agree with sums done another way" {
    "$BUILD/tests/claims"
    "$DOUBLE/tests/claims"
}

# ---- value ------------------------------------------------------------------

@test "a mean equivalent to the published one inside the margin is reproduced" {
    claim value = . 91.2 .4 5 .75
    seeds paper paper "ours . ACC" $FIVE
    verdict reproduced "Welch: difference -0.08 [-0.50, 0.34]"
    within "$(cell ours)" 91.12 1e-9
    within "$(cell low)"  90.8308 5e-4      # ours alone: 2.1318 * .3033 / sqrt 5 below
    within "$(cell high)" 91.4092 5e-4
    [ "$(cell n)" = 5 ]
    [ "$(cell profile)" = paper ]
}

@test "the same mean straddles a margin that is a little too narrow" {
    claim value = . 91.2 .4 5 .5
    seeds paper paper "ours . ACC" $FIVE
    verdict undecided
}

@test "a published number without spread is taken as exact" {
    claim value = . 91.2 . . .5
    seeds paper paper "ours . ACC" $FIVE
    verdict reproduced exact
    within "$(cell low)"  90.8308 5e-4
}

@test "a mean outside the margin differs, and only then is the note shown" {
    claim value = . 95 .4 5 1
    seeds paper paper "ours . ACC" $FIVE
    verdict differs
    [ "$(cell note)" = "known cause" ]
    claim value = . 91.2 .4 5 .75
    [ "$(cell note)" = . ]
}

@test "a relative margin is a share of the published number" {
    claim value = . 100 . . 10%
    seeds paper paper "ours . ACC" $FIVE
    verdict reproduced "margin 10"
    claim value = . 100 . . 5%
    verdict differs
    claim value = . -100 . . 10%
    verdict differs
}

@test "published noise wider than the margin is named" {
    claim value = . 91.2 2 4 .5
    seeds paper paper "ours . ACC" $FIVE
    verdict undecided "noise of the published mean alone"
}

@test "one seed decides no value" {
    claim value = . 91.2 .4 5 .75
    seeds paper paper "ours . ACC" 91.2
    verdict undecided "one seed"
    [ "$(cell low)" = . ]
    [ "$(cell ours)" = 91.2 ]
    claim value = . 91.2 0 5 .75
    verdict undecided "one seed"
}

@test "on a stand-in for the data a number is not compared, but shown; an order holds in direction" {
    claim value = . 91.2 .4 5 .75
    seeds desk stand-in "ours . ACC" $FIVE
    verdict "not run" "not on the paper's data; on a stand-in, Welch: difference -0.08 "
    [ "$(cell scale)" = stand-in ]
    within "$(cell ours)" 91.12 1e-9
    claim best max . 91.5 . 5 1
    verdict "not run" "on a stand-in, best of 5"
    seeds desk stand-in "base . ACC" 80 81 80 81 80
    claim order ">" base . . . .
    verdict "direction reproduced"
}

@test "on other data than the paper's no claim of the paper is judged, not even a direction; one of ours is" {
    seeds desk other-data "ours . ACC" 90 91 90 91 90
    seeds desk other-data "base . ACC" 80 81 80 81 80
    claim order ">" base . . . .
    verdict "not run" "on other data than the paper's"
    sed -i 's/Table 1/ours, after Table 1/' papers/demo/claims.tsv
    verdict "direction reproduced"
    claim value = . 91.2 .4 5 .75
    sed -i 's/Table 1/ours, after Table 1/' papers/demo/claims.tsv
    verdict "not run" "on other data than the paper's"
}

@test "a seed at reduced scale among stand-ins makes all of them reduced" {
    claim value = . 91.2 .4 5 .75
    seeds desk stand-in "ours . ACC" 91
    seeds desk reduced "ours . ACC" - 91
    verdict "not run" "alone a number is compared; this is at reduced scale"
}

@test "seeds that all agree are a point, inside or outside" {
    seeds paper paper "ours . ACC" .1 .1 .1
    claim value = . .15 . . .06
    verdict reproduced
    claim value = . .15 . . .04
    verdict differs
}

@test "a value at reduced scale is not compared, but shown" {
    claim value = . 91.2 .4 5 .75
    seeds quick reduced "ours . ACC" $FIVE
    verdict "not run" "reduced scale (quick)"
    within "$(cell ours)" 91.12 1e-9
}

@test "one reduced seed among paper-scale seeds makes all of them reduced" {
    claim value = . 91.2 .4 5 .75
    seeds desk paper "ours . ACC" $FIVE
    verdict reproduced
    sed -i '1s/scale=paper/scale=reduced/' results/desk/demo/exp.seed3.tsv
    verdict "not run" "reduced scale (desk)"
}

# ---- best -------------------------------------------------------------------

@test "the best of as many runs is compared as it stands" {
    claim best max . 91.6 . 5 .15
    seeds paper paper "ours . ACC" $FIVE
    verdict reproduced
    [ "$(cell ours)" = 91.5 ]
    [ "$(cell low)" = . ]
    claim best max . 91.6 . 5 .05
    verdict differs
    claim best min . 90.6 . 5 .15
    verdict reproduced
    [ "$(cell ours)" = 90.7 ]
}

@test "the best of fewer runs decides nothing" {
    claim best max . 91.5 . 6 .15
    seeds paper paper "ours . ACC" $FIVE
    verdict undecided "best of 5 runs is not the best of 6"
}

@test "with more runs, every subset of the published size has its say" {
    claim best max . 91.46 . 4 .001
    seeds paper paper "ours . ACC" $FIVE
    verdict reproduced "every 4"
    within "$(cell ours)" 91.46 1e-6                 # (4 * 91.5 + 91.3) / 5
}

@test "a best at reduced scale is not compared" {
    claim best max . 91.5 . 5 .15
    seeds quick reduced "ours . ACC" $FIVE
    verdict "not run" "reduced scale"
}

# ---- order ------------------------------------------------------------------

@test "an order is reproduced at paper scale, its direction at reduced scale" {
    claim order ">" base . . . .
    seeds paper paper "ours . ACC" .80 .82 .81
    seeds paper paper "base . ACC" .50 .54 .49
    verdict reproduced
    within "$(cell ours)" .30 1e-9
    sed -i '1s/scale=paper/scale=reduced/' results/paper/demo/*.tsv
    verdict "direction reproduced"
}

@test "an order the wrong way round differs, one that straddles is undecided" {
    claim order "<" base . . . .
    seeds quick reduced "ours . ACC" .80 .82 .81
    seeds quick reduced "base . ACC" .50 .54 .49
    seeds quick reduced "near . ACC" .81 .80 .82
    verdict differs
    claim order "<" near . . . .
    verdict undecided
    claim order ">" near . . . .
    verdict undecided
}

@test "an order must exceed its margin; a negative margin forgives" {
    seeds paper paper "ours . ACC" .80 .82 .81
    seeds paper paper "base . ACC" .50 .52 .51
    claim order ">" base . . . .2
    verdict reproduced
    claim order ">" base . . . .4
    verdict differs
    claim order "<" base . . . .2
    verdict differs
    claim order "<" base . . . -.4
    verdict reproduced
    claim order ">" base . . . 50%
    verdict reproduced                              # .30 > .255
    claim order ">" base . . . 70%
    verdict differs                                 # .30 < .357
}

@test "series on the same seeds are paired, on others they are not" {
    claim order ">" base . . . .
    seeds paper paper "ours . ACC" .10 .50 .91
    seeds paper paper "base . ACC" .09 .48 .90
    verdict reproduced "paired"
    rm -r results
    seeds paper paper "ours . ACC" .10 .50 .91
    seeds paper paper "base . ACC" - .09 .48 .90
    verdict undecided Welch
}

@test "versus may name another x" {
    claims 'c|Fig. 1|exp|ours|50|snnl|order|<|ours@0|.|.|.|.|.|it falls|.'
    seeds paper paper "ours 0 snnl" 1.3 1.4
    seeds paper paper "ours 50 snnl" .3 .41
    verdict reproduced
}

@test "an order of one seed each is undecided, unless nothing depends on the seed" {
    seeds paper paper "ours . ACC" .8
    seeds paper paper "base . ACC" .5
    claim order ">" base . . . .
    verdict undecided "one seed"
    claim order ">" base . 0 . .
    verdict reproduced
}

@test "equal seeds are not above each other" {
    seeds paper paper "ours . ACC" .5 .5
    seeds paper paper "base . ACC" .5 .5
    claim order ">" base . . . .
    verdict differs
}

@test "a series of another experiment is compared in the same profile" {
    claim order ">" other:base . . . .
    seeds desk paper "ours . ACC" $FIVE
    verdict "not run" "no desk results of other"
    for seed in 1 2 3 4 5; do
        printf '# paper=demo experiment=other profile=desk scale=paper seed=%d\nseries\tx\tmetric\tvalue\nbase\t.\tACC\t80\n' \
            $seed > results/desk/demo/other.seed$seed.tsv
    done
    verdict reproduced "paired over the seeds: difference 11.1"
    sed -i 's/scale=paper/scale=reduced/' results/desk/demo/other.seed3.tsv
    verdict "direction reproduced" "difference 11.1"
    sed -i 's/scale=reduced/scale=paper/' results/desk/demo/other.seed3.tsv
    claim order ">" other:gone . . . .
    verdict "not run" "hold no ACC of gone"
}

# ---- same -------------------------------------------------------------------

@test "two series are the same, differ, or are undecided" {
    seeds paper paper "ours . ACC" .53 .54 .55
    seeds paper paper "base . ACC" .54 .54 .54
    claim same = base . . . .05
    verdict reproduced paired
    claim same = base . . . .01
    verdict undecided
    seeds paper paper "far . ACC" .74 .74 .74
    claim same = far . . . .05
    verdict differs
    sed -i '1s/scale=paper/scale=reduced/' results/paper/demo/*.tsv
    claim same = base . . . .05
    verdict "direction reproduced"
}

@test "a series that is the other, bit for bit, is the same" {
    seeds paper paper "ours . ACC" .53 .54 .55
    seeds paper paper "base . ACC" .53 .54 .55
    claim same = base . . . 0
    verdict reproduced
}

# ---- shape ------------------------------------------------------------------

@test "a shape is reproduced, differs, or is undecided" {
    seeds paper paper "ours . ACC" .96 .97 .98
    claim shape ">" . . . . .95
    verdict reproduced
    claim shape ">" . . . . .965
    verdict undecided
    claim shape ">" . . . . .99
    verdict differs
    claim shape "<" . . . . .99
    verdict reproduced
    claim shape = . .975 . . .03
    verdict reproduced
    claim shape = . .5 . . .03
    verdict differs
    sed -i '1s/scale=paper/scale=reduced/' results/paper/demo/*.tsv
    claim shape ">" . . . . .95
    verdict "direction reproduced"
}

@test "one value meets a bound only if it does not depend on the seed" {
    seeds paper paper "ours . ACC" .96
    claim shape ">" . . . . .95
    verdict undecided "one seed"
    claim shape ">" . . 0 . .95
    verdict reproduced
    claim shape ">" . . 0 . .96
    verdict differs
}

# ---- which results ----------------------------------------------------------

@test "paper goes before desk before quick, and smoke never counts" {
    claim order ">" base . . . .
    seeds smoke paper "ours . ACC" .9 .9
    seeds smoke paper "base . ACC" .1 .1
    verdict "not run" "no results"
    seeds quick reduced "ours . ACC" .1 .1
    seeds quick reduced "base . ACC" .9 .9
    verdict differs
    seeds desk paper "ours . ACC" .9 .9
    seeds desk paper "base . ACC" .1 .1
    verdict reproduced
    [ "$(cell profile)" = desk ]
    seeds paper paper "ours . ACC" .1 .1
    seeds paper paper "base . ACC" .9 .9
    verdict differs
}

@test "a profile that lacks the row hands the question on" {
    claim order ">" base . . . .
    seeds desk paper "ours . ACC" .9 .9
    verdict "not run" "hold no ACC of base"
    seeds quick reduced "ours . ACC" .9 .9
    seeds quick reduced "base . ACC" .1 .1
    verdict "direction reproduced"
}

@test "a missing data set is the reason of a not run" {
    claim value = . 91.2 .4 5 .75
    mkdir -p results/quick/demo
    echo "SVHN is not here" > results/quick/demo/exp.seed1.missing
    verdict "not run" "SVHN is not here"
}

# ---- results that cannot be believed ----------------------------------------

@test "a NaN is refused by name, with its line" {
    claim value = . 91.2 .4 5 .75
    seeds paper paper "ours . ACC" 91.2 -nan
    refused "results/paper/demo/exp.seed2.tsv:3: ACC of ours at x = . is -nan, not a number"
}

@test "broken results are refused with file, line and what was expected" {
    claim value = . 91.2 .4 5 .75
    f=results/paper/demo/exp.seed1.tsv
    seeds paper paper "ours . ACC" inf
    refused "$f:3: value \"inf\": expected a finite number"
    rm $f; seeds paper paper "ours . ACC" 0x10
    refused "$f:3: value \"0x10\""
    rm $f; seeds paper paper "ours . ACC" 1; printf 'ours\t.\tACC\n' >> $f
    refused "$f:4: 3 fields: expected 4"
    rm $f; seeds paper paper "ours . ACC" 1; printf 'ours\t.\tACC\t2\n' >> $f
    refused "$f:4: ACC of ours at x = . stands in line 3 already"
    rm $f; seeds paper paper "ours . ACC" 1; printf 'ours\t.\tNMI\t2' >> $f
    refused "$f: the last line has no newline"
    : > $f
    refused "$f: is empty"
    printf '# paper=demo experiment=exp profile=paper scale=paper seed=1\n' > $f
    refused "$f:2: \"\": expected the columns"
    printf '# paper=demo experiment=exp profile=paper scale=paper seed=1\nseries\tx\tmetric\tvalue\n' > $f
    refused "$f: has no rows"
    printf 'series\tx\tmetric\tvalue\n' > $f
    refused "$f:1: \"series"
    rm $f; seeds paper huge "ours . ACC" 1
    refused "$f:1: scale=huge: expected paper, stand-in, reduced or other-data"
}

@test "seeds that do not belong together are refused" {
    claim value = . 91.2 .4 5 .75
    seeds paper paper "ours . ACC" 1 2
    g=results/paper/demo/exp.seed2.tsv
    sed -i '1s/seed=2/seed=1/' $g
    refused "$g:1: seed=1: expected another seed"
    sed -i '1s/seed=1/seed=2/; 1s/profile=paper/profile=desk/' $g
    refused "$g:1: profile=desk: expected paper as in"
    rm results/paper/demo/exp.seed1.tsv
    refused "expected demo, exp and paper, as its name says"
}

# ---- claims that cannot be believed -----------------------------------------

@test "broken claims are refused with file, line and what was expected" {
    f=papers/demo/claims.tsv
    claim valeu = . 1 . . 1;        refused "$f:3: kind \"valeu\": expected value, best"
    claim order "=" base . . . .;   refused "$f:3: relation \"=\": kind order has > <"
    claim value = . one . . 1;      refused "$f:3: published \"one\": expected a number"
    claim value = . 1 . . 5%%;      refused "$f:3: margin \"5%%\": expected a number or a percentage"
    claim value = . 1 . . -1;       refused "$f:3: margin \"-1\": expected a number >= 0"
    claim value = . 1 . . .;        refused "$f:3: margin is empty: kind value needs it"
    claim value = . . . . 1;        refused "$f:3: published is empty"
    claim value = . 1 .5 . 1;       refused "$f:3: spread without n"
    claim value = base 1 . . 1;     refused "$f:3: versus \"base\""
    claim best max . 1 . . 1;       refused "$f:3: n is empty"
    claim best max . 1 . 2.5 1;     refused "$f:3: n \"2.5\""
    claim order ">" . . . . .;      refused "$f:3: versus is empty"
    claim order ">" base@ . . . .;  refused "$f:3: versus \"base@\": expected series, series@x or experiment:series@x"
    claim shape ">" . . . . 5%;     refused "$f:3: margin \"5%\": a bound is a number"
    claim shape = . . . . 1;        refused "$f:3: published is empty"
    claims 'c|T|exp|ours|.|ACC|value|=|.|1|.|.|1|.|fine|.'
    refused "$f:3: why is empty: kind value with a margin needs it"
    claims 'c|T|exp|ours|.|ACC|value|=|.|1|.|.|1|because|fine'
    refused "$f:3: 15 columns: expected 16"
    claims 'c|T|exp||.|ACC|value|=|.|1|.|.|1|because|fine|.'
    refused "$f:3: series is empty"
    claims 'c|T|exp|a|.|ACC|value|=|.|1|.|.|1|because|fine|.' 'c|T|exp|b|.|ACC|value|=|.|1|.|.|1|because|fine|.'
    refused "$f:4: id \"c\" stands in line 3 already"
    sed -i '2s/\tmargin//' $f;      refused "$f:2: column 13 is \"why\": expected \"margin\""
    echo "# nothing" > $f;          refused "$f:2: only comments"
    rm $f;                          refused "$f: No such file"
}

@test "every claims file of the suite can be read" {
    cd "$SUITE"
    for f in papers/*/claims.tsv; do
        p=$(basename "$(dirname "$f")")
        verdicts --results="$SCRATCH/none" "$p"
    done
}

# ---- the programs -----------------------------------------------------------

@test "summarise: means, intervals and extremes, in the order of the results" {
    seeds quick reduced "z 1 ACC" 2 4 9
    seeds quick reduced "a 0 ACC" 7
    summarise results/quick/demo/exp.seed*.tsv > s.tsv
    [ "$(sed -n 1p s.tsv)" = "# paper=demo experiment=exp profile=quick scale=reduced seeds=3" ]
    [ "$(sed -n 2p s.tsv)" = "$(printf 'series\tx\tmetric\tn\tmean\tsd\tlow\thigh\tmin\tmax')" ]
    read -r series x metric n mean sd low high min max <<< "$(sed -n 3p s.tsv)"
    [ "$series $x $metric $n $min $max" = "z 1 ACC 3 2 9" ]
    within "$mean" 5 1e-9
    within "$sd" 3.605551275 1e-8
    within "$low" -3.956686 1e-5                    # 5 - 4.302653 * sqrt(13 / 3)
    within "$high" 13.956686 1e-5
    [ "$(sed -n 4p s.tsv)" = "$(printf 'a\t0\tACC\t1\t7\t.\t7\t7\t7\t7')" ]
    summarise --output=t.tsv results/quick/demo/exp.seed*.tsv
    cmp s.tsv t.tsv
}

@test "reproduce: rewrites what is between the markers and nothing else" {
    claims 'a|Table 1|exp|ours|.|ACC|value|=|.|95|.4|5|1|because|ours is <b>|a known cause' \
           'a2|Table 1|exp|ours|.|ACC|best|max|.|97|.|5|1|because|ours at best|a known cause' \
           'a3|Table 1|exp|ours|.|NMI|value|=|.|.5|.|.|1|because|NMI of ours|.' \
           'a4|Table 1|exp|mine|.|ACC|value|=|.|.5|.|.|1|because|mine|.' \
           'b|Fig. 2|other|ours|.|ACC|shape|>|.|.|.|.|1|because|more than 1|.' \
           'o|ours, after Fig. 2|other|ours|.|NMI|shape|>|.|.|.|.|1|because|more of another|.' \
           'l|Table 1|exp|theirs|.|ACC|literature|max|.|96|.|.|.|.|not judged|.'
    seeds paper paper "ours . ACC" $FIVE
    seeds paper paper "ours . NMI" .5 .5 .5 .5 .5
    printf 'before\n<!-- verdicts begin -->\nold\n<!-- verdicts end -->\nafter\n' > REPRODUCE.md
    reproduce demo
    cat > want.md <<'END'
before
<!-- verdicts begin -->

| paper | of its | reproduced | direction reproduced | differs | undecided | not run | claims |
|:--|:--|--:|--:|--:|--:|--:|--:|
| demo | averages | 1 | 0 | 1 | 0 | 1 | 3 |
| demo | bests | 0 | 0 | 1 | 0 | 0 | 1 |
| demo | shapes | 0 | 0 | 0 | 0 | 1 | 1 |
| demo | ours, after it | 0 | 0 | 0 | 0 | 1 | 1 |
| demo | all | 1 | 0 | 2 | 0 | 3 | 6 |

### demo

[exp](#demo-exp),
[other](#demo-other)

#### demo, exp

| average, best | ACC | NMI |
|:--|:-:|:-:|
| ours | ≠ ≠ | = |
| mine | - | |

= reproduced, ~ direction reproduced, ≠ differs, ? undecided, - not run.

| claim | where | measured, holds if | published | ours [90 % interval] (n, profile) | verdict |
|:--|:--|:--|--:|--:|:--|
| ours is &lt;b> | Table 1 | `ACC` within 1 of the published | 95 | 91.12 [90.83, 91.41] (5, paper) | *differs* (1) |
| ours at best | Table 1 | best `ACC` within 1 of the published | 97 | 91.50 (5, paper) | *differs* (1) |
| NMI of ours | Table 1 | `NMI` within 1 of the published | .5 | 0.500 [0.500, 0.500] (5, paper) | *reproduced* |
| mine | Table 1 | `ACC` within 1 of the published | .5 | - | *not run*: the paper results hold no ACC of mine |

1. a known cause

#### demo, other

| claim | where | measured, holds if | published | ours [90 % interval] (n, profile) | verdict |
|:--|:--|:--|--:|--:|:--|
| more than 1 | Fig. 2 | `ACC` above 1 | - | - | *not run*: no results |
| more of another | ours, after Fig. 2 | `NMI` above 1 | - | - | *not run*: no results |

<!-- verdicts end -->
after
END
    diff want.md REPRODUCE.md
    reproduce demo
    diff want.md REPRODUCE.md
    [ ! -e REPRODUCE.md.tmp ]
}

@test "reproduce: a row says what is measured and when it holds, with the digits that the interval has" {
    claims 'a|T|exp|ours|.|ACC|order|>|theirs|.|.|.|.05|because|more|.' \
           'b|T|exp|ours|.|ACC|order|<|theirs|.|.|.|.05|because|less|.' \
           'c|T|exp|ours|.|ACC|order|<|theirs|.|.|.|-20%|because|hardly more|.' \
           'd|T|exp|ours|.|ACC|order|>|theirs|.|.|.|.|.|not less|.' \
           'e|T|exp|ours|.|ACC|same|=|theirs|.|.|.|.1|because|the same|.' \
           'f|T|exp|ours|.|ACC|shape|<|.|.|.|.|.3|because|small|.'
    seeds desk reduced "ours . ACC" .98900 .98910 .98920
    seeds desk reduced "theirs . ACC" .98910 .98920 .98900
    printf '<!-- verdicts begin -->\n<!-- verdicts end -->\n' > REPRODUCE.md
    reproduce demo
    cat > want.md <<'END'
| more | T | `ACC`, less that of theirs: above .05 | - | 0.00000 [-0.00029, 0.00029] (3, desk, reduced) |
| less | T | `ACC`, less that of theirs: below -.05 | - | 0.00000 [-0.00029, 0.00029] (3, desk, reduced) |
| hardly more | T | `ACC`, less that of theirs: below 20% of that | - | 0.00000 [-0.00029, 0.00029] (3, desk, reduced) |
| not less | T | `ACC`, less that of theirs: above 0 | - | 0.00000 [-0.00029, 0.00029] (3, desk, reduced) |
| the same | T | `ACC`, less that of theirs: within .1 of 0 | - | 0.00000 [-0.00029, 0.00029] (3, desk, reduced) |
| small | T | `ACC` below .3 | - | 0.98910 [0.98893, 0.98927] (3, desk, reduced) |
END
    sed -n '/desk/s/ \*.*//p' REPRODUCE.md | diff want.md -
}

@test "reproduce: every heading of REPRODUCE.md is its own, and a paper's links lead to its own experiments" {
    awk '
        function slug(text) { text = tolower(text); gsub(/[^a-z0-9 _-]/, "", text); gsub(/ /, "-", text); return text }
        /^#+ / {
            sub(/^#+ /, "")
            id = slug($0)
            if (id in paper_of) { print "two headings #" id; wrong = 1 }
            paper_of[id] = paper
        }
        /^[a-z]+20[0-9][0-9]$/ && id == $0 { paper = $0; papers++ }
        { while (match($0, /\]\(#[^)]*\)/)) {
              to[++links] = substr($0, RSTART + 3, RLENGTH - 4); from[links] = paper; $0 = substr($0, RSTART + RLENGTH) } }
        END {
            for (i = 1; i <= links; i++)
                if (!(to[i] in paper_of) || paper_of[to[i]] != from[i]) { print from[i] ": #" to[i]; wrong = 1 }
            exit wrong || papers < 5 || links < 50
        }' "$SUITE/REPRODUCE.md"
}

@test "reproduce: leaves the file alone when it cannot do its work" {
    claim shape ">" . . . . 1
    printf 'no markers\n' > REPRODUCE.md
    run -1 reproduce demo
    says "expected a line \"<!-- verdicts begin -->\""
    printf '<!-- verdicts end -->\n<!-- verdicts begin -->\n' > REPRODUCE.md
    run -1 reproduce demo
    says "swap them"
    printf '<!-- verdicts begin -->\n<!-- verdicts begin -->\n<!-- verdicts end -->\n' > REPRODUCE.md
    cp REPRODUCE.md before.md
    run -1 reproduce demo
    says "twice"
    cmp before.md REPRODUCE.md
}

@test "table: published beside ours, in the paper's order" {
    claims 'a|T|exp|z|.|ACC|value|=|.|91.20|.4|5|1|because|s|.' \
           'b|T|exp|z|.|ACC|best|max|.|91.6|.|5|1|because|s|.' \
           'c|T|exp|lit|.|ACC|literature|max|.|96|.|.|.|.|s|.' \
           'd|T|exp|a|3|ACC|value|=|.|.5|.|.|1|because|s|.' \
           'e|T|exp|z|.|ACC|order|>|a@3|.|.|.|.|.|s|.'
    seeds desk reduced "z . ACC" $FIVE
    seeds desk reduced "a 3 ACC" .25
    table --tsv=t.tsv demo exp > t.md
    cat > want.md <<'END'
| | ACC average | ACC best |
|:--|--:|--:|
| z | 91.20 / 91.12 ± 0.38 | 91.6 / 91.50 |
| lit | | 96 |
| a, 3 | .5 / 0.250 | |

demo, exp. Each cell: published / ours ± half of the 95 % t-interval of the mean; profile desk, reduced scale, 5 seeds.
END
    diff want.md t.md
    [ "$(awk -F'\t' '$1 == "z" && $4 == "best" { print $5, $6, $7, $8 }' t.tsv)" = "91.6 91.5 . 5" ]
    [ "$(awk -F'\t' '$1 == "lit" { print $5, $6, $7, $8 }' t.tsv)" = "96 . . 0" ]
    table --profile=quick demo exp > t.md
    grep -q "91.20 / - |" t.md
    grep -q "Not run: no results" t.md
    run -1 table demo other
    says "nothing to tabulate"
}

@test "readings stand in the table, bold where they land, and are never judged" {
    claims 'a|T|exp|z|.|ACC|reading|=|.|91.2|.|.|.1|because|s|.' \
           'b|T|exp|far|.|ACC|reading|=|.|91.2|.|.|.1|because|s|.'
    seeds desk paper "z . ACC" $FIVE
    seeds desk paper "far . ACC" 80
    table demo exp > t.md
    grep -q "| z | (91.2) / \*\*91.12\*\* ± 0.38 |" t.md
    grep -q "| far | (91.2) / 80.00 |" t.md
    grep -q "^In brackets: " t.md
    grep -q "^Bold: within the margin" t.md
    run ! grep -q "^The verdict" t.md
    verdicts -o v.tsv demo
    [ "$(wc -l < v.tsv)" = 1 ]
    verdicts demo | grep -q "0 claims"
}

@test "table: what lies within the margin is bold where it can be judged, and nothing says so where nothing is" {
    claim value = . 91.2 .4 5 .1
    seeds desk paper "ours . ACC" $FIVE
    table demo exp > t.md
    grep -q "| ours | 91.2 / \*\*91.12\*\* ± 0.38 |" t.md
    grep -q "^The verdict on an average" t.md
    claim value = . 91.2 .4 5 .01
    table demo exp > t.md
    run ! grep -q "\*\*\|^Bold" t.md
    claim value = . 91.2 .4 5 .1
    sed -i '1s/scale=paper/scale=reduced/' results/desk/demo/*.tsv
    table demo exp > t.md
    run ! grep -q "\*\*\|^Bold" t.md
}

@test "table: a note on literature says whose it is, once" {
    claims 'a|T|exp|z|.|ACC|literature|mean|.|91|.|.|.|.|s|Published: of other stones.' \
           'b|T|exp|z|.|NMI|literature|mean|.|.5|.|.|.|.|s|Published: of other stones.'
    table demo exp > t.md
    [ "$(grep -c "^Published: of other stones.$" t.md)" = 0 ]
    seeds desk other-data "z . ACC" $FIVE
    table demo exp > t.md
    [ "$(grep -c "^Published: of other stones.$" t.md)" = 1 ]
}

@test "what a run leaves out is not run, for the reason that its note has" {
    claims 'a|T|exp|ours|.|ACC|shape|>|.|.|.|.|1|because|s|.' \
           'b|T|exp|ours|.|NMI|shape|>|.|.|.|.|1|because|s|Left out where there are no classes.' \
           'c|T|exp|ours|.|ARI|shape|>|.|.|.|.|1|because|s|It differs for a reason.'
    seeds paper paper "ours . ACC" $FIVE
    verdicts --output=v.tsv demo
    [ "$(awk -F'\t' '$1 == "b" { print $17, $18 }' v.tsv)" = "not run Left out where there are no classes." ]
    [ "$(awk -F'\t' '$1 == "c" { print $18 }' v.tsv)" = "the paper results hold no ARI of ours" ]
}

@test "nonsense is refused with status 64, --help is not" {
    for p in summarise verdicts reproduce table; do
        run -64 $p
        says "--help"
        run -0 $p --help
        says "Usage: $p"
    done
    run -64 verdicts --output=x.tsv one two
    run -64 table one
    run -64 table one two three
}

@test "a write error is an error" {
    [ -e /dev/full ] || skip "no /dev/full here"
    claim shape ">" . . . . 1
    run ! sh -c 'verdicts demo > /dev/full'
    run ! verdicts --output=/dev/null/v.tsv demo
}
