#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Other machines: the list of jobs, GNU parallel, and a Slurm of one node that is started here.
#
# They work on copies of the suite (links to it) that have three experiments, of seconds: one of
# them looks into the network that another trains.

SMALL="example6 fig3-spheres fig2-two-ways"

setup_file() {
    load helper
    plainly > "$BATS_FILE_TMPDIR/plain.log"
    if [ "$(id -u)" = 0 ] && has_slurm; then slurm_start; fi
}

teardown_file() {
    local daemon pid
    for daemon in slurmd slurmctld munged; do
        [ -s "$BATS_FILE_TMPDIR/$daemon.pid" ] || continue
        pid=$(cat "$BATS_FILE_TMPDIR/$daemon.pid")
        kill "$pid"
        for _ in {1..100}; do ! kill -0 "$pid" 2> /dev/null || sleep 0.1; done
    done
}

setup() {
    load helper
    scratch
    export SLURM_CONF="$BATS_FILE_TMPDIR/slurm.conf"
}

# suite [EXPERIMENT ...]: links to all of it here, or to a paper with these experiments only
suite() {
    mkdir build papers
    ln -s "$SUITE/Makefile" "$SUITE/common" "$SUITE/data" .
    cp -rs "$BUILD" build/float
    cp -rs "$SUITE"/papers/* papers/
    [ $# -gt 0 ] || return 0
    rm -r papers/[!j]*
    local plot
    for plot in papers/*/*.gp; do
        plot=$(basename "$plot" .gp)
        [[ " $* " == *" $plot "* ]] || rm "papers/jacobsen2019/$plot.gp"
    done
}

# What plain make makes of the three, with two seeds: what all others are compared with.
plainly() {
    mkdir "$BATS_FILE_TMPDIR/plain"
    cd "$BATS_FILE_TMPDIR/plain" || return
    suite $SMALL
    make_here THREADS=1 $(make_here -s jobs | cut -f1)
}

make_here() { env -u MAKEFLAGS -u MAKELEVEL -u PAPER make PROFILE=smoke SEEDS="1 2" "$@" 3>&-; }

# all_are_there: the results here are those of plain make, byte for byte
all_are_there() {
    local e seed
    for e in $SMALL; do
        for seed in 1 2; do
            cmp "results/smoke/jacobsen2019/$e.seed$seed.tsv" "$BATS_FILE_TMPDIR/plain/results/smoke/jacobsen2019/$e.seed$seed.tsv" ||
                return
        done
    done
}

# ---- The list ---------------------------------------------------------------

# The lines that make would print before it runs something, as "EXPERIMENT SEED".
would_run() {
    make_here -n DEPS=no PROFILE="$1" SEEDS= figures | sed -n "s/.* RUN \"\([^,]*\), seed \([^,]*\),.*/\1 \2/p" | sort
}

listed() {
    make_here -s PROFILE="$1" SEEDS= jobs | cut -f1 |
        sed 's|^results/[a-z]*/||; s|\.seed\([0-9]*\)\..*| \1|' | sort
}

@test "machines: the jobs are what make figures would run, and nothing twice" {
    suite
    committed results
    local profile
    for profile in smoke desk paper; do
        listed $profile > listed
        [ -s listed ]
        diff <(would_run $profile) listed
    done
}

@test "machines: make -n leaves the list of jobs as it is" {
    suite example6
    make_here -n figures jobs
    [ ! -e build/jobs ]
    make_here -s jobs > list
    [ "$(ls build/jobs)" = smoke.tsv ]
}

@test "machines: a job stands behind those that it waits for" {
    suite
    make_here -s PROFILE=desk SEEDS= jobs > list
    awk -F'\t' '{ n = split($3, w, " "); for (i = 1; i <= n; i++) { waits++; if (!seen[w[i]]) exit failed = 1 }
                  seen[$1] = 1 }
                END { exit failed || waits < 20 }' list
    [ "$(cut -f1,3 list | grep -F fig18-mnist.seed2)" = \
        "$(printf 'results/desk/frosst2019/%s' fig18-mnist.seed2.tsv$'\t' table1-mnist.seed2.tsv' ' table1-mnist.seed3.tsv)" ]
    awk -F'\t' '$2 !~ /^seconds$| on 2 cores$/ { exit 1 }' list
}

@test "machines: what is there is not listed, but for a network that is waited for" {
    suite $SMALL
    mkdir -p results/smoke/jacobsen2019
    touch results/smoke/jacobsen2019/{example6,fig3-spheres}.seed1.tsv
    make_here -s SEEDS=1 jobs > list
    diff list - <<< "$(printf '%s\tseconds\t%s\n' results/smoke/jacobsen2019/fig3-spheres.seed1.ce.network '' \
        results/smoke/jacobsen2019/fig2-two-ways.seed1.tsv results/smoke/jacobsen2019/fig3-spheres.seed1.ce.network)"
    touch results/smoke/jacobsen2019/fig2-two-ways.seed1.tsv
    make_here -s SEEDS=1 jobs > list
    [ ! -s list ]
}

# A batch system tells every process of a job to end, and kills what is left when the first of them has.
@test "machines: make that is told to end does so when its program has saved" {
    suite example6
    make_here ready
    rm build/float/papers/jacobsen2019/example6
    printf '#!/bin/sh\ntrap "sleep 1; touch saved; exit 143" TERM\ntouch begun\nwhile :; do sleep 0.1; done\n' > program
    chmod +x program
    mv program build/float/papers/jacobsen2019/example6
    setsid env -u MAKEFLAGS -u MAKELEVEL make READY=yes PROFILE=smoke \
        results/smoke/jacobsen2019/example6.seed1.tsv 3>&- &
    until_true [ -e begun ]
    kill -TERM -- -$!
    wait $! || true
    [ -e saved ]
}

