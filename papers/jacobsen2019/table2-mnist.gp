# SPDX-License-Identifier: GPL-3.0-or-later
# Table 2: errors of the scores and of a classifier of the nuisances, published (open squares) and ours (dots, with
# the 95 % interval of the mean over seeds).
width = 1000
height = 420
load 'common/run/figure.gp'

ours(m) = sprintf("< awk -F'\\t' -v OFS='\\t' '($1 == \"CE\" || $1 == \"iCE\") && $2 == \".\" && $3 == \"%s\" { print ($1 == \"CE\"), $5, $7, $8 }' %s", m, summary)
theirs(m) = sprintf("< awk -F'\\t' -v OFS='\\t' '$3 == \"table2-mnist\" && $6 == \"%s\" && $7 == \"value\" { print ($4 == \"CE\"), $10; found = 1 } END { if (!found) print \".\", \".\" }' %s", m, verdicts)
array first = ['test_error', 'nuisance_test_error']
array second = ['train_error', 'nuisance_train_error']
array name = ['the scores: error (%)', 'a classifier of the nuisances: error (%)']

eval show_stand_in
set multiplot layout 1,2 title 'Table 2: what tells the class of a digit' font ',14' margins 0.08, 0.97, 0.3, 0.85 spacing 0.1, 0
set yrange [-0.5:1.5]
set ytics ('CE' 1, 'iCE' 0)
set offsets graph 0.05, graph 0.05, 0, 0
do for [p = 1:2] {
    set xlabel name[p] offset 0, 0.3
    set xrange [(p == 1 ? -0.1 : -3):*]
    if (p == 2) { set xtics 0, 5 }
    if (p == 2) { set key at screen 0.5, 0.13 center top vertical maxrows 2 } else { unset key }
    plot ours(first[p]) using 2:($1 + 0.12):3:4 with xerrorbars pt 7 ps 0.8 lc 6 lw 1.5 title 'test, ours', \
         theirs(first[p]) using 2:($1 + 0.12) with points ls published lc 6 lw 1.6 title 'test, published', \
         ours(second[p]) using 2:($1 - 0.12):3:4 with xerrorbars pt 9 ps 0.9 lc 7 lw 1.5 title 'training, ours', \
         theirs(second[p]) using 2:($1 - 0.12) with points ls published lc 7 lw 1.6 title 'training, published'
}
unset multiplot
