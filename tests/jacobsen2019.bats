#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the programs of jacobsen2019 share. tests/jacobsen2019.c says what each case compares.

setup_file() {
    load helper
    export DATA_DIR="$BATS_FILE_TMPDIR/data"
    "$BUILD/tests/run" sets "$DATA_DIR"
}

setup() {
    load helper
    scratch
}

@test "jacobsen2019: gradients of the invertible operations" {
    both jacobsen2019 gradients
}

@test "jacobsen2019: squeezing knows its places, the cosine transform keeps lengths and mean" {
    both jacobsen2019 places
    both jacobsen2019 cosine
}

@test "jacobsen2019: mixing starts as a rotation, actnorm with mean 0 and variance 1" {
    both jacobsen2019 starts
}

@test "jacobsen2019: log-determinants of whole networks are those of their Jacobians" {
    both jacobsen2019 determinants
}

@test "jacobsen2019: whole networks are inverted, and metamers keep their scores" {
    both jacobsen2019 inverses
}

@test "jacobsen2019: gradients of whole networks, with respect to images and all parameters" {
    both jacobsen2019 networks
}

@test "jacobsen2019: what is not stored is worked out again, to the same gradients" {
    both jacobsen2019 recomputed
}

@test "jacobsen2019: independence cross-entropy is the sum of its terms, for every rule" {
    both jacobsen2019 objective
}

@test "jacobsen2019: the likelihood is that of a density" {
    both jacobsen2019 density
}

@test "jacobsen2019: a recipe's rate falls when another share of the steps is done" {
    both jacobsen2019 rate
}

@test "jacobsen2019: digits in their frame, planes through three points" {
    both jacobsen2019 digits
    both jacobsen2019 plane
}

@test "jacobsen2019: a network of the spheres that was killed goes on to the same bytes" {
    goes_on jacobsen2019/fig3-spheres
}

@test "jacobsen2019: a training on digits that was killed goes on to the same bytes" {
    goes_on jacobsen2019/table2-mnist --epochs 2
}

@test "jacobsen2019: an iCE that diverges is a result, and the table is whole" {
    run -0 "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --likelihood 1e9 --output a.tsv
    within "$(value a.tsv iCE . finished)" 0 0
    value a.tsv CE . nuisance_test_error
    run ! value a.tsv iCE . test_error
    [ -s a.oracle.network ]
    "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --output b.tsv
    within "$(value b.tsv iCE . finished)" 1 0
}

@test "jacobsen2019: where iCE diverges its network is void: the figures show that of CE, and metamers are refused" {
    local program
    "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --likelihood 1e9 --output table2-mnist.seed1.tsv
    for program in fig4-metamers fig6-interpolations; do
        run -0 "$BUILD/papers/jacobsen2019/$program" --profile smoke --output $program.tsv
        says "ice: its training did not come to its end"
        grep -q ^CE $program.tsv
        run ! grep -q ^iCE $program.tsv
    done
    awk 'BEGIN { for (i = 0; i < 3; i++) for (j = 0; j < 784; j++) printf "%g%s", (i * j % 7) / 7, j < 783 ? "," : "\n" }' > own.csv
    run -1 "$BUILD/papers/jacobsen2019/metamers" --profile smoke --quiet --vectors own.csv --model ice --output mine.tsv
    says "ice: its training did not come to its end"
}

@test "jacobsen2019: readings that were killed go on to the same bytes" {
    goes_on jacobsen2019/readings
}

