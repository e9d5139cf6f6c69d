#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the readers say to files that are broken, and what they make of whole ones.

setup() {
    load helper
    scratch
    DATA="$BUILD/tests/data"
    export DATA_DIR="$SCRATCH/data"
}

# Headers in hexadecimal: magic, then dimensions of four bytes.
bytes() { local hex="$*"; hex=${hex// /}; printf "$(sed 's/../\\x&/g' <<< "$hex")"; }
images_header() { bytes 00000803 "$@"; }

# npy VERSION DICTIONARY: preamble and header; the numbers follow
npy() {
    printf '\x93NUMPY'
    case $1 in
        1) printf "\\x01\\x00\\x$(printf %02x ${#2})\\x00%s" "$2" ;;
        2) printf "\\x02\\x00\\x$(printf %02x ${#2})\\x00\\x00\\x00%s" "$2" ;;
        *) printf "\\x0$1\\x00\\x$(printf %02x ${#2})\\x00%s" "$2" ;;
    esac
}

# refused READER FILE ...: status 1, one line, which begins with the file
refused() { refuses_file data "$@"; }

@test "data: batches, subsets and round trips hold in float and in double" {
    "$DATA"
    "$DOUBLE/tests/data"
}

# ---- IDX --------------------------------------------------------------------

@test "data: an IDX file that is missing, or a directory, is named" {
    refused images nothing; says "No such file"
    refused images .; says "not a regular file"
}

@test "data: an IDX header with another magic, type or number of dimensions is refused" {
    bytes 12345678 00000001 > a; refused images a; says "magic 0x12345678, expected 0x00000803"
    bytes 00000d03 00000001 > a; refused images a; says "type 0x0d, expected 0x08"
    bytes 00000801 00000001 > a; refused images a; says "1 dimensions, expected 3 (images)"
    bytes 00000803 00000001 > a; refused labels a 1 10; says "3 dimensions, expected 1 (labels)"
}

@test "data: an empty or cut IDX header is truncated" {
    : > a; refused images a; says "truncated: it ends within its header"
    bytes 0000 > a; refused images a; says "truncated: it ends within its header"
    images_header 00000001 0000 > a; refused images a; says "truncated: it ends within its header"
}

@test "data: IDX dimensions that overflow, promise the impossible or are 0 are refused" {
    images_header ffffffff ffffffff ffffffff > a; refused images a; says "overflows"
    images_header 7fffffff 0000001c 0000001c > a
    refused images a; says "promises 1683627179248 bytes, which a file of 16 bytes cannot hold"
    images_header 00000001 00000000 0000001c > a; refused images a; says "dimension 1 is 0"
    bytes 00000801 7fffffff > a; refused labels a 2147483647 10; says "cannot hold"
}

@test "data: IDX pixels that end early or go on are refused, compressed or not" {
    { images_header 00000002 00000002 00000002; printf 1234567; } > short
    { images_header 00000002 00000002 00000002; printf 123456789; } > long
    refused images short; says "truncated: it ends within its pixels"
    refused images long; says "bytes follow after the 8"
    gzip -k short long
    refused images short.gz; says "truncated: it ends within its pixels"
    refused images long.gz; says "bytes follow after the 8"
}

@test "data: a gzip stream that breaks off is truncated, wherever it does" {
    { images_header 00000040 00000010 00000010; head -c 16384 "$DATA"; } > whole
    gzip -k whole
    "$DATA" images whole.gz
    size=$(stat -c %s whole.gz)
    for keep in 20 $((size / 2)) $((size - 9)) $((size - 8)) $((size - 1)); do
        head -c "$keep" whole.gz > cut.gz
        refused images cut.gz; says "truncated"
    done
}

