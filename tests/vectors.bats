#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What people bring: vectors and labels as text or as arrays, whole and broken.
# tests/vectors.c says what the program does.

setup() {
    load helper
    scratch
    VECTORS="$BUILD/tests/vectors"
}

# refused WHAT FILE ...: status 1, one line, which begins with the file
refused() { refuses_file vectors "$@"; }

# table TEXT: becomes a.csv, in which \n and \t mean what they say
table() { printf "$1" > a.csv; }

# array TYPE SHAPE: the header of an NPY file of version 1
array() {
    local header="{'descr': '$1', 'fortran_order': False, 'shape': $2, }"
    printf "\x93NUMPY\x01\x00\\x$(printf %02x ${#header})\x00%s" "$header"
}

@test "vectors: numbers come back from CSV, TSV and NPY bit for bit, in float and in double" {
    "$VECTORS"
    "$DOUBLE/tests/vectors"
}

@test "vectors: comma, tab or semicolon; blanks, quotes, CRLF, a byte order mark, no last newline" {
    table '1,2\n3,-4e-1\n';          run -0 "$VECTORS" read a.csv; says "2 x 2: 1 2 3 -0.4"
    table '1\t2\n3\t4';              run -0 "$VECTORS" read a.csv; says "2 x 2: 1 2 3 4"
    table '1;2\r\n3;4\r\n';          run -0 "$VECTORS" read a.csv; says "2 x 2: 1 2 3 4"
    table ' 1 , +2\n"3"," .4"\n';    refused read a.csv; says 'line 2, column 2: " .4"'
    table ' 1 , +2\n"3" , ".4" \n';  run -0 "$VECTORS" read a.csv; says "2 x 2: 1 2 3 0.4"
    table '\xef\xbb\xbf1,2\n3,4\n';  run -0 "$VECTORS" read a.csv; says "2 x 2: 1 2 3 4"
    table '1\n2\n\n  \n\r\n';        run -0 "$VECTORS" read a.csv; says "2 x 1: 1 2"
    cp a.csv a.TXT;                  run -0 "$VECTORS" read a.TXT; says "2 x 1: 1 2"
}

@test "vectors: a first line of names is passed over, quoted or not" {
    table 'x,y\n1,2\n';                  run -0 "$VECTORS" read a.csv; says "1 x 2: 1 2"
    table '"a, ""b""; c","y"\n1,2\n';    run -0 "$VECTORS" read a.csv; says "1 x 2: 1 2"
    table 'x\n1\n2';                     run -0 "$VECTORS" read a.csv; says "2 x 1: 1 2"
}

@test "vectors: a first line that may be a header or not is refused, and so are names of rows" {
    table '1,2,setosa\n3,4,setosa\n'; refused read a.csv
    says 'line 1 has "setosa" in column 3 and "2" in column 2: expected names only, or numbers only'
    table 'nan,x\n1,2\n';     refused read a.csv; says 'line 1 has "x" in column 2 and "nan" in column 1'
    table ',0,1\n0,7,8\n';    refused read a.csv; says "save with index=False (pandas) or row.names = FALSE (R)"
    table '"","V1"\n"1",7\n'; refused read a.csv; says "row.names = FALSE"
    table '0,1,2\n7,8,9\n';   refused read a.csv; says "counts the columns from 0 to 2, as pandas does"
    table '0,1\n1,0\n';       run -0 "$VECTORS" read a.csv; says "2 x 2: 0 1 1 0"
    table '0.0,1,2\n7,8,9\n'; run -0 "$VECTORS" read a.csv; says "2 x 3: 0 1 2 7 8 9"
}

@test "vectors: what is no number is refused with line, column and remedy" {
    table '1,2\n3,x\n';        refused read a.csv; says 'line 2, column 2: "x", expected a number such as -1.5e3'
    table '1,2\n3,\n';         refused read a.csv; says "line 2, column 2: empty, expected a number; fill it in"
    table '1\t2\n\t3\n';       refused read a.csv; says "line 2, column 1: empty"
    table '1,2\n0x10,3\n';     refused read a.csv; says '"0x10", expected a number'
    table '1;2\n1,5;3\n';      refused read a.csv; says '"1,5", expected a number such as -1.5e3, with a point'
    table '1 2\n3 4\n';        refused read a.csv; says 'line 2, column 1: "3 4", expected a number'
    table '1,2\n1 1,3\n';      refused read a.csv; says '"1 1"'
    table '1,2\n1e,3\n';       refused read a.csv; says '"1e"'
    table '1,2\n"3,4\n';       refused read a.csv; says "line 2, column 1: the quote is not closed"
    table '1,2\n"3"4,5\n';     refused read a.csv; says "line 2, column 1: text after the closing quote"
}

