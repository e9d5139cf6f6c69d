#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# fetch.sh: from a mirror, a package or an address, verified, once, or not at all.
# Nothing here needs a network: addresses are file://, packages are impostors.

setup() {
    load helper
    scratch
    export DATA_DIR="$SCRATCH/data" SOURCES="$SCRATCH/SOURCES.tsv" DATA_MIRROR="$SCRATCH/mirror"
    FETCH="$SUITE/common/data/fetch.sh"
    mkdir -p mirror/toy elsewhere
    printf 'first file\n' > mirror/toy/a
    printf 'second file\n' > mirror/toy/b
    cp mirror/toy/* elsewhere
    source_row a "mirror:toy/a url:file://$SCRATCH/elsewhere/a" > SOURCES.tsv
    source_row b "mirror:toy/b url:file://$SCRATCH/elsewhere/b" >> SOURCES.tsv
}

# source_row FILE SOURCES: a row for the file as it stands under elsewhere/
source_row() {
    printf 'toy\t%s\t%s\t%s\tnone\t%s\n' "$1" "$(stat -c %s "elsewhere/$1")" \
        "$(sha256sum < "elsewhere/$1" | cut -d' ' -f1)" "$2"
}

clean() { [ -z "$(find data -name '*.tmp' -o -name '*.tmp.gz' -o -name '.work*')" ]; }

@test "fetch: the mirror comes first, and all files arrive" {
    run -0 sh "$FETCH" toy
    says "toy/a: 11 bytes from mirror:toy/a"
    says "toy: all files are here and verified"
    cmp data/toy/a elsewhere/a
    cmp data/toy/b elsewhere/b
    clean
}

@test "fetch: a second run says and does nothing" {
    sh "$FETCH" toy
    before=$(stat -c '%n %Y %Z %i' data/toy/* data/toy/.verified)
    rm -r mirror elsewhere
    run -0 sh "$FETCH" toy
    [ -z "$output" ]
    [ "$before" = "$(stat -c '%n %Y %Z %i' data/toy/* data/toy/.verified)" ]
}

@test "fetch: a relative table and directory serve as well" {
    SOURCES=SOURCES.tsv DATA_DIR=data DATA_MIRROR=mirror sh "$FETCH" toy
    echo spoilt > data/toy/a
    SOURCES=SOURCES.tsv DATA_DIR=data DATA_MIRROR=mirror run -0 sh "$FETCH" toy
    cmp data/toy/a mirror/toy/a
}

@test "fetch: a spoilt file in the mirror is refused, named, and had from the next source" {
    printf 'fIrst file\n' > mirror/toy/a
    run -0 sh "$FETCH" toy
    says "toy/a from mirror:toy/a is refused: expected 11 bytes, sha256 $(sha256sum < elsewhere/a | cut -d' ' -f1); got 11 bytes, sha256 $(sha256sum < mirror/toy/a | cut -d' ' -f1); trying the next source"
    says "toy/a: 11 bytes from url:file://"
    cmp data/toy/a elsewhere/a
    clean
}

@test "fetch: a web page in place of a file is refused as one" {
    printf '<!DOCTYPE html>\n<html><body>moved</body></html>\n' > mirror/toy/a
    run -0 sh "$FETCH" toy
    says "(a web page); trying the next source"
    cmp data/toy/a elsewhere/a
}

@test "fetch: half a file is refused" {
    head -c 5 elsewhere/a > mirror/toy/a
    run -0 sh "$FETCH" toy
    says "expected 11 bytes"
    says "got 5 bytes"
    cmp data/toy/a elsewhere/a
}

@test "fetch: a file that changed after it was verified is set aside and had again" {
    sh "$FETCH" toy
    printf 'fIrst file\n' > data/toy/a
    run -0 sh "$FETCH" toy
    says "data/toy/a is not the file it should be"
    cmp data/toy/a elsewhere/a
    [ -f data/toy/a.refused ]
}

@test "fetch: a touched file is verified anew, and kept" {
    sh "$FETCH" toy
    rm -r mirror elsewhere
    touch -d 2001-01-01 data/toy/a
    run -0 sh "$FETCH" toy
    says "all files are here and verified"
    run -0 sh "$FETCH" toy
    [ -z "$output" ]
}

@test "fetch: a file put there by hand is verified and taken" {
    mkdir -p data/toy
    cp elsewhere/a elsewhere/b data/toy
    rm -r mirror elsewhere
    run -0 sh "$FETCH" toy
    says "toy: all files are here and verified"
}

@test "fetch: what cannot be had is status 2, says what was tried and what to do, and keeps the rest" {
    rm mirror/toy/b elsewhere/b
    run -2 sh "$FETCH" toy
    says "toy/b cannot be had. Tried:"
    says "mirror:toy/b: $SCRATCH/mirror has no such file"
    says "url:file://$SCRATCH/elsewhere/b: curl: "
    says "By hand: put the file (12 bytes with sha256 "
    says "at $DATA_DIR/toy/b"
    says "and say make data/toy"
    cmp data/toy/a elsewhere/a
    [ ! -e data/toy/b ]
    [ ! -e data/toy/.verified ]
    clean
}

@test "fetch: without a network it fails at once, and asks a dead host only once" {
    unset DATA_MIRROR
    { source_row a "mirror:toy/a url:http://127.0.0.1:9/a"
      source_row b "mirror:toy/b url:http://127.0.0.1:9/b"; } > SOURCES.tsv
    SECONDS=0
    run -2 env no_proxy=127.0.0.1 sh "$FETCH" toy
    [ "$SECONDS" -lt 15 ]
    says "mirror:toy/a: DATA_MIRROR is not set"
    says "url:http://127.0.0.1:9/a: curl: (7)"
    says "url:http://127.0.0.1:9/b: 127.0.0.1:9 cannot be reached (see above)"
    says "toy: 2 of 2 files are missing"
}

@test "fetch: of two rows for one file either is right" {
    gzip -1n < elsewhere/a > elsewhere/c
    source_row c "mirror:toy/c" > SOURCES.tsv
    printf "another form\n" > elsewhere/c
    source_row c "url:file://$SCRATCH/elsewhere/c" >> SOURCES.tsv
    run -0 sh "$FETCH" toy
    says "toy/c: 13 bytes from url:"
    rm -r data
    cp elsewhere/c mirror/toy/c
    run -0 sh "$FETCH" toy
    [ "${lines[0]}" = "fetch: toy/c: 13 bytes from mirror:toy/c" ]
    rm -r elsewhere data/toy/.verified
    run -0 sh "$FETCH" toy
    says "toy: all files are here and verified"
}

@test "fetch: an address that ends in .gz is unpacked for a file that does not" {
    gzip elsewhere/b
    cp mirror/toy/b elsewhere/b
    source_row b "url:file://$SCRATCH/elsewhere/b.gz" > SOURCES.tsv
    sh "$FETCH" toy
    cmp data/toy/b elsewhere/b
    rm -r data
    echo nonsense > elsewhere/b.gz
    run -2 sh "$FETCH" toy
    says "not in gzip format"
    clean
}

# impostor NAME: a command that answers with what standard input says
impostor() {
    mkdir -p bin
    { echo '#!/bin/sh'; cat; } > "bin/$1"
    chmod +x "bin/$1"
    PATH="$SCRATCH/bin:$PATH"
}

@test "fetch: an npm package is packed once for all its files, and asked for in vain once" {
    mkdir package && cp elsewhere/a elsewhere/b package && tar -czf thing.tgz package
    { source_row a "npm:thing@1.2.3:package/a"
      source_row b "npm:thing@1.2.3:package/b"; } > SOURCES.tsv
    impostor npm <<< "echo \"\$@\" >> $SCRATCH/calls; cp $SCRATCH/thing.tgz thing-1.2.3.tgz"
    run -0 sh "$FETCH" toy
    says "toy/b: 12 bytes from npm:thing@1.2.3:package/b"
    [ "$(wc -l < calls)" = 1 ]
    grep -q 'pack .*thing@1.2.3' calls

    rm -r data calls
    impostor npm <<< "echo call >> $SCRATCH/calls; echo 'npm ERR! 404 thing@1.2.3 is not in this registry'; exit 1"
    run -2 sh "$FETCH" toy
    says "npm:thing@1.2.3:package/a: npm ERR! 404"
    [ "$(wc -l < calls)" = 1 ]
    clean
}

@test "fetch: a Debian package's file is taken where it is installed, or downloaded and unpacked" {
    source_row a "debian:thing:$SCRATCH/elsewhere/a" > SOURCES.tsv
    sh "$FETCH" toy
    cmp data/toy/a elsewhere/a
    rm -r data
    source_row a "debian:thing:/usr/share/no-such-thing/a" > SOURCES.tsv
    impostor apt-get <<< ": > thing_1_all.deb"
    impostor dpkg-deb <<< "mkdir -p \$3/usr/share/no-such-thing; cp $SCRATCH/elsewhere/a \$3/usr/share/no-such-thing"
    run -0 sh "$FETCH" toy
    says "toy: fetching debian package thing"
    cmp data/toy/a elsewhere/a
    clean
}

@test "fetch: a zip is downloaded once for all its members, and asked for in vain once" {
    mkdir inside && cp elsewhere/a elsewhere/b inside && tar -cf elsewhere/all.zip inside
    { source_row a "zip:file://$SCRATCH/elsewhere/all.zip#inside/a"
      source_row b "zip:file://$SCRATCH/elsewhere/all.zip#inside/b"; } > SOURCES.tsv
    impostor unzip <<< '[ "$1" = -p ] && exec tar -xOf "$2" "$3"'
    run -0 sh "$FETCH" toy
    [ "$(grep -c "fetching file://$SCRATCH/elsewhere/all.zip" <<< "$output")" = 1 ]
    says "toy/b: 12 bytes from zip:file://$SCRATCH/elsewhere/all.zip#inside/b"
    cmp data/toy/a elsewhere/a
    cmp data/toy/b elsewhere/b
    clean

    rm -r data
    tar -cf elsewhere/all.zip inside/a
    run -2 sh "$FETCH" toy
    says "all.zip#inside/b: no inside/b in it: got "
    cmp data/toy/a elsewhere/a
    echo '<html>moved</html>' > elsewhere/all.zip
    rm data/toy/a
    run -2 sh "$FETCH" toy
    says "all.zip#inside/a: no inside/a in it: got 19 bytes, sha256 $(sha256sum < elsewhere/all.zip | cut -d' ' -f1) (a web page)"
    rm elsewhere/all.zip
    run -2 sh "$FETCH" toy
    says "all.zip#inside/a: curl: "
    says "all.zip#inside/b: the zip cannot be had (see above)"
    clean
}

@test "fetch: a tool is asked for only where a source that needs it is tried, and only once" {
    path_without npm unzip dpkg-query
    printf '#!/bin/sh\nexit 1\n' > bin/dpkg-query      # no package is installed
    chmod +x bin/dpkg-query
    { source_row a "mirror:toy/a npm:thing@1.2.3:package/a zip:file://$SCRATCH/all.zip#a"
      source_row b "mirror:toy/b npm:thing@1.2.3:package/b zip:file://$SCRATCH/all.zip#b"; } > SOURCES.tsv
    run -0 env PATH="$SCRATCH/bin" DEPS=no sh "$FETCH" toy
    [[ $output != *"missing packages"* ]]
    rm -r data mirror
    run -2 env PATH="$SCRATCH/bin" DEPS=no sh "$FETCH" toy
    says "npm:thing@1.2.3:package/a: npm is not installed"
    says "all.zip#a: unzip is not installed"
    [ "$(grep -c "missing packages: npm" <<< "$output")" = 1 ]
}

@test "fetch: two at once do not clash: the second waits and finds all there" {
    mkdir -p data/toy
    exec 8> data/toy/.lock
    flock 8
    sh "$FETCH" toy > second 2>&1 8>&- 3>&- &
    for _ in $(seq 50); do grep -q "waiting for it" second && break; sleep 0.1; done
    grep -q "another fetch is at work" second
    [ ! -e data/toy/a ]
    DATA_DIR="$SCRATCH/first" sh "$FETCH" toy 8>&-
    cp -p first/toy/a first/toy/b first/toy/.verified data/toy
    rm -r mirror elsewhere
    exec 8>&-
    wait $!
    [ "$(wc -l < second)" = 1 ]
}

@test "fetch: what a killed run left behind is cleared away" {
    mkdir -p data/toy/.work.dead/half
    echo half > data/toy/a.tmp
    echo half > data/toy/a.tmp.gz
    sh "$FETCH" toy
    clean
}

@test "fetch: --list shows each set once, and whether it is here" {
    run -0 sh "$FETCH" --list
    [[ ${lines[1]} == toy*2*0.0*no*none ]]
    sh "$FETCH" toy
    run -0 sh "$FETCH" --list
    [[ ${lines[1]} == toy*2*0.0*yes*none ]]
}

@test "fetch: wrong usage is status 64 and names the sets" {
    run -64 sh "$FETCH"
    says "where SET is one of: toy"
    run -64 sh "$FETCH" tyo
    run -64 sh "$FETCH" toy toy
    SOURCES=nothing run -64 sh "$FETCH" toy
    says "nothing cannot be read"
    [ ! -e data ]
}

@test "fetch: every row of SOURCES.tsv is whole" {
    awk -F'\t' '/^#/ { next }
        NF != 6 || $3 !~ /^[1-9][0-9]*$/ || $4 !~ /^[0-9a-f]+$/ || length($4) != 64 || $5 == "" {
            print "row " NR ": " $0; bad = 1 }
        { n = split($6, source, " ")
          if (!seen[$1, $2]++ && source[1] !~ /^mirror:/) { print "row " NR ": the mirror is not first"; bad = 1 }
          for (i = 1; i <= n; i++)
              if (source[i] !~ /^(mirror:.|debian:[^:]+:.|npm:[^:]+@[^:]+:.|url:https?:.|zip:https?:[^#]+#.)/) {
                  print "row " NR ": " source[i]; bad = 1 } }
        END { exit bad }' "$SUITE/data/SOURCES.tsv"
}
