#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Colour images: what the readers make of whole files, what they say to broken
# ones, which files make a set, and what augmentation does to a batch.

setup() {
    load helper
    scratch
    IMAGES="$BUILD/tests/images"
    export DATA_DIR="$SCRATCH/data"
}

# refused READER FILE ...: status 1, one line, which begins with the file
refused() { refuses_file images "$@"; }

# set_byte FILE OFFSET HEX
set_byte() { printf "\\x$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2> /dev/null; }

@test "images: CIFAR, PNG strips, SVHN and mosaics come back number by number, in float and in double" {
    "$IMAGES"
    "$DOUBLE/tests/images"
}

# ---- CIFAR ------------------------------------------------------------------

@test "images: CIFAR files that are missing, a directory or empty are named" {
    refused cifar nothing 10 3; says "No such file"
    refused cifar . 10 3; says "not a regular file"
    : > a; refused cifar a 10 3; says "truncated: it ends within record 0 of 3"
}

@test "images: a CIFAR file of more or fewer records than expected is refused" {
    "$IMAGES" records a 10 3
    refused cifar a 10 4; says "truncated: it ends within record 3 of 4"
    refused cifar a 10 2; says "bytes follow after the 6146 that are expected"
    truncate -s -1 a; refused cifar a 10 3; says "truncated: it ends within record 2 of 3"
}

@test "images: CIFAR labels out of range tell which, and a file of the other form is found out" {
    "$IMAGES" records a 10 3; set_byte a 3073 0a
    refused cifar a 10 3; says "label 10 of record 1, expected 0 to 9; is it a file of this form?"
    "$IMAGES" records a 100 3; set_byte a 3074 14
    refused cifar a 100 3; says "coarse label 20 of record 1, expected 0 to 19"
    "$IMAGES" records a 100 3; set_byte a 1 64
    refused cifar a 100 3; says "label 100 of record 0, expected 0 to 99"
    "$IMAGES" records a 100 3; refused cifar a 10 3; says "is it a file of this form?"
}

@test "images: an xz stream that breaks off, is damaged or goes on is refused" {
    "$IMAGES"                                          # leaves 23 records, packed
    xz=packed.bin.xz size=$(stat -c %s packed.bin.xz)
    run -0 "$IMAGES" cifar $xz 100 23; says "23 x 3072"
    for keep in 12 100 $((size / 2)) $((size - 12)) $((size - 1)); do
        head -c "$keep" $xz > cut.xz
        refused cifar cut.xz 100 23; says "truncated"
    done
    cp $xz a.xz; set_byte a.xz $((size / 2)) 55; set_byte a.xz $((size / 2 + 1)) aa
    refused cifar a.xz 100 23; says "damaged within record"; says "get the file again"
    cp $xz a.xz; echo 'and so on, and on, and on' >> a.xz
    refused cifar a.xz 100 23; says "damaged at its end"
    refused cifar $xz 100 22; says "bytes follow after the 67628 that are expected"
}

@test "images: a web page under the name of an archive is neither gzip nor xz" {
    echo '<!DOCTYPE html><html>503</html>' > a.gz; cp a.gz a.xz
    refused cifar a.gz 10 1; says "not a gzip file in spite of its name"
    refused cifar a.xz 10 1; says "not an xz file in spite of its name"
}

# ---- PNG strips -------------------------------------------------------------

@test "images: PNG strips of another size, depth or colour type, or interlaced, are refused" {
    "$IMAGES" png a 5 1024 rgb
    run -0 "$IMAGES" strip a 5 1024; says "5 x 3072"
    refused strip a 6 1024; says "5 lines of 1024 pixels, expected 6 of 1024"
    refused strip a 5 1023; says "5 lines of 1024 pixels, expected 5 of 1023"
    "$IMAGES" png a 5 1024 grey; refused strip a 5 1024; says "colour type 0 and 8 bits, expected type 2"
    "$IMAGES" png a 5 1024 deep; refused strip a 5 1024; says "colour type 2 and 16 bits, expected type 2 (RGB) and 8"
    "$IMAGES" png a 5 1024 interlaced; refused strip a 5 1024; says "interlaced"
}

@test "images: a PNG strip that is missing, cut, damaged or no PNG is refused" {
    refused strip nothing 5 1024; says "No such file"
    echo '<!DOCTYPE html><html>503</html>' > a; refused strip a 5 1024; says "Not a PNG file; get the file again"
    "$IMAGES" png whole 5 1024 rgb
    size=$(stat -c %s whole)
    for keep in 0 5 20 $((size / 2)) $((size - 13)) $((size - 1)); do
        head -c "$keep" whole > a; refused strip a 5 1024; says "truncated; get the file again"
    done
    cp whole a; set_byte a $((size / 2)) 55; set_byte a $((size / 2 + 1)) aa
    refused strip a 5 1024; says "get the file again"
}

@test "images: lists of labels that are no list, too long or too short, or out of range are refused" {
    list() { printf '%s' "$1" > a; refused labels a 3 10; }
    printf '[1,2,3]' > a; run -0 "$IMAGES" labels a 3 10
    refused labels nothing 3 10; says "No such file"
    list ''; says "does not begin with a bracket"
    list '{"labels":[1,2,3]}'; says "does not begin with a bracket"
    list '[1,2]'; says "2 labels, expected 3"
    list '[1,2,3,4]'; says "the list goes on after the 3 labels"
    list '[1,2,3'; says "entry 2 is no integer followed by"
    list '[]'; says "entry 0 is no integer"
    list '[1,"2",3]'; says "entry 1 is no integer"
    list '[1,2.5,3]'; says "entry 1 is no integer"
    list '[1,10,3]'; says "label 10 of example 1, expected 0 to 9"
    list '[1,2,-3]'; says "label -3 of example 2, expected 0 to 9"
    list '[1,2,99999999999999999999]'; says "entry 2 is no integer"
    list '[1,2,3] and so on'; says "text after the closing bracket"
}

# ---- SVHN -------------------------------------------------------------------

@test "images: SVHN variables of another name, type or shape, and labels out of range, are refused" {
    "$IMAGES" mat a 5 good
    run -0 "$IMAGES" svhn a; says "5 x 3072"; says "labels 3 0 7 4 1"
    "$IMAGES" mat a 5 nameless; refused svhn a; says "no variable X, expected X and y"
    "$IMAGES" mat a 5 double; refused svhn a; says "X is of class 6, expected 9 (uint8)"
    "$IMAGES" mat a 5 flat; refused svhn a; says "X has 3 dimensions, expected 4"
    "$IMAGES" mat a 5 small; refused svhn a; says "X is 31 x 32 x 3 x 5, expected 32 x 32 x 3 x n"
    "$IMAGES" mat a 5 short; refused svhn a; says "y is 4 x 1 in 2 dimensions, expected 5 x 1"
    "$IMAGES" mat a 5 eleven; refused svhn a; says "label 11 of example 4, expected 1 to 10"
}

@test "images: a MATLAB file that is missing, cut anywhere, damaged or none is refused" {
    refused svhn nothing; says "No such file"
    { echo '<!DOCTYPE html><html>503</html>'; head -c 500 /dev/zero; } > a
    refused svhn a; says "not a MATLAB file, version 5"
    "$IMAGES" mat packed 5 good
    "$IMAGES"; mv svhn.mat whole                     # the last of its files: packed as well
    for file in packed whole; do
        size=$(stat -c %s $file)
        for keep in 0 127 130 $((size / 2)) $((size - 1)); do
            head -c "$keep" $file > a; refused svhn a; says "get the file again"
        done
    done
    cp packed a; for at in 400 401 402 403 404 405 406 407; do set_byte a $at 55; done
    refused svhn a; says "damaged within X"
}

# ---- Sets -------------------------------------------------------------------

@test "images: a colour set that is not here is status 2, and the message ends in how to get it" {
    for set in cifar-10 cifar-100 svhn; do
        run -2 "$IMAGES" set $set
        [[ $output == *"$DATA_DIR/$set/"*" is not here; get it with: make data/$set" ]]
    done
}

# Official files of CIFAR-10, nearly all zeros: airplanes in the dark. Label and first pixel
# of each file say which it is.
dark_records() {
    mkdir -p data/cifar-10
    number=0
    for batch in data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch; do
        number=$((number + 1))
        { printf "\\x0$number\\x0$number"; head -c 30729998 /dev/zero; } |
            gzip -1 > data/cifar-10/$batch.bin.gz
    done
}

@test "images: CIFAR-10's official records are taken where all six are here, and a bad one is named" {
    dark_records
    "$IMAGES" set cifar-10 > set.tsv
    [ "$(value set.tsv shape . .)" = "32 x 32 x 3" ]
    [ "$(value set.tsv train . examples)" = 50000 ]
    [ "$(value set.tsv test . examples)" = 10000 ]
    [ "$(value set.tsv train . most)" = 49995 ]
    [ "$(value set.tsv train . fifths)" = "1:1 2:2 3:3 4:4 5:5" ]
    [ "$(value set.tsv test . fifths)" = "6:6 0:0 0:0 0:0 0:0" ]
    [ "$(value set.tsv train 0 mean)" = 0.00000 ]
    [ "$(value set.tsv file 5 .)" = "$DATA_DIR/cifar-10/test_batch.bin.gz" ]
    head -c 20000000 /dev/zero | gzip -1 > data/cifar-10/data_batch_4.bin.gz
    run -1 "$IMAGES" set cifar-10
    says "data_batch_4.bin.gz: truncated: it ends within record 6508 of 10000"
    rm data/cifar-10/data_batch_4.bin.gz
    run -2 "$IMAGES" set cifar-10; says "train_lables.json is not here"
}

@test "images: CIFAR-10 as PNG strips is read with its two lists" {
    mkdir -p data/cifar-10
    "$IMAGES" png data/cifar-10/test_batch.png 10000 1024 rgb
    for batch in 1 2 3 4 5; do ln -s test_batch.png data/cifar-10/data_batch_$batch.png; done
    list() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "%s%d", i ? "," : "[", i % 10; print "]" }'; }
    list 50000 > data/cifar-10/train_lables.json
    run -2 "$IMAGES" set cifar-10; says "test_lables.json is not here"
    list 10000 > data/cifar-10/test_lables.json
    "$IMAGES" set cifar-10 > set.tsv
    for part in train test; do
        [ "$(value set.tsv $part . labels)" = "0 1 2 3" ]
        [ "$(value set.tsv $part . least)" = "$(value set.tsv $part . most)" ]
        [ "$(value set.tsv $part . pixels)" = "0 101 202 3 104 205 6 107 208 7 108 209" ]
    done
    [ "$(value set.tsv file 7 .)" = "$DATA_DIR/cifar-10/test_batch.png" ]
    list 9999 > data/cifar-10/test_lables.json
    run -1 "$IMAGES" set cifar-10; says "test_lables.json: 9999 labels, expected 10000"
    list 10000 > data/cifar-10/test_lables.json
    rm data/cifar-10/data_batch_3.png
    run -2 "$IMAGES" set cifar-10; says "data_batch_3.png is not here; get it with: make data/cifar-10"
}

