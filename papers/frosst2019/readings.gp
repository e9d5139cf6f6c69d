# SPDX-License-Identifier: GPL-3.0-or-later
# Readings: accuracy on held-out images under each reading, mean and every seed; Fashion-MNIST
# left, MNIST right. The line is the baseline.
width = 1000
height = 560
load 'common/run/figure.gp'

fashion = 'baseline|alpha -0.001|alpha -0.01|alpha -0.03|alpha -0.1|alpha -0.3|alpha -1|alpha -10|alpha +0.1|T starts at 1|T starts at 10,000|T stays at 100|T is the best|normalised|normalised, alpha -1|convolutions only'
digits = 'MNIST baseline|MNIST alpha -0.01|MNIST alpha -0.1|MNIST alpha -0.3|MNIST alpha -1'
places(order) = sprintf("awk -v order='%s' 'BEGIN { n = split(order, o, \"|\"); for (i = 1; i <= n; i++) printf \"%%s\\x27%%s\\x27 %%d\", (i > 1 ? \", \" : \"\"), o[i], n - i }'", order)
ours(order, columns) = sprintf("< awk -F'\\t' -v OFS='\\t' -v order='%s' 'BEGIN { n = split(order, o, \"|\"); for (i = 1; i <= n; i++) at[o[i]] = n - i } $2 == \".\" && $3 == \"accuracy\" && $1 in at { print $5, $9, $10, at[$1] }' %s", order, summary)
base(series) = real(system(sprintf("awk -F'\\t' '$1 == \"%s\" && $2 == \".\" && $3 == \"accuracy\" { print $5 }' %s", series, summary)))

array order = [fashion, digits]
array title_of = ['Fashion-MNIST', 'MNIST']
array first = ['baseline', 'MNIST baseline']
set multiplot
do for [k = 1:2] {
    set lmargin at screen (k == 1 ? 0.18 : 0.67)
    set rmargin at screen (k == 1 ? 0.49 : 0.97)
    set bmargin at screen 0.15
    set tmargin at screen 0.94
    set title title_of[k] offset 0, -0.5
    set xlabel 'accuracy on held-out images' offset 0, 0.4
    set yrange [-0.6:(k == 1 ? 15.6 : 4.6)]
    set xtics rotate by -55
    set offsets graph 0.05, graph 0.05, 0, 0
    unset key
    eval 'set ytics ('.system(places(order[k])).')'
    set arrow 1 from base(first[k]), graph 0 to base(first[k]), graph 1 nohead lc rgb grey dt 2
    plot ours(order[k], 0) using 1:4:2:3 with xerrorbars pt 7 ps 0.8 lc 2 lw 1.4
}
unset multiplot
