# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Accuracy on held-out images, a dot with its range for each reading of graph smoothness or cross-entropy; vertical lines mark the reading used elsewhere and plain cross-entropy.
# Readings: accuracy on held-out images under each reading, mean and range over seeds, in the order of the result. The lines are
# the first reading and cross-entropy.
width = 760
height = 490
load 'common/run/figure.gp'

lines = sprintf("awk -F'\\t' -v OFS='\\t' '$2 == \".\" && $3 == \"accuracy\" { line[n++] = $1 OFS $5 OFS $9 OFS $10 } END { for (i = 0; i < n; i++) print line[i], n - 1 - i }' %s", summary)
places = system(lines." | awk -F'\\t' '{ printf \"%s\\x27%s\\x27 %d\", (NR > 1 ? \", \" : \"\"), $1, $5 }'")
count = int(system(lines." | wc -l"))
base(series) = real(system(sprintf("awk -F'\\t' '$1 == \"%s\" && $2 == \".\" && $3 == \"accuracy\" { print $5 }' %s", series, summary)))

set lmargin 32
set title sprintf('Table 1 read in other ways, CIFAR-10, %s', seeds > 1 ? sprintf('mean and range of %d seeds', seeds) : 'one seed') font ',14'
set xlabel 'accuracy on held-out images (%)' offset 0, 0.4
set yrange [-0.6:count - 0.4]
set offsets graph 0.05, graph 0.05, 0, 0
unset key
eval 'set ytics ('.places.')'
set arrow 1 from base('as elsewhere'), graph 0 to base('as elsewhere'), graph 1 nohead lc 2 dt 2
set arrow 2 from base('cross-entropy'), graph 0 to base('cross-entropy'), graph 1 nohead lc 3 dt 2
plot '< '.lines using 2:5:3:4:(strstrt(stringcolumn(1), 'cross-entropy') ? 3 : 2) with xerrorbars pt 7 ps 0.8 lc variable lw 1.4
