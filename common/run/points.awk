# SPDX-License-Identifier: GPL-3.0-or-later
# points.awk -v name=PATTERN -v x=X -v last=METRIC: gathers the rows of each point.
# With x empty, the second column tells points apart instead of choosing among them.
$1 ~ name && (x == "" || $2 == x) {
    line = line (line == "" ? "" : "\t") $4
    if ($3 == last) { print line; line = "" }
}