# ---- GNU parallel -----------------------------------------------------------

@test "machines: GNU parallel makes the same bytes, by the line of REPRODUCE.md, given twice" {
    command -v parallel > /dev/null || skip "GNU parallel is not installed: apt-get install parallel"
    suite $SMALL
    local line
    line=$(grep '^    make jobs .* | parallel ' "$SUITE/REPRODUCE.md")
    [ -n "$line" ]
    export SEEDS="1 2"
    line=${line//=desk/=smoke}
    make_here ready
    env -u MAKEFLAGS -u MAKELEVEL sh -c "$line" 3>&-
    [ ! -e results/smoke/jacobsen2019/fig2-two-ways.seed1.tsv ]
    env -u MAKEFLAGS -u MAKELEVEL sh -c "$line" 3>&-
    all_are_there
}

# ---- Slurm ------------------------------------------------------------------

has_slurm() { command -v slurmctld > /dev/null && command -v slurmd > /dev/null && command -v munged > /dev/null; }

# A cluster of this machine alone, with its files, ports and key here.
slurm_start() {
    local port=$((20000 + RANDOM % 20000))
    cd "$BATS_FILE_TMPDIR" || return
    mkdir state spool
    (umask 077; head -c 1024 /dev/urandom > key)
    munged --force --key-file="$PWD/key" --socket="$PWD/munge" --pid-file="$PWD/munged.pid" --seed-file="$PWD/seed" \
        --log-file="$PWD/munged.log" 3>&-
    cat > slurm.conf <<END
ClusterName=tangle
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
SlurmdParameters=config_overrides
AuthType=auth/munge
AuthInfo=socket=$PWD/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
SlurmctldPidFile=$PWD/slurmctld.pid
SlurmdPidFile=$PWD/slurmd.pid
SlurmctldLogFile=$PWD/slurmctld.log
SlurmdLogFile=$PWD/slurmd.log
StateSaveLocation=$PWD/state
SlurmdSpoolDir=$PWD/spool
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=2
PartitionName=all Nodes=ALL Default=YES State=UP
END
    export SLURM_CONF="$PWD/slurm.conf"
    slurmctld -c 3>&-
    slurmd 3>&-
}

requires_slurm() {
    has_slurm || skip "Slurm is not installed: apt-get install slurm-wlm munge"
    [ "$(id -u)" = 0 ] || skip "Slurm's daemons have to be started by root"
    until_true sh -c 'sinfo --noheader --format=%t | grep -q idle'
}

# until_true COMMAND ...: waits for it, ten minutes at most
until_true() {
    for _ in {1..3000}; do
        ! "$@" > /dev/null 2>&1 || return 0
        sleep 0.2
    done
    echo "in vain: $*" >&2
    tail -n 5 "$BATS_FILE_TMPDIR"/*.log >&2
    return 1
}

queue_is_empty() { [ -z "$(squeue --me --noheader)" ]; }

@test "machines: Slurm makes the same bytes, and each job has its log" {
    requires_slurm
    suite $SMALL
    run make_here slurm THREADS=1
    [ "$status" = 0 ]
    says "6 jobs submitted"
    until_true queue_is_empty
    all_are_there
    [ "$(find build/jobs/smoke -name '*.seed[12].log' | wc -l)" = 6 ]
    run make_here slurm
    says "0 jobs submitted"
}

# In the place of a program that takes long: an experiment about nothing.
slow_example6() {
    rm build/float/papers/jacobsen2019/example6
    printf '#!/bin/sh\nexec "%s" "$@" --steps 80000\n' "$BUILD/tests/run" > build/float/papers/jacobsen2019/example6
    chmod +x build/float/papers/jacobsen2019/example6
}

@test "machines: a job that Slurm cancels saves, and goes on when it is submitted again" {
    requires_slurm
    suite example6
    slow_example6
    local result=results/smoke/jacobsen2019/example6.seed1 log=build/jobs/smoke/jacobsen2019/example6.seed1.log
    make_here slurm SEEDS=1
    until_true grep -q "learning nothing" $log
    run make_here slurm SEEDS=1
    says "still in the queue; wait for them, or: scancel --me --name=tangle-smoke"
    scancel --me --name=tangle-smoke
    until_true queue_is_empty
    grep -q "stopped and saved" $log
    [ -e $result.checkpoint ]
    [ ! -e $result.tsv ]
    make_here slurm SEEDS=1
    until_true [ -e $result.tsv ]
    grep -q "resumed from a checkpoint" $log
    cp $result.tsv resumed.tsv
    rm $result.tsv
    make_here SEEDS=1 $result.tsv
    cmp resumed.tsv $result.tsv
}

@test "machines: what waits for a job that fails is cancelled, and listed still" {
    requires_slurm
    suite fig3-spheres fig2-two-ways
    make_here ready
    printf '#!/bin/sh\nexit 1\n' > fails
    chmod +x fails
    cp --remove-destination -p fails build/float/papers/jacobsen2019/fig3-spheres
    make_here slurm SEEDS=1
    until_true queue_is_empty
    [ ! -e build/jobs/smoke/jacobsen2019/fig2-two-ways.seed1.log ]
    [ "$(make_here -s SEEDS=1 jobs | wc -l)" = 2 ]
}

@test "machines: without Slurm, make slurm says so" {
    suite example6
    path_without sbatch
    run env PATH="$SCRATCH/bin" make SEEDS=1 PROFILE=smoke slurm
    [ "$status" = 2 ]
    says "no sbatch here; submit from a machine of the cluster"
}
