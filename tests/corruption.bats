#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Corruptions of images, what they are made of, and the program for one's own images.

setup() {
    load helper
    scratch
    PHOTOGRAPH="$BUILD/tests/photograph"
}

# ---- Photographs ------------------------------------------------------------

refused() { run -1 "$PHOTOGRAPH" "$@"; }

@test "photographs: PNG of every kind and JPEG are read as RGB, gamma and transparency passed over" {
    "$PHOTOGRAPH" png
    "$PHOTOGRAPH" jpeg
}

@test "photographs: a file that is missing, cut, damaged or something else is refused" {
    refused read nothing; says "No such file"
    echo '<!DOCTYPE html><html>503</html>' > a.png; refused read a.png; says "neither a PNG nor a JPEG file"
    : > a.png; refused read a.png; says "neither a PNG nor a JPEG file"
    "$PHOTOGRAPH" png whole.png rgba
    "$PHOTOGRAPH" jpeg whole.jpg
    for whole in whole.png whole.jpg; do
        run -0 "$PHOTOGRAPH" read $whole; says "20 x 30"
        size=$(stat -c %s $whole)
        for keep in 12 40 $((size / 2)) $((size - 1)); do
            head -c $keep $whole > cut; refused read cut; says "get the file again"
        done
    done
    { head -c 100 whole.png; printf 'damaged'; tail -c +108 whole.png; } > a.png
    refused read a.png; says "get the file again"
}

@test "frost: every fifth pixel of five photographs" {
    "$PHOTOGRAPH" frost
}

@test "frost: a photograph that is missing or too small is named" {
    export DATA_DIR=data
    run -2 "$PHOTOGRAPH" ice; says "frost1.png is not here; get it with: make data/frost"
    mkdir -p data/frost
    "$PHOTOGRAPH" frost data/frost 312
    refused ice; says "frost1.png: 312 x 333 pixels, expected at least 313 in either direction"
}

# ---- Filters ----------------------------------------------------------------

filters() { both corruption_filters "$1"; }

@test "filters: what lies beyond the border, by three rules" {
    filters border
}

@test "filters: smoothing, squares of weights and motion are the sums they are defined as" {
    filters gaussian
    filters square
    filters motion
}

@test "filters: motion leaves a white pixel's light where it should" {
    filters motion-by-hand
}

@test "filters: between pixels, planes and saddles are exact, and a zoom is samples of them" {
    filters sample
    filters zoom
}

@test "filters: one colour stays one colour, and memory is given back" {
    filters constant
}

# ---- Corruptions ------------------------------------------------------------

@test "corruption: noise has the mean, the variance and the fraction of its definition" {
    both corruption noise
}

@test "corruption: brightness, saturation, contrast and pixels, by hand" {
    both corruption colours
    both corruption contrast
    both corruption pixelate
}

@test "corruption: JPEG of a grey image is the standard's transform and table" {
    both corruption jpeg
}

@test "corruption: lenses keep the light, glass copies from above and from the left, zooms add up" {
    both corruption light
    both corruption glass
    both corruption zoom
}

@test "corruption: fog, snow and frost are what they are made of" {
    both corruption fog
    both corruption snow
    both corruption frost
}

@test "corruption: elastic does what a plain twin does with the same random numbers" {
    both corruption elastic
}

@test "corruption: what mixes pixels leaves an image of one colour alone, to the byte" {
    "$BUILD/tests/corruption" constant
}

@test "corruption: each leaves bytes, and more severe is more different where the constants say so" {
    "$BUILD/tests/corruption" order
}

@test "corruption: the same seed and number give the same bytes, whatever the threads and the batch" {
    "$BUILD/tests/corruption" repeatable
}

@test "corruption: the same bytes in single and in double precision" {
    diff <("$BUILD/tests/corruption" bytes) <("$DOUBLE/tests/corruption" bytes)
    [ "$("$BUILD/tests/corruption" bytes | sort -u -k3 | wc -l)" = 90 ]
}

@test "corruption: from 16 to 62 pixels a side, square or not" {
    "$BUILD/tests/corruption" shapes
}

@test "corruption: a severity, a shape or a frost that cannot be is refused" {
    refuses() { run -1 "$BUILD/tests/corruption" refuse "$1"; says "$2"; }
    refuses severity "severity 6 of 5"
    refuses shape "images of 2976 numbers"
    refuses grey "1 channels, expected red, green and blue"
    refuses large "images of 16 x 64, expected sides of 16 to 62"
    refuses small "images of 8 x 128, expected sides of 16 to 62"
    refuses ice "frost without photographs of it"
}
