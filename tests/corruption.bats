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
            head -c $keep $whole > part; refused read part; says "get the file again"
        done
    done
    { head -c 100 whole.png; printf 'damaged'; tail -c +108 whole.png; } > a.png
    refused read a.png; says "get the file again"
    mkdir directory.png; refused read directory.png; says "not a regular file"
}

@test "photographs: a header that promises more pixels than the file can hold is not believed" {
    "$PHOTOGRAPH" jpeg a.jpg
    local at
    at=$(grep -obUaP "\xff\xc0" a.jpg | cut -d: -f1)
    printf "\xff\xdc\xff\xdc" | dd of=a.jpg bs=1 seek=$((at + 5)) conv=notrunc 2> /dev/null
    refused read a.jpg; says "the header promises 65500 x 65500 pixels, which a file of"
}

@test "photographs: the middle of each, at one size" {
    "$PHOTOGRAPH" square
}

@test "photographs: a folder of them has a class in each sub-directory" {
    mkdir -p flowers/rose flowers/aster flowers/.hidden
    refused folder nothing; says "nothing: No such file"
    refused folder flowers/rose; says "flowers/rose: no sub-directories, expected one a class"
    refused folder flowers; says "flowers/aster: no .png, .jpg or .jpeg files"
    "$PHOTOGRAPH" jpeg flowers/rose/b.JPEG
    "$PHOTOGRAPH" png flowers/rose/a.png rgba
    "$PHOTOGRAPH" png flowers/aster/z.png grey
    echo 'not an image' > flowers/aster/notes.txt
    echo 'nor this' > flowers/README.png
    mkdir flowers/tulip
    "$PHOTOGRAPH" frost flowers/tulip 40
    run -0 "$PHOTOGRAPH" folder flowers
    [ "${lines[0]% *}" = "aster z.png" ]
    [ "${lines[1]}" = "rose a.png 185" ]
    [ "${lines[2]% *}" = "rose b.JPEG" ]
    [ "${lines[3]}" = "tulip frost1.png 37" ]
    [ "${#lines[@]}" = 8 ]
    head -c 100 flowers/rose/a.png > flowers/aster/cut.png
    refused folder flowers; says "flowers/aster/cut.png: truncated; get the file again"
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

@test "corruption: numbers are cut off after the point, not rounded" {
    both corruption cut
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

# ---- The program for one's own images ---------------------------------------

# array TYPE SHAPE: the header of an NPY file; the numbers follow
array() {
    local text="{'descr': '$1', 'fortran_order': False, 'shape': $2, }"
    printf '\x93NUMPY\x01\x00'
    printf "\\x$(printf %02x $((${#text} % 256)))\\x00%s" "$text"
}

# Three images of 20 x 18 pixels, all numbers between 80 and 167, and their labels
prepare() {
    CORRUPT="$BUILD/papers/bontonou2019/corrupt"
    export DATA_DIR=data
    small_frost data
    { array '|u1' '(3, 20, 18, 3)'
      awk 'BEGIN { for (e = 0; e < 3240; e++) printf "%c", 80 + e % 48 }'; } > x.npy
    { array '|u1' '(3,)'; printf '\x05\x00\xff'; } > y.npy
}

# shape FILE: as its header says
shape() { head -c 128 "$1" | tr -d '\0' | grep -ao "'shape': ([0-9, ]*)"; }

mine() { "$CORRUPT" --images x.npy --labels y.npy --quiet "$@"; }

@test "corrupt: five severities one after the other under the published names, and labels" {
    prepare
    mine --output mine/changes.tsv
    [ "$(ls mine/*.npy | wc -l)" = 19 ]
    for name in gaussian_noise shot_noise impulse_noise defocus_blur glass_blur motion_blur zoom_blur snow frost fog \
                brightness contrast elastic_transform pixelate jpeg_compression; do
        [ "$(shape mine/$name.npy)" = "'shape': (15, 20, 18, 3)" ]
        [ "$(stat -c %s mine/$name.npy)" = $((128 + 15 * 1080)) ]
        [ "$(awk -F'\t' -v n=$name '$1 == n && $3 == "mean_change" && $4 > 0' mine/changes.tsv | wc -l)" = 5 ]
    done
    [ "$(shape mine/labels.npy)" = "'shape': (15,)" ]
    [ "$(tail -c 15 mine/labels.npy | od -An -tu1 | tr -s ' \n' ' ')" = " 5 0 255 5 0 255 5 0 255 5 0 255 5 0 255 " ]
    # Severity 1 in front: of 80, 81 and 82 the largest grows by 0.05 of 255 to 94.75, the others by the same factor.
    [ "$(tail -c $((15 * 1080)) mine/brightness.npy | head -c 3 | od -An -tu1 | tr -s ' ')" = " 92 93 94" ]
    grep -q '"x.npy": "[0-9a-f]\{64\}"' mine/changes.json
    grep -q 'frost5.jpg": "[0-9a-f]\{64\}"' mine/changes.json
}

@test "corrupt: the same seed gives the same bytes, killed or not; another other ones" {
    prepare
    mine --output a/changes.tsv
    mine --output a/changes.tsv
    "$CORRUPT" --images x.npy --quiet --threads 2 --output b/changes.tsv
    [ ! -e b/labels.npy ]
    cp y.npy b/labels.npy && cp a/labels.npy b/labels.npy
    for file in a/*.npy a/changes.tsv; do cmp "$file" "b/${file#a/}"; done
    mine --seed 2 --output c/changes.tsv
    run ! cmp a/fog.npy c/fog.npy
    cmp a/contrast.npy c/contrast.npy
    "$CORRUPT" --images x.npy --quiet --output a/changes.tsv
    [ ! -e a/labels.npy ]          # those of the earlier run are of nothing here
}

@test "corrupt: killed, it goes on with the corruption where it was" {
    prepare
    mine --output whole/changes.tsv
    checkpointed cut/changes.checkpoint "$CORRUPT" --images x.npy --labels y.npy --quiet --checkpoint-every 0 --output cut/changes.tsv
    mine --output cut/changes.tsv
    diff whole/changes.tsv cut/changes.tsv
    for file in whole/*.npy; do cmp "$file" "cut/${file#whole/}"; done
}

@test "corrupt: what is there is not written over, and what is read least of all" {
    prepare
    mkdir here && cp y.npy here/labels.npy
    run -64 "$CORRUPT" --images x.npy --output here/changes.tsv
    says "here/labels.npy is there and would be written over"
    : > here/changes.tsv
    run -64 "$CORRUPT" --images x.npy --labels here/labels.npy --output here/changes.tsv
    says "here/labels.npy is there and would be written over"
    cmp y.npy here/labels.npy
    ln x.npy x.tsv
    run -64 "$CORRUPT" --images x.npy --output x.tsv
    says "x.tsv would be written over"
}

@test "corrupt: images that are none, grey or of a wrong size, and labels of others, are refused" {
    prepare
    refused() { run -"$1" "$CORRUPT" "${@:2}" --output mine/changes.tsv; }
    refused 1 --images nothing.npy; says "No such file"
    { array '|u1' '(1, 20, 63, 3)'; head -c 3780 /dev/zero; } > large.npy
    refused 1 --images large.npy; says "large.npy: images of 20 x 63, expected 16 to 62 pixels a side"
    { array '|u1' '(1, 15, 20, 3)'; head -c 900 /dev/zero; } > small.npy
    refused 1 --images small.npy; says "images of 15 x 20, expected"
    { array '|u1' '(1, 20, 20, 1)'; head -c 400 /dev/zero; } > grey.npy
    refused 1 --images grey.npy; says "expected images as n x height x width x 3"
    { array '|u1' '(2,)'; printf '\x05\x00'; } > few.npy
    refused 1 --images x.npy --labels few.npy; says "few.npy: 2 labels of 3 images"
    refused 64 --images x.npy --set svhn; says "expected one of them"
    refused 64 --labels y.npy; says "expected --images"
    refused 64 --set mnist; says "--set mnist: expected cifar-10, cifar-100 or svhn"
    refused 2 --set svhn; says "make data/svhn"
    rm data/frost/frost3.png
    refused 2 --images x.npy; says "frost3.png is not here; get it with: make data/frost"
    [ ! -e mine/changes.tsv ]
}

# ---- The gallery ------------------------------------------------------------

@test "gallery: an image and its 75 corruptions as one picture, and more change where more severe" {
    export DATA_DIR=data
    small_frost data
    small_colour_sets data
    "$BUILD/papers/bontonou2019/gallery-corruptions" --profile smoke --quiet --output g.tsv
    [ "$(head -c 24 g.corruptions.png | tail -c 8 | od -An -tx1 | tr -d ' ')" = 000001e0000000c0 ]    # 480 x 192
    [ "$(awk -F'\t' '$3 == "mean_change"' g.tsv | wc -l)" = 80 ]
    for name in all brightness contrast gaussian_noise; do
        awk -F'\t' -v n=$name '$1 == n && $3 == "mean_change" { if ($4 <= before) exit 1; before = $4 }' g.tsv
    done
    run -64 "$BUILD/papers/bontonou2019/gallery-corruptions" --profile smoke --image 10001 --output h.tsv
    says "there are 10000 test images"
}