@test "data: a gzip stream with a wrong checksum or a flipped bit is damaged" {
    { images_header 00000040 00000010 00000010; head -c 16384 "$DATA"; } > whole
    gzip -k whole
    size=$(stat -c %s whole.gz)
    cp whole.gz a.gz; printf '\xaa\x55' | dd of=a.gz bs=1 seek=$((size - 8)) conv=notrunc 2>/dev/null
    refused images a.gz; says "damaged"
    cp whole.gz a.gz; printf '\xff\xff\xff\xff' | dd of=a.gz bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null
    refused images a.gz; says "get the file again"
}

@test "data: a web page under the name of an archive is not gzip" {
    echo '<!DOCTYPE html><html>503</html>' > a.gz
    refused images a.gz; says "not a gzip file in spite of its name"
}

@test "data: IDX labels out of range, too few or too many for the images are refused" {
    { bytes 00000801 00000003; printf '\x00\x09\x0a'; } > a
    refused labels a 3 10; says "label 10 of example 2, expected 0 to 9"
    refused labels a 4 11; says "3 labels for 4 images"
    refused labels a 2 11; says "3 labels for 2 images"
    run -0 "$DATA" labels a 3 11; says "0 9 10"
    { bytes 00000801 00000003; printf '\x00\x09'; } > a
    refused labels a 3 10; says "truncated: it ends within its labels"
}

# ---- NPY --------------------------------------------------------------------

@test "data: NPY of every type we take, versions 1 and 2, one and two dimensions" {
    { npy 1 "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"; bytes 0000803f 000000c0; } > a
    run -0 "$DATA" matrix a; says "2 x 1: 1 -2"
    { npy 2 "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }"; bytes 000000000000f03f 00000000000000c0; } > a
    run -0 "$DATA" matrix a; says "1 x 2: 1 -2"
    { npy 1 "{'shape': (2, 1), 'fortran_order': False, 'descr': '<i4'}"; bytes 01000000 feffffff; } > a
    run -0 "$DATA" matrix a; says "2 x 1: 1 -2"
    { npy 1 "{'descr':'<i8','fortran_order':False,'shape':(2,)}"; bytes 0700000000000000 0900000000000000; } > a
    run -0 "$DATA" matrix a; says "2 x 1: 7 9"
    run -0 "$DATA" classes a 10; says "7 9"
    # of half precision: the greatest, the least normal one, the least of all, and -2
    { npy 1 "{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }"; bytes ff7b 0004 0100 00c0; } > a
    run -0 "$DATA" matrix a; says "4 x 1: 65504 6.10352e-05 5.96046e-08 -2"
    { npy 1 "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }"; bytes 07 ff; } > a
    run -0 "$DATA" matrix a; says "2 x 1: 7 255"
    run -0 "$DATA" classes a 0; says "7 255"
    { npy 1 "{'descr': '|i1', 'fortran_order': False, 'shape': (2,), }"; bytes 07 ff; } > a
    run -0 "$DATA" matrix a; says "2 x 1: 7 -1"
}

@test "data: NPY with another type, byte order or element order is refused with a remedy" {
    { npy 1 "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }"; bytes 00000000 00000000; } > a
    refused matrix a; says "type <c8, expected one of f2 f4 f8 i1 i4 i8 u1; save x.astype('<f4')"
    for type in '<U11' '|S3' '|O'; do
        npy 1 "{'descr': '$type', 'fortran_order': False, 'shape': (1,), }" > a
        refused classes a 0; says "type $type holds words or objects, expected numbers; save words as .csv"
    done
    { npy 1 "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }"; bytes 00000000; } > a
    refused matrix a; says "big-endian, expected little-endian; save x.astype('<f4')"
    { npy 1 "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }"; bytes 00000000; } > a
    refused matrix a; says "Fortran order"
    { npy 1 "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }"; bytes 00000000; } > a
    refused matrix a; says "array of records"
}

@test "data: NPY that is not NPY, of version 3, or cut within its header is refused" {
    echo '<!DOCTYPE html>' > a; refused matrix a; says "not an NPY file"
    : > a; refused matrix a; says "empty, expected an array"
    npy 3 "{}" > a; refused matrix a; says "version 3.0, expected 1.0 or 2.0"
    npy 1 "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }" > a
    truncate -s 40 a; refused matrix a; says "truncated within its header"
    bytes 934e554d5059 0200 ffffffff > a; refused matrix a; says "a header of 4294967295 bytes"
}

