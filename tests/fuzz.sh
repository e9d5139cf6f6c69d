#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fuzz.sh SECONDS [READER ...]: looks for bytes that a reader of tests/fuzz.c does not survive.
#
# It begins with small good files, which the other tests' programs write, and with what it has learnt before
# (build/fuzz/corpus/READER). A file that breaks a reader is left as build/fuzz/READER-*: mend the reader, and
# put the file, as small as it gets, beside the others in tests/fuzz-findings.
set -eu
export LC_ALL=C OMP_NUM_THREADS=1
tests=build/float/tests

npy() {
    header="{'descr': '$1', 'fortran_order': False, 'shape': ($2), }"
    printf '\223NUMPY\1\0\166\0%-117s\n' "$header"
}

# Good files for a reader, in the present directory
seeds() {
    case $1 in
        idx-images) printf '\0\0\10\3\0\0\0\2\0\0\0\3\0\0\0\2abcdefghijkl' > plain ;;
        idx-labels) printf '\0\0\10\1\0\0\0\14\0\1\2\3\4\5\6\7\10\11\0\1' > plain ;;
        cifar-10)   "$tests/images" records plain 10 2 ;;
        cifar-100)  "$tests/images" records plain 100 2 ;;
        strip)      "$tests/images" png plain 4 16 rgb ;;
        strip-labels) printf '[1, 2,3,4,5,6,7,8,9,0,1,2]\n' > plain ;;
        mat)        "$tests/images" mat plain 3 good ;;
        npy)        { npy '<f4' '2, 3'; printf 'abcdefghijklmnopqrstuvwx'; } > f4
                    { npy '<f2' '4,'; printf 'abcdefgh'; } > f2 ;;
        npy-labels) { npy '|u1' '12,'; printf '\0\1\2\3\0\1\2\3\0\1\2\3'; } > u1
                    { npy '<i8' '12,'; head -c 96 /dev/zero; } > i8 ;;
        npy-images) { npy '|u1' '1, 2, 2, 3'; printf 'abcdefghijkl'; } > u1 ;;
        npz)        { npy '<f4' '2, 3'; printf 'abcdefghijklmnopqrstuvwx'; } > x.npy
                    { npy '|u1' '12,'; printf '\0\1\2\3\0\1\2\3\0\1\2\3'; } > labels.npy
                    "$tests/npz" x.npy labels.npy
                    rm ./*.npy ;;
        csv)        printf 'x;y\r\n1;-2.5e3\r\n "3" ;4\r\n' > semicolons; printf '1,2\n3,4\n\n' > commas ;;
        csv-labels) printf 'kind\na\n"b, ""c"""\nc\nd\na\nb\nc\nd\na\nb\nc\nd\n' > words
                    printf '%d\n' 1 2 3 4 5 6 7 8 9 10 11 12 > numbers ;;
        photograph) "$tests/photograph" jpeg jpeg
                    for kind in rgba grey palette deep; do "$tests/photograph" png $kind $kind; done ;;
        frost)      "$tests/photograph" frost . ;;
        graph)      "$tests/graphs" write . ;;
        folder)     "$tests/photograph" jpeg jpeg; "$tests/photograph" png png palette ;;
        checkpoint) "$tests/fuzz" save plain ;;
        results)    printf '# paper=p experiment=e profile=desk scale=paper seed=1\nseries\tx\tmetric\tvalue\na\t.\tm\t1\na\t2\tm\t3e-5\n' > plain ;;
        claims)     awk -F'\t' '!/^#/ && !seen[$7]++' "$suite/papers/agarap2020/claims.tsv" > plain ;;
        numbers)    printf '1\n-2.5e-3\n+.5\n1e999\nnan\n0x1\n' > plain ;;
        *)          echo "fuzz.sh: no reader $1" >&2; exit 64 ;;
    esac
}

# Readers of files that may be packed are shown packed ones too.
packed() {
    case $1 in idx-*|cifar-*) gzip -9nk plain; xz -k plain ;; esac
}

suite=$PWD tests=$PWD/$tests
seconds=$1
shift
readers=${*:-$("$tests/fuzz" names)}
status=0
for reader in $readers; do
    corpus=build/fuzz/corpus/$reader
    mkdir -p "$corpus" "build/fuzz/seeds/$reader"
    (
        cd "build/fuzz/seeds/$reader"
        rm -f ./*
        seeds "$reader"
        packed "$reader"
    )
    echo "  FUZZ     $reader, $seconds seconds"
    # libmatio asks for as much memory as a damaged header says, and copes without it: there what is used counts.
    case $reader in mat) most=100000 ;; *) most=1500 ;; esac
    ASAN_OPTIONS=allocator_may_return_null=1 build/fuzz/tests/fuzz "$reader" -max_total_time="$seconds" -max_len=20000 \
        -timeout=10 -malloc_limit_mb="$most" -rss_limit_mb=3000 -use_value_profile=1 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="build/fuzz/$reader-" "$corpus" "build/fuzz/seeds/$reader" > "build/fuzz/$reader.log" 2>&1 ||
        { status=1; echo "  found: see build/fuzz/$reader.log"; }
    grep -ao 'number_of_executed_units: *[0-9]*' "build/fuzz/$reader.log" || true
done
exit $status