@test "vectors: NaN, infinity and what float cannot hold are refused, in text and in arrays" {
    for word in nan NaN -inf Infinity NA 1e999; do
        table "1,2\n3,$word\n"; refused read a.csv; says "line 2, column 2: $word, expected a finite number"
    done
    table '1\n1e39\n'; refused read a.csv; says "line 2, column 1: 1e39 is too large for single precision"
    run -0 "$DOUBLE/tests/vectors" read a.csv
    { array '<f4' '(2, 2)'; printf '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xc0\x7f'; } > a.npy
    refused read a.npy; says "NaN or infinity in row 1"
}

@test "vectors: ragged, blank and binary lines are refused by number" {
    table '1,2\n3,4\n5\n';      refused read a.csv; says "line 3: 1 fields, expected 2 as in line 1"
    table '1,2\n3,4,5\n';       refused read a.csv; says "line 2: 3 fields, expected 2"
    table 'x,y,z\n3,4\n';       refused read a.csv; says "line 2: 2 fields, expected 3"
    table '1,2\n\n3,4\n';       refused read a.csv; says "line 2 is blank, but there are rows after it; fill it in, or remove it, and the vector or label"
    table '\n1,2\n';            refused read a.csv; says "line 1 is blank"
    table '1,2\n3,\0004\n';     refused read a.csv; says "line 2 has a NUL byte"
}

@test "vectors: a wide header over many short lines asks for no more memory than the file can fill" {
    [[ $BUILD != *asan* ]] || skip "the sanitizer reserves more address space than the test allows"
    { seq -s , -f name%.0f 20000; seq 20000; } > a.csv
    ulimit -v 1500000
    refused read a.csv; says "line 2: 1 fields, expected 20000 as in line 1"
}

@test "vectors: a file without rows, not there, or with another ending is refused" {
    table '';         refused read a.csv; says "empty, expected rows"
    table '\n\n';     refused read a.csv; says "empty, expected rows"
    table 'x,y\n';    refused read a.csv; says "a header and no rows"
    refused read b.csv; says "No such file"
    mkdir c.csv; refused read c.csv; says "not a regular file"
    refused read a.xlsx; says "expected a name that ends in .npy, .csv, .tsv or .txt"
    refused labels a 3; says "expected a name that ends in"
}

@test "labels: words are numbered by the alphabet, numbers by size, and keep their names" {
    table 'setosa\nvirginica\nsetosa\n'; run -0 "$VECTORS" labels a.csv 3
    [ "$output" = "0 1 0 of 2: setosa virginica" ]
    table '10\n9\n10\n2\n'; run -0 "$VECTORS" labels a.csv 4
    [ "$output" = "2 1 2 0 of 3: 2 9 10" ]
    table '1.0\n0.000e+00\n1\n'; run -0 "$VECTORS" labels a.csv 3
    [ "$output" = "1 0 1 of 2: 0 1" ]
    table '10\n9\nx\n'; run -0 "$VECTORS" labels a.csv 3
    [ "$output" = "0 1 2 of 3: 10 9 x" ]
    table '"Boot, ankle"\r\n T-shirt/top \r\n'; run -0 "$VECTORS" labels a.csv 2
    [ "$output" = "0 1 of 2: Boot, ankle T-shirt/top" ]
    { array '<i8' '(2,)'; printf '\x07\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0'; } > a.npy
    run -0 "$VECTORS" labels a.npy 2
    [ "$output" = "1 0 of 2: 5 7" ]
}

@test "labels: one line more than vectors is a header, unless it is a number" {
    table 'species\nsetosa\nvirginica\n'
    run -0 "$VECTORS" labels a.csv 2; [ "$output" = "0 1 of 2: setosa virginica" ]
    run -0 "$VECTORS" labels a.csv 3; [ "$output" = "1 0 2 of 3: setosa species virginica" ]
    table 'y\n1\n0\n'; run -0 "$VECTORS" labels a.csv 2; [ "$output" = "1 0 of 2: 0 1" ]
    table '7\n1\n0\n'; refused labels a.csv 2; says "3 labels for 2 vectors, expected as many of each"
    table 'a\nb\n'; refused labels a.csv 3; says "2 labels for 3 vectors"
    { array '|u1' '(2,)'; printf '\x07\x05'; } > a.npy
    refused labels a.npy 3; says "2 labels for 3 vectors"
}

@test "labels: what is no class is refused by line" {
    table '0\n-1\n';  refused labels a.csv 2; says "line 2: label -1, expected a whole number from 0, or words"
    table 'y\n0\n1.5\n'; refused labels a.csv 2; says "line 3: label 1.5, expected a whole number"
    table '0\n3e9\n'; refused labels a.csv 2; says "line 2: label 3e9"
    table 'a\nnan\n'; refused labels a.csv 2; says "line 2: label nan"
    table '0\nnan\n'; refused labels a.csv 2; says "line 2: label nan"
    table 'a,b\n';    refused labels a.csv 1; says "line 1: 2 fields, expected one label"
    table 'a\n""\n';  refused labels a.csv 2; says "line 2: empty, expected a label; fill it in, or leave out its vector"
    { array '<i4' '(2,)'; printf '\x01\0\0\0\xff\xff\xff\xff'; } > a.npy
    refused labels a.npy 2; says "label -1 of example 1, expected 0 to"
}