@test "images: CIFAR-100 and SVHN are found under their files' own names" {
    mkdir -p data/cifar-100 data/svhn
    head -c 153700000 /dev/zero | gzip -1 > data/cifar-100/train.bin.gz
    head -c 30740000 /dev/zero > data/cifar-100/test.bin
    "$IMAGES" set cifar-100 > set.tsv
    [ "$(value set.tsv train . most)" = 50000 ]
    [ "$(value set.tsv test . most)" = 10000 ]
    "$IMAGES" mat data/svhn/train_32x32.mat 20 good
    "$IMAGES" mat data/svhn/test_32x32.mat 10 good
    "$IMAGES" set svhn > set.tsv
    [ "$(value set.tsv shape . .)" = "32 x 32 x 3" ]
    [ "$(value set.tsv train . least)" = 2 ]
    [ "$(value set.tsv test . examples)" = 10 ]
    "$IMAGES" mat data/svhn/test_32x32.mat 10 eleven
    run -1 "$IMAGES" set svhn; says "test_32x32.mat: label 11"
}

# here SET: with a real set, or not at all
here() {
    export DATA_DIR="$SUITE/data"
    "$IMAGES" set "$1" > set.tsv 2> why || skip "$(cat why)"
}

# statistics PART LEAST MEANS SDS: of a set as published
statistics() {
    [ "$(value set.tsv "$1" . least)" = "$2" ]
    [ "$(value set.tsv "$1" . most)" = "$2" ]
    channel=0
    for mean in $3; do
        within "$(value set.tsv "$1" $channel mean)" "$mean" 0.00011
        channel=$((channel + 1))
    done
    channel=0
    for sd in $4; do
        within "$(value set.tsv "$1" $channel sd)" "$sd" 0.00011
        channel=$((channel + 1))
    done
}

