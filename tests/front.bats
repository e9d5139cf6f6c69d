# The front door: what a newcomer types and reads.
# bats file_tags=front

setup() {
    load helper
    cd "$SUITE" || return
}

@test "make help is the default goal and names every public target" {
    run env -u MAKEFLAGS -u MAKELEVEL make -s JOBS=1
    [ "$status" -eq 0 ]
    local target
    for target in $(sed -n 's/^\.PHONY: *//p' Makefile); do
        case $target in
            setup*|plan|experiments|FORCE|*'$('*|*'%'*) continue ;;     # what others need
        esac
        grep -q "^  make $target " <<< "$output" || { echo "make help does not name $target" >&2; return 1; }
    done
    says "make figures"
}

@test "DEPS=no names what is missing and how to get it, and installs nothing" {
    run env DEPS=no sh common/run/packages.sh gcc no-such-package-1 no-such-package-2
    [ "$status" -eq 1 ]
    says "missing packages: no-such-package-1 no-such-package-2"
    says "apt-get install no-such-package-1 no-such-package-2"
}

@test "two that install packages do so one after the other" {
    command -v dpkg-query > /dev/null || skip "no Debian packages here"
    scratch
    mkdir bin
    printf '#!/bin/sh\necho begun >> log; sleep 0.2; echo ended >> log\n' > bin/apt-get
    printf '#!/bin/sh\nexec "$@"\n' > bin/sudo
    chmod +x bin/*
    install() { PATH="$SCRATCH/bin:$PATH" DEPS=yes sh "$SUITE/common/run/packages.sh" no-such-package; }
    install 3>&- & install
    wait
    [ "$(uniq -c log | awk '{ print $1 }' | sort -u)" = 1 ]
    [ "$(grep -c ended log)" = 4 ]
}

@test "a set that cannot be had stops nothing, but is an error where it is asked for by its name" {
    scratch
    mkdir data
    ln -s "$SUITE/Makefile" "$SUITE/common" "$SUITE/papers" .
    printf '%s\tnone\t1\t0\tours\tmirror:none\n' cifar-100 graphs > data/SOURCES.tsv
    makes() { env -u MAKEFLAGS -u MAKELEVEL -u DATA_DIR SOURCES=data/SOURCES.tsv make DEPS=no PAPER=hugger2024 "$@"; }
    run -0 makes data
    says "fetch: graphs: 1 of 1 files are missing"
    run -2 makes data/graphs
    says "fetch: graphs: 1 of 1 files are missing"
}

@test "several jobs at once still run programs without a pinned kernel" {
    run env -u MAKEFLAGS -u MAKELEVEL make -n JOBS=2 PROFILE=smoke results/smoke/frosst2019/fig01.seed999.tsv
    says "env -u OPENBLAS_CORETYPE OMP_WAIT_POLICY=passive"
}

@test "nothing is said or done where every package is there" {
    run env DEPS=no sh common/run/packages.sh gcc make
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "every file that README.md and REPRODUCE.md name is there" {
    missing=0
    for page in README.md REPRODUCE.md; do
        for path in $(sed -E "s/build[/][^ \`]*//g; s/\`(make PROFILE=desk|rm) [^\`]*\`//g" "$page" | grep -oE '(papers|common|data|tests|figures/desk|results/desk)/[A-Za-z0-9_./-]+[A-Za-z0-9]' |
                      grep -v NAME | sort -u); do
            [ -e "$path" ] || { echo "$page names $path" >&2; missing=1; }
        done
    done
    [ "$missing" -eq 0 ]
}

@test "every make target that README.md and REPRODUCE.md name exists" {
    for target in $(grep -ohE '(`|^    )make [a-z-]+' README.md REPRODUCE.md | awk '{ print $2 }' | sort -u); do
        grep -qE "^$target:" Makefile || { echo "no target $target" >&2; return 1; }
    done
}

@test "the files that README.md shows can be copied, and its programs for one's own vectors read them" {
    scratch
    ln -s "$BUILD" own
    sed -n '/To \*\*measure your own/,/^- To \*\*doubt/p' "$SUITE/README.md" > section
    grep '^      printf ' section > files
    [ "$(wc -l < files)" = 2 ]
    sh ./files
    [ "$(wc -l < z.csv)" = 3 ]
    grep -o '`build/float/[^`]* --vectors z.csv [^`]*`' section | tr -d '`' | sed 's|^build/float/|own/|' > commands
    [ "$(wc -l < commands)" = 3 ]
    while read -r command; do $command --quiet; done < commands
    for result in entangled groups mine; do [ -s $result.tsv ]; done
}

@test "every command of REPRODUCE.md's table is one that make knows" {
    local targets
    targets=$(sed -n 's/.*`make PROFILE=desk \(figures[^`]*\)`.*/\1/p' REPRODUCE.md)
    [ "$(wc -w <<< "$targets")" -ge "$(grep -c '^| .*| `papers/' REPRODUCE.md)" ]
    env -u MAKEFLAGS -u MAKELEVEL make -n DEPS=no PROFILE=desk $targets > /dev/null
}

