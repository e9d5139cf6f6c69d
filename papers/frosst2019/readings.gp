# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Accuracy on held-out images, a dot for each reading of the entangled network, Fashion-MNIST on the left, MNIST on the right; dashed lines mark the baselines.
# Readings: accuracy on held-out images under each reading, mean and range over seeds; Fashion-MNIST
# left, MNIST right, in the order of the result. The line is the baseline.
width = 1000
height = 620
load 'common/run/figure.gp'

# The readings of one data set with their heights, and their names as tics.
of(digits) = sprintf("awk -F'\\t' -v OFS='\\t' -v digits=%d '$2 == \".\" && $3 == \"accuracy\" && ($1 ~ /^MNIST/) == digits { line[n++] = $1 OFS $5 OFS $9 OFS $10 } END { for (i = 0; i < n; i++) print line[i], n - 1 - i }' %s", digits, summary)
places(digits) = system(of(digits)." | awk -F'\\t' '{ sub(/^MNIST /, \"\", $1); printf \"%s\\x27%s\\x27 %d\", (NR > 1 ? \", \" : \"\"), $1, $5 }'")
count(digits) = int(system(of(digits)." | wc -l"))
base(series) = real(system(sprintf("awk -F'\\t' '$1 == \"%s\" && $2 == \".\" && $3 == \"accuracy\" { print $5 }' %s", series, summary)))

array title_of = ['Fashion-MNIST', 'MNIST']
array first = ['baseline', 'MNIST baseline']
set multiplot title sprintf("Table 1's network read in other ways, %s", seeds > 1 ? sprintf('mean and range of %d seeds', seeds) : 'one seed') font ',14'
set label 9 "Alpha is -0.1 where a name does not say it. T is learned where it does not say that it stays or is the best.\n".\
    "Triplet: the triplet loss in the other's place, with that alpha. The dashed line is the baseline, with neither." at screen 0.02, 0.055 left font ',11'
do for [k = 1:2] {
    set lmargin at screen (k == 1 ? 0.18 : 0.65)
    set rmargin at screen (k == 1 ? 0.49 : 0.945)
    set bmargin at screen 0.21
    set tmargin at screen 0.885
    set title title_of[k] offset 0, -0.5
    set xlabel 'accuracy on held-out images' offset 0, 0.4
    set yrange [-0.6:count(k - 1) - 0.4]
    set xtics rotate by -55
    set offsets graph 0.05, graph 0.05, 0, 0
    unset key
    eval 'set ytics ('.places(k - 1).')'
    set arrow 1 from base(first[k]), graph 0 to base(first[k]), graph 1 as 1
    plot '< '.of(k - 1) using 2:5:3:4 with xerrorbars pt 7 ps 0.8 lc 2 lw 1.4
}
unset multiplot