@test "images: CIFAR-10 has 5000 images a class, its known means, and a frog in front" {
    here cifar-10
    statistics train 5000 "0.4914 0.4822 0.4465" "0.2470 0.2435 0.2616"
    [ "$(value set.tsv test . least)" = 1000 ]
    [ "$(value set.tsv test . most)" = 1000 ]
    [ "$(value set.tsv train . labels)" = "6 9 9 4" ]
    [ "$(value set.tsv test . labels)" = "3 8 8 0" ]
    [ "$(value set.tsv train . pixels)" = "59 62 63 43 46 45 50 48 43 16 20 20" ]
}

@test "images: CIFAR-100 has 500 images a class and its known means" {
    here cifar-100
    statistics train 500 "0.5071 0.4865 0.4409" "0.2673 0.2564 0.2762"
    [ "$(value set.tsv test . least)" = 100 ]
    [ "$(value set.tsv test . most)" = 100 ]
}

@test "images: SVHN has 73257 and 26032 digits" {
    here svhn
    [ "$(value set.tsv train . examples)" = 73257 ]
    [ "$(value set.tsv test . examples)" = 26032 ]
    within "$(value set.tsv train 0 mean)" 0.4377 0.001
}

# ---- Augmentation -----------------------------------------------------------

augment() { "$BUILD/tests/augment" "$1" && "$DOUBLE/tests/augment" "$1"; }

@test "augment: a shift moves every pixel by what it says, and zeros follow" {
    augment shift
}

@test "augment: a flip mirrors, and twice is as if never" {
    augment flip
}

@test "augment: shifts and flips are uniform, all combinations of them" {
    augment uniform
}

@test "augment: what is not asked for is neither done nor drawn" {
    augment asked
}

@test "augment: the same stream gives the same bytes, whatever the batches and the threads" {
    augment repeatable
}
