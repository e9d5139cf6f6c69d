# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Errors of the scores and of a nuisance classifier after CE and iCE: published squares, our dots with intervals. On the right, that classifier's test error pass by pass.
# Table 2: errors of the scores and of a classifier of the nuisances, published (open squares) and ours (dots, with
# the 95 % interval of the mean over seeds); and the test error of that classifier along its training.
width = 1200
height = 420
load 'common/run/figure.gp'

ours(m) = sprintf("< awk -F'\\t' -v OFS='\\t' '($1 == \"CE\" || $1 == \"iCE\") && $2 == \".\" && $3 == \"%s\" { print ($1 == \"CE\"), $5, $7, $8 }' %s", m, summary)
passes(s) = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 == \"%s\" && $2 != \".\" && $3 == \"nuisance_test_error\" { print $2, $5, $7, $8 }' %s", s, summary)
array first = ['test_error', 'nuisance_test_error']
array second = ['train_error', 'nuisance_train_error']
array name = ['the scores: error (%)', 'a classifier of the nuisances: error (%)']

eval show_stand_in
set multiplot layout 1,3 title 'Table 2: what tells the class of a digit, after cross-entropy (CE) and independence cross-entropy (iCE)' font ',14' margins 0.065, 0.965, 0.3, 0.85 spacing 0.07, 0
set yrange [-0.5:1.5]
set ytics ('CE' 1, 'iCE' 0)
set offsets graph 0.05, graph 0.05, 0, 0
do for [p = 1:2] {
    set xlabel name[p] offset 0, 0.3
    set xrange [(p == 1 ? -0.1 : -3):*]
    if (p == 2) { set xtics 0, 10 }
    if (p == 2) { set key at screen 0.35, 0.13 center top vertical maxrows 2 } else { unset key }
    plot ours(first[p]) using 2:($1 + 0.12):3:4 with xerrorbars pt 7 ps 0.8 lc 6 lw 1.5 title 'test, ours: 95 % interval', \
         for [k = 0:1] theirs('table2-mnist', k ? 'CE' : 'iCE', first[p]) using 2:(k + 0.12) with points ls published lc 6 lw 1.6 title (k ? 'test, published' : ''), \
         ours(second[p]) using 2:($1 - 0.12):3:4 with xerrorbars pt 9 ps 0.9 lc 7 lw 1.5 title 'training, ours', \
         for [k = 0:1] theirs('table2-mnist', k ? 'CE' : 'iCE', second[p]) using 2:(k - 0.12) with points ls published lc 7 lw 1.6 title (k ? 'training, published' : '')
}
set offsets 0, 0, 0, 0
set xlabel 'passes of that classifier'
set title 'its test error (%), pass by pass' offset 0, -0.5
set xrange [0:*]
set yrange [0:*]
set xtics autofreq
set ytics autofreq
set key at screen 0.82, 0.13 center top vertical maxrows 1
plot passes('CE') using 1:2:3:4 with yerrorbars pt 7 ps 0.6 lc 1 lw 1.2 title 'CE', \
     passes('iCE') using 1:2:3:4 with yerrorbars pt 9 ps 0.7 lc 4 lw 1.2 title 'iCE'
unset multiplot
