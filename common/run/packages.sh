#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# packages.sh PACKAGE...: installs the Debian packages that are missing.
#
# Says what it will do before it does it. With DEPS=no it only says what is
# missing, and fails. Needs root or sudo; on a system without dpkg it trusts
# that everything is there. Only one process installs: others wait, and then find
# it done.
set -eu

command -v dpkg-query >/dev/null || exit 0
exec 9< "$0"
flock 9

missing=
for package; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
# A command that is there by another road (a compiler, a node of one's own) will do.
still=
for package in $missing; do
    case $package in
        gcc|make|npm|curl|pandoc|chromium|bats|clang|clang-tidy|shellcheck) command -v "$package" >/dev/null && continue ;;
    esac
    still="$still $package"
done
[ -n "$still" ] || exit 0

if [ "${DEPS:-yes}" = no ]; then
    echo "missing packages:$still" >&2
    echo "DEPS=no forbids to install them. Do it yourself: apt-get install$still" >&2
    exit 1
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "missing packages:$still" >&2
        echo "neither root nor sudo is here to install them; as root: apt-get install$still" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "installing Debian packages:$still"
$as_root apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $still