@test "jacobsen2019: a table that is killed again and again leaves the bytes of a whole one" {
    local table2=("$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --threads 1)
    "${table2[@]}" --quiet --output whole.tsv
    checkpointed a.checkpoint "${table2[@]}" --checkpoint-every 0 --output a.tsv
    for moment in 0.1 0.2 0.3 0.4 0.5 0.6; do
        timeout -s KILL $moment "${table2[@]}" --checkpoint-every 0 --output a.tsv 2>> err 3>&- || true
    done
    "${table2[@]}" --output a.tsv 2>> err
    grep -q "resumed from a checkpoint" err
    cmp whole.tsv a.tsv
    cmp whole.ice.network a.ice.network
}

@test "jacobsen2019: one thread and two give the same bytes" {
    for program in "fig3-spheres --dimensions 100 --units 64 --batch 200" "table2-mnist --filters 16 --batch 64 --epochs 1"; do
        # shellcheck disable=SC2086
        for threads in 1 2; do
            "$BUILD/papers/jacobsen2019/"$program --profile smoke --quiet --threads $threads --output $threads.tsv
        done
        cmp 1.tsv 2.tsv
    done
}

@test "jacobsen2019: metamers come from the networks of Table 2, and say so" {
    fig4() { "$BUILD/papers/jacobsen2019/fig4-metamers" --profile smoke --quiet "$@"; }
    run -2 fig4 --output a.tsv
    says "./table2-mnist.seed1.oracle.network: not there; expected the network that table2-mnist trains with seed 1"
    "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --output table2-mnist.seed1.tsv
    fig4 --output a.tsv
    for model in ce ice oracle; do grep -q "\"./table2-mnist.seed1.$model.network\": " a.json; done
    within "$(value a.tsv CE . answers_kept)" 1 0
    run -1 fig4 --filters 5 --output b.tsv
}

@test "jacobsen2019: a way begins with what the oracle sees of the images, and ends with the metamers of Figure 4" {
    local program
    "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --oracle-epochs 10 --output table2-mnist.seed1.tsv
    for program in fig4-metamers fig6-interpolations; do
        "$BUILD/papers/jacobsen2019/$program" --profile smoke --quiet --output $program.seed1.tsv
    done
    for series in CE iCE; do
        within "$(value fig4-metamers.seed1.tsv $series . inversion_error)" 0 1e-4
        awk -F'\t' -v s=$series '$1 == s && ($3 == "outside" || $3 == "answers_kept_shown") && $4 >= 0 && $4 <= 1 { n++ }
                               END { exit n != 2 }' fig4-metamers.seed1.tsv
        within "$(value fig6-interpolations.seed1.tsv $series 0 seen_as_original)" "$(value fig4-metamers.seed1.tsv oracle . agreement)" 0
        within "$(value fig6-interpolations.seed1.tsv $series 1 seen_as_target)" \
            "$(value fig4-metamers.seed1.tsv "$series nuisance image" . agreement)" 0
    done
}

@test "jacobsen2019: settings that do not go together are wrong usage" {
    run -64 "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --batch 5000 --output a.tsv
    says "--batch 5000 of 300 examples"
    run -64 "$BUILD/papers/jacobsen2019/readings" --profile smoke --quiet --held-out 1100 --output a.tsv
    says "--examples 200 and --held-out 1100 of 1200"
    run -64 "$BUILD/papers/jacobsen2019/fig4-metamers" --profile smoke --quiet --pairs 14 --output a.tsv
    says "--pairs 14: expected 15 or more"
    run -64 "$BUILD/papers/jacobsen2019/fig6-interpolations" --profile smoke --quiet --pairs 11 --output a.tsv
    says "--pairs 11: expected 12 or more"
}

# outer_missed D INNER OUTER: half the share of a sphere where the first D - 1 coordinates are shorter than the middle of the radii.
# At the angle A from the last axis they are sin A of the radius, and there is sin^(D-2) A of the sphere.
outer_missed() {
    awk -v d="$1" -v inner="$2" -v outer="$3" 'BEGIN {
        m = (inner + outer) / 2 / outer
        most = atan2(m, sqrt(1 - m * m)); quarter = atan2(1, 0); n = 200000
        for (i = 0; i < n; i++) {
            part += sin((i + .5) / n * most) ^ (d - 2) * most
            all += sin((i + .5) / n * quarter) ^ (d - 2) * quarter
        }
        printf "%.9g\n", part / all / 2
    }'
}

@test "jacobsen2019: moved points of Example 6 lie on the outer sphere, and theory knows the errors" {
    "$BUILD/papers/jacobsen2019/example6" --profile smoke --quiet --output a.tsv
    within "$(value a.tsv "Figure 3" . off_sphere_test)" 0 1e-14
    within "$(value a.tsv "Figure 3" . accuracy_moved_test)" .5 1e-12
    while IFS=$'\t' read -r series d inner outer; do
        share=$(outer_missed "$d" "$inner" "$outer")
        within "$(awk -v a="$(value a.tsv "$series" . expected_error)" -v b="$share" 'BEGIN { printf "%.9g\n", a / b }')" 1 1e-6
    done <<< $'Gilmer et al.\t500\t1\t1.3\nFigure 3\t100\t1\t10'
}