@test "data: NPY shapes that overflow, are empty, absent or have three dimensions are refused" {
    shape() { npy 1 "{'descr': '<f8', 'fortran_order': False, 'shape': $1, }" > a; refused matrix a; }
    shape "(4294967296, 4294967296)"; says "overflows"
    shape "(2305843009213693952, 2)"; says "overflows"
    shape "(99999999999999999999999, 2)"; says "dimension 0 of the shape overflows"
    shape "(0, 2)"; says "shape (0, 2): expected whole numbers from 1; was an empty array saved?"
    shape "(-1, 2)"; says "shape (-1, 2): expected whole numbers from 1"
    shape "(1, 2, 3)"; says "more than two dimensions"
    shape "()"; says "a single number"
    shape "None"; says "no 'shape'"
}

@test "data: NPY shorter or longer than its shape is refused" {
    head="{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
    { npy 1 "$head"; printf 123456789012345; } > a; refused matrix a; says "truncated"
    { npy 1 "$head"; printf 12345678901234567; } > a; refused matrix a; says "1 bytes follow after the 2 x 2 numbers"
    npy 1 "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000), }" > a
    refused matrix a; says "truncated"
}

@test "data: NPY labels must be integers in one dimension and in range" {
    { npy 1 "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }"; bytes 0000803f; } > a
    refused classes a 10; says "expected integer labels; save y.astype('<i4')"
    { npy 1 "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2), }"; bytes 01000000 01000000; } > a
    refused classes a 10; says "one dimension; save y.ravel()"
    { npy 1 "{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }"; bytes 003c; } > a
    refused classes a 10; says "type <f2, expected integer labels"
    { npy 1 "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }"; bytes 09000000 ffffffff; } > a
    refused classes a 10; says "label -1 of example 1, expected 0 to 9"
    refused classes a 9; says "label 9 of example 0, expected 0 to 8"
    { npy 1 "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }"; bytes 0000000001000000; } > a
    refused classes a 0; says "label 4294967296 of example 0"
}

@test "data: a double that single precision cannot hold is refused in that build" {
    { npy 1 "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }"; bytes 000000000000f07e; } > a
    refused matrix a; says "too large for single precision"
    run -0 "$DOUBLE/tests/data" matrix a
}

@test "data: what npy_write leaves starts its numbers at a multiple of 64 bytes" {
    "$DATA" write a.npy
    [ "$(stat -c %s a.npy)" = $((128 + 6 * 4)) ]
    [ "$(head -c 128 a.npy | tail -c 1 | od -An -tx1 | tr -d ' ')" = 0a ]
    run -0 "$DATA" matrix a.npy; says "3 x 2: 1 2 3 4 5 -0.5"
    [ ! -e a.npy.tmp ]
}

@test "data: arrays in an archive, compressed and not, damaged, cut and absent" {
    "$BUILD/tests/npz"
    "$DOUBLE/tests/npz"
}

@test "data: NPY images have four dimensions, of bytes, and the last is the channels" {
    { npy 1 "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1, 2, 3), }"; bytes 00ff00ff00ff 00ff00ff00ff; } > a
    run -0 "$DATA" photographs a; says "2 x 1 x 2 x 3, mean 0.5"
    refused matrix a; says "more than two dimensions; save x.reshape(len(x), -1)"
    refused classes a; says "more than two dimensions"
    { npy 1 "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 3), }"; bytes 00ff00ff00ff 00ff00ff00ff; } > a
    refused photographs a; says "3 dimensions, 6 numbers each, expected images as n x height x width x 3"
    { npy 1 "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3, 2, 2), }"; bytes 00ff00ff00ff 00ff00ff00ff; } > a
    refused photographs a; says "expected images as n x height x width x 3"
    { npy 1 "{'descr': '<f2', 'fortran_order': False, 'shape': (1, 1, 1, 3), }"; bytes 003c003c003c; } > a
    refused photographs a; says "expected bytes from 0 to 255"
    npy 1 "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1, 1, 3), }" > a
    refused photographs a; says "more than 4 dimensions"
    npy 1 "{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4294967296, 3), }" > a
    refused photographs a; says "dimension 2 of the shape overflows"
}

