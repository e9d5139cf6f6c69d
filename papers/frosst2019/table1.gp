# SPDX-License-Identifier: GPL-3.0-or-later
# Table 1, a data set: on the left the accuracy of both models, published averages (open
# squares) and ours (dots, with the 95 % interval of the mean over seeds); on the right the
# test accuracy on the way. `table` is the experiment, `name` the data set.
width = 1000
height = 440
load 'common/run/figure.gp'

array model = ['baseline', 'entangled']

eval show_stand_in
set multiplot layout 1,2 title 'Table 1: '.name font ',14' margins 0.11, 0.965, 0.27, 0.85 spacing 0.1, 0
set title 'test accuracy at the end' offset 0, -0.5
set yrange [-0.6:1.6]
set ytics ('baseline' 1, 'entangled' 0)
set xtics rotate by -30
set offsets graph 0.1, graph 0.1, 0, 0
unset key
plot for [i = 1:2] rows(model[i], 'accuracy') using 5:(2 - i):7:8 with xerrorbars pt 7 ps 0.7 lc 4 - i lw 1.5 notitle, \
     for [i = 1:2] theirs(table, model[i], 'accuracy') using 2:(2 - i) with points ls published lw 1.6 notitle
unset label 1
set title 'test accuracy on the way' offset 0, -0.5
set xtics norotate
set xlabel 'step' offset 0, 0.4
set autoscale y
set ytics auto
set offsets 0, 0, 0, 0
set key at screen 0.53, 0.13 center top vertical maxrows 2
plot for [i = 1:2] rows(model[i], 'test_accuracy') using 2:7:8 with filledcurves lc 4 - i fs transparent solid 0.2 notitle, \
     for [i = 1:2] rows(model[i], 'test_accuracy') using 2:5 with linespoints lc 4 - i lw 1.8 pt shape[i] ps 0.7 title model[i].', mean and 95 % interval', \
     1/0 with points ls published lw 1.6 title 'published, average'
unset multiplot
