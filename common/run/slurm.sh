#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# slurm.sh PROFILE CORES < LIST: submits the jobs that `make jobs` lists to Slurm.
#
# Jobs that wait for nothing are one array. Those that wait for the same other jobs are one more,
# which Slurm holds until these have succeeded, and cancels if one has not. A task is a `make` of
# one line, on CORES cores, and adds to a log of its own.
#
# A job that is cancelled, preempted or out of time gets a SIGTERM first, upon which a run saves its
# checkpoint. Requeued, it goes on by itself; otherwise `make slurm` again submits what is still to be run.
#
# Partition, account, time and memory are the user's business: sbatch reads SBATCH_PARTITION,
# SBATCH_ACCOUNT, SBATCH_TIMELIMIT, SBATCH_MEM_PER_NODE and others of its manual page.
set -eu
profile=$1 cores=$2 name=tangle-$1
unset MAKEFLAGS MFLAGS MAKELEVEL

if ! command -v sbatch >/dev/null; then
    echo "slurm.sh: no sbatch here; submit from a machine of the cluster" >&2
    exit 1
fi
# What is in the queue is not there yet, and would be submitted twice.
queue=$(squeue --me --noheader --name="$name" --format=%Z)
if printf '%s\n' "$queue" | grep -qxF "$PWD"; then
    echo "slurm.sh: jobs of $name are still in the queue; wait for them, or: scancel --me --name=$name" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cat > "$work/list"
cut -f3 "$work/list" | awk '!seen[$0]++' > "$work/waits"
: > "$work/numbers"

# dependency_on TARGET ...: as sbatch wants it, of jobs that were submitted
dependency_on() {
    for target; do
        awk -v target="$target" '$1 == target { printf ":%s", $2 }' "$work/numbers"
    done
}

# submit DEPENDENCY TARGETS: an array whose task i makes target i, counted from 0; prints its number
submit() {
    sbatch --parsable --requeue --job-name="$name" --cpus-per-task="$cores" --output=/dev/null \
        --array="0-$(($(echo "$2" | wc -w) - 1))" ${1:+--dependency="afterok$1" --kill-on-invalid-dep=yes} <<END
#!/bin/sh
set -- $2
shift \$SLURM_ARRAY_TASK_ID
log=build/jobs/\${1#results/}
mkdir -p "\${log%/*}"
exec make READY=yes PROFILE=$profile THREADS=$cores "\$1" >> "\${log%.*}.log" 2>&1
END
}

while IFS= read -r waits; do
    targets=$(awk -F'\t' -v waits="$waits" '$3 == waits { printf "%s ", $1 }' "$work/list")
    # shellcheck disable=SC2086
    number=$(submit "$(dependency_on $waits)" "$targets")
    task=0
    for target in $targets; do
        echo "$target ${number%;*}_$task" >> "$work/numbers"
        task=$((task + 1))
    done
done < "$work/waits"
echo "  $(wc -l < "$work/numbers") jobs submitted; their logs: build/jobs/$profile"