# ---- Sets -------------------------------------------------------------------

@test "data: a set that is not here is status 2, and the message ends in how to get it" {
    for set in mnist fashion-mnist emnist-balanced emnist47 notmnist; do
        run -2 "$DATA" set $set
        [[ $output == *"$DATA_DIR/$set/"*" is not here; get it with: make data/$set" ]]
    done
    run -1 "$DATA" set mnits
    says "no data set \"mnits\"; there are: mnist"
}

# A set of one's own: two images of 2 x 2 in each part, EMNIST's lying.
tiny_set() {
    mkdir -p "data/$1"
    for part in train test; do
        { images_header 00000002 00000002 "$2"; bytes 00ff0000 00ff0000; } | gzip > data/$1/$1-$part-images-idx3-ubyte.gz
        { bytes 00000801 00000002; printf "\\x00\\x$3"; } | gzip > data/$1/$1-$part-labels-idx1-ubyte.gz
    done
}

@test "data: the official EMNIST Balanced is read under its files' own names, and is no stand-in" {
    tiny_set emnist-balanced 00000002 2e
    run -0 "$DATA" set emnist-balanced
    [ "$(value <(echo "$output") train . examples)" = 2 ]
    says $'title\t.\t.\tEMNIST Balanced\nnote\t.\t.\t.'
    says $'last class\t.\t.\tt'
}

@test "data: a damaged set is status 1 and names the file" {
    tiny_set emnist47 00000002 2e
    run -0 "$DATA" set emnist47
    [ "$(value <(echo "$output") train . examples)" = 2 ]
    says "stand-in"
    tiny_set emnist47 00000002 2f
    run -1 "$DATA" set emnist47
    says "emnist47-train-labels-idx1-ubyte.gz: label 47 of example 1, expected 0 to 46"
}

# here SET: with a real set, or not at all
here() {
    export DATA_DIR="$SUITE/data"
    "$DATA" set "$1" > set.tsv 2> why || skip "$(cat why)"
}

@test "data: Fashion-MNIST has 6000 images a class and a mean pixel of 0.2860" {
    here fashion-mnist
    [ "$(value set.tsv train . examples)" = 60000 ]
    [ "$(value set.tsv test . examples)" = 10000 ]
    [ "$(value set.tsv train . least)" = 6000 ]
    [ "$(value set.tsv train . most)" = 6000 ]
    within "$(value set.tsv train . mean)" 0.2860 0.0001
}

@test "data: MNIST has a mean pixel of 0.1307" {
    here mnist
    [ "$(value set.tsv train . examples)" = 60000 ]
    within "$(value set.tsv train . mean)" 0.1307 0.0001
}

@test "data: the EMNIST stand-in says what it is, and its letters stand upright" {
    here emnist47
    [ "$(value set.tsv train . examples)" = 95653 ]
    [ "$(value set.tsv test . least)" = 400 ]
    [ "$(value set.tsv test . most)" = 400 ]
    grep -q "not the official split" set.tsv
    # 1.45 upright; lying, the inverse of that
    awk -v r="$(value set.tsv L . corners)" 'BEGIN { exit !(r > 1.2) }'
}

@test "data: EMNIST Balanced has 2400 characters a class, 400 for testing, and stands upright" {
    here emnist-balanced
    [ "$(value set.tsv train . least)" = 2400 ]
    [ "$(value set.tsv train . most)" = 2400 ]
    [ "$(value set.tsv test . least)" = 400 ]
    [ "$(value set.tsv test . most)" = 400 ]
    awk -v r="$(value set.tsv L . corners)" 'BEGIN { exit !(r > 1.2) }'
}
