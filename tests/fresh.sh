#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fresh.sh DIRECTORY: README's two commands on a Debian 12 where nothing was installed by hand.
#
# It puts a minimal Debian into DIRECTORY, which must not be there yet, with a copy of what is committed here and git's and
# make's packages, and runs the commands in it. Only root may, and needs debootstrap, 4 GB and an hour. The package sources and
# the certificates that are trusted are this machine's; DATA_MIRROR is shown to it, if it is set. What was made is left under
# DIRECTORY/tangle.
set -eu

[ $# = 1 ] || { echo "usage: fresh.sh DIRECTORY" >&2; exit 64; }
[ ! -e "$1" ] || { echo "fresh.sh: $1 is there already; expected a new directory" >&2; exit 64; }
[ "$(id -u)" = 0 ] || { echo "fresh.sh: expected root, who alone may change the root directory" >&2; exit 1; }
command -v debootstrap > /dev/null || { echo "fresh.sh: debootstrap is not here: apt-get install debootstrap" >&2; exit 1; }

debootstrap --variant=minbase bookworm "$1"
root=$(realpath "$1")
rm -f "$root/etc/apt/sources.list"
cp -r /etc/apt/sources.list* /etc/apt/apt.conf.d "$root/etc/apt"
cp /etc/resolv.conf "$root/etc"
cp -r /usr/local/share/ca-certificates "$root/usr/local/share"
git clone --quiet "$(dirname "$0")/.." "$root/tangle"
mkdir -p "$root/mirror"

# The mounts are seen by these commands alone, and end with them.
root=$root mirror=${DATA_MIRROR:+$(realpath "$DATA_MIRROR")} unshare --mount --pid --fork sh -eu << 'INSIDE'
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
[ -z "$mirror" ] || mount --bind "$mirror" "$root/mirror"
exec env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt ${mirror:+DATA_MIRROR=/mirror} chroot "$root" bash -euc '
    apt-get -qq update
    apt-get -qqy install git make
    cd /tangle
    time make figures
    time make check'
INSIDE
