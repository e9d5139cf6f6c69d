# SPDX-License-Identifier: GPL-3.0-or-later
# A column of Table 1: errors of each loss and classifier, published (open squares) and ours (dots, with the 95 %
# interval of the mean over seeds). The line is our cross-entropy. `table` is the experiment, `name` the data set.
width = 760
height = 380
load 'common/run/figure.gp'

array series = ['cross-entropy argmax', 'proposed 1-NN', 'proposed 10-NN', 'proposed RBF SVC']
array label = ['cross-entropy, argmax', 'proposed, 1-NN', 'proposed, 10-NN', 'proposed, RBF SVC']
base = real(system(sprintf("awk -F'\\t' '$1 == \"cross-entropy argmax\" && $3 == \"error\" { print $5; exit }' %s", summary)))

eval show_stand_in
set title 'Table 1: '.name.', test error in percent' font ',14'
set lmargin 24
set yrange [-0.6:3.6]
set ytics ()
do for [i = 1:4] { set ytics add (label[i] 4 - i) }
set xrange [0:*<100]
set offsets 0, graph 0.06, 0, 0
set arrow 1 from base, graph 0 to base, graph 1 as 1
set key outside bottom center horizontal
plot for [i = 1:4] rows(series[i], 'error') using 5:(4 - i):7:8 with xerrorbars pt 7 ps 0.8 lc (i == 1 ? 3 : 2) lw 1.5 notitle, \
     for [i = 1:4] theirs(table, series[i], 'error') using 2:(4 - i) with points ls published lw 1.6 notitle, \
     keyentry with points pt 7 ps 0.8 lc 2 title 'ours, mean and 95 % interval', \
     keyentry with lines lc rgb grey dt 2 title 'our cross-entropy', \
     keyentry with points ls published lw 1.6 title 'published'