@test "a figure that has no results is an error only where it is asked for by its name" {
    scratch
    ln -s "$SUITE/Makefile" "$SUITE/common" "$SUITE/papers" "$SUITE/data" .
    run -2 sh common/run/figure.sh smoke frosst2019/table1-svhn
    says "not drawn: frosst2019/table1-svhn has no results in profile smoke"
    drawn() {
        env -u MAKEFLAGS -u MAKELEVEL make -n DEPS=no PROFILE=smoke PAPER=frosst2019 "$@" | grep "figure.sh smoke frosst2019/table1-svhn"
    }
    drawn figures | grep "test \$? = 2"
    drawn figures/smoke/frosst2019/table1-svhn.svg > named
    run ! grep test named
}

@test "what is left is counted, and its cost added up" {
    scratch
    printf 'a.tsv\tseconds\t\nb.tsv\thalf a minute on 2 cores\t\nc.tsv\t15 to 21 minutes on 2 cores\tb.tsv\n' > jobs.tsv
    [ "$(sh "$SUITE/common/run/left.sh" jobs.tsv)" = "3 of 3 left, about 22 minutes" ]
    touch c.tsv
    [ "$(sh "$SUITE/common/run/left.sh" jobs.tsv)" = "2 of 3 left, about 35 seconds" ]
    printf 'd.tsv\ta week on 2 cores\t\ne.tsv\t2 hours\t\nf.tsv\tan hour\t\n' > jobs.tsv
    [ "$(sh "$SUITE/common/run/left.sh" jobs.tsv)" = "3 of 3 left, about 7 days" ]
    touch d.tsv
    [ "$(sh "$SUITE/common/run/left.sh" jobs.tsv)" = "2 of 3 left, about 3 hours" ]
    touch e.tsv f.tsv
    [ -z "$(sh "$SUITE/common/run/left.sh" jobs.tsv)" ]
}

@test "redraw runs nothing, and draws what has results" {
    run env -u MAKEFLAGS -u MAKELEVEL make -n DEPS=no PROFILE=desk -W papers/frosst2019/fig01.gp redraw
    [ "$status" -eq 0 ]
    [[ $output == *"figure.sh desk frosst2019/fig01"* ]]
    [[ $output != *--profile* ]]
    [[ $output != *fetch.sh* ]]
}

@test "a paper that is not here is refused" {
    run env -u MAKEFLAGS -u MAKELEVEL make -n DEPS=no PAPER=agarap figures
    [ "$status" -eq 2 ]
    [[ $output == *"PAPER=agarap is not here: expected some of"* ]]
}

@test "a profile that is none is refused" {
    run -2 env -u MAKEFLAGS -u MAKELEVEL make -C "$SUITE" -n DEPS=no PROFILE=fast figures
    says "PROFILE=fast is none: expected smoke, quick, desk or paper"
}

@test "the verdicts in REPRODUCE.md are those of the committed results" {
    scratch
    committed results REPRODUCE.md
    "$BUILD/common/claims/reproduce" --papers="$SUITE/papers" --results=results -f REPRODUCE.md \
        $(env -u MAKEFLAGS -u MAKELEVEL make -s -C "$SUITE" experiments | cut -d/ -f1 | uniq)
    diff "$SUITE/REPRODUCE.md" REPRODUCE.md
}

@test "committed figures are drawn from committed results, byte for byte" {
    scratch
    committed papers common results/desk
    mkdir -p build/float/common/claims
    cp "$BUILD/common/claims/verdicts" "$BUILD/common/claims/summarise" build/float/common/claims/
    # A figure may show another experiment's results, so all are summarised first.
    drawn=$(cd "$SUITE" && git ls-files 'figures/desk/*.svg' | sed 's|^figures/desk/||; s|\.svg$||')
    for experiment in $drawn; do
        mkdir -p "build/summary/desk/${experiment%/*}"
        build/float/common/claims/summarise -o "build/summary/desk/$experiment.tsv" \
            results/desk/"$experiment".seed*.tsv
    done
    for experiment in $drawn; do
        sh common/run/figure.sh desk "$experiment"
        cmp "figures/desk/$experiment.svg" "$SUITE/figures/desk/$experiment.svg"
    done
}

@test "the programs are linked with OpenBLAS, not with GSL's reference BLAS" {
    run env LD_DEBUG=bindings "$BUILD/tests/nn"
    grep -q 'nn.* to .*libopenblas.*cblas_[sd]gemm' <<< "$output"
    run ! grep -q 'to .*libgslcblas.*cblas_[sd]gemm' <<< "$output"
}

# In `A && B` as a line of its own a failing A ends no test: only B counts.
@test "no line of a test has two conditions of which one does not count" {
    run ! grep -nE '^    \[ .*\] && \[ .*\]$' tests/*.bats
}

@test "nothing in the repository speaks of a machine or a registry" {
    git rev-parse --git-dir > /dev/null 2>&1 || skip "not a git checkout"
    run ! git grep -nIE '/work/|/home/|/root/|registry\.|deb\.debian' -- . ':!tests/front.bats'
}