@test "jacobsen2019: metamers of one's own images: the diagonal is the images, a line has one answer, not all the same" {
    metamers() { "$BUILD/papers/jacobsen2019/metamers" --profile smoke --quiet "$@"; }
    awk 'BEGIN { for (i = 0; i < 12; i++) for (j = 0; j < 784; j++) printf "%g%s", (i * j % 7) / 7, j < 783 ? "," : "\n" }' > own.csv
    run -2 metamers --vectors own.csv --output mine.tsv
    says "table2-mnist.seed1.ce.network: not there"
    "$BUILD/papers/jacobsen2019/table2-mnist" --profile smoke --quiet --output table2-mnist.seed1.tsv
    run -1 metamers --vectors own.csv --filters 5 --output mine.tsv
    says "expected the network of table2-mnist: give this program the settings that one was given, or train it again"
    metamers --vectors own.csv --model ice --output mine.tsv
    within "$(value mine.tsv network . inversion_error)" 0 1e-4
    awk -F'\t' '$3 == "answer" { n++; line[$1 "\t" $4]; answer[$4] } END { exit !(n == 144 && length(line) == 12 && length(answer) > 1) }' mine.tsv
    [ -s mine.metamers.png ]
    [ "$(stat -c %s mine.metamers.npy)" = $((128 + 144 * 1024 * 4)) ]
    tail -c +129 mine.metamers.npy | head -c 4096 | od -An -v -w4 -tf4 | awk '{ n++; frame += NR <= 64 && ($1 + .498) ^ 2 > 1e-6 } END { exit n != 1024 || frame > 0 }'
    cut -d, -f1-700 own.csv > short.csv
    run -1 metamers --vectors short.csv --output mine.tsv
    says "12 rows of 700 numbers"
    run -64 metamers --vectors own.csv --model resnet --output mine.tsv
    says "--model resnet: expected ce or ice"
    sed '2s/^[^,]*,/-.5,/' own.csv > dark.csv
    run -1 metamers --vectors dark.csv --output mine.tsv
    says "dark.csv: -0.5 in row 1, column 0 (counted from 0), expected numbers from 0 (black) to 1"
}

# folders: two small ones, of two classes that can be told apart, with images of different sizes: colourful ones and a grey one
folders() {
    local part name
    for part in train test; do
        mkdir -p $part/dark $part/light
        "$BUILD/tests/photograph" frost $part/dark 40
        "$BUILD/tests/photograph" jpeg $part/dark/one.jpg
        for name in one two three four five six; do "$BUILD/tests/photograph" png $part/light/$name.png grey; done
    done
}

@test "jacobsen2019: the networks of Table 1 learn one's own images, and go on after a kill" {
    folders
    local of="--train train --test test --batch 6 --epochs 6"
    # shellcheck disable=SC2086
    goes_on jacobsen2019/table1-images $of
    for series in fiRevNet ResNet; do within "$(value a.tsv $series . top1_error)" 0 9; done    # one of 12
    grep -q "^light	train/light/one.png	" a.images.tsv
    [ "$(wc -l < a.images.tsv)" = 25 ]
    mkdir alone other && cp -r train/dark alone && cp -r train/dark other
    # shellcheck disable=SC2086
    run -1 "$BUILD/papers/jacobsen2019/table1-images" $of --train alone --test other --profile smoke --quiet --output b.tsv
    says "alone: one class, expected a sub-directory for each of two or more"
    grep -q a.images.tsv a.json
    echo more >> train/dark/one.jpg
    "$BUILD/papers/jacobsen2019/table1-images" --profile smoke --quiet $of --output a.tsv
    run ! cmp -s whole.images.tsv a.images.tsv
}

@test "jacobsen2019: folders that do not go together are refused" {
    images() { "$BUILD/papers/jacobsen2019/table1-images" --profile smoke --quiet --batch 6 --output a.tsv "$@"; }
    folders
    run -64 images --train train; says "expected --test DIRECTORY: others, of the same classes"
    run -64 images --train train --test ./train/; says "--train train and --test ./train/: one directory, expected other images to test with"
    run -64 images --train train --test test --side 30; says "--side 30 cannot be halved 2 times"
    run -64 images --train train --test test --stages 5; says "--stages 5, expected 1 to 4"
    run -64 images --train train --test test --batch 13; says "--batch 13 of 12 examples"
    run -1 images --train train --test test/dark; says "test/dark: no sub-directories"
    head -c 90 test/light/one.png > test/light/half.png
    run -1 images --train train --test test; says "test/light/half.png: truncated"
    rm test/light/half.png
    mv test/light test/lit
    run -1 images --train train --test test; says 'class 2 is "light" here and "lit" there'
}
