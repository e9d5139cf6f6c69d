# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 1: fixed temperature above, annealing below, at epochs 0, 20 and 50; then both
# measures along the epochs.
width = 1000
height = 900
load 'common/run/figure.gp'

array who = ['fixed', 'annealing']
array label = ['fixed T = 1', 'annealing T']
array epoch = [0, 20, 50]

set multiplot
unset key
unset tics
set border 15
set size ratio -1
set offsets graph .05, graph .05, graph .05, graph .05
do for [row = 1:2] {
    do for [column = 1:3] {
        set origin (column - 1) / 3.0, 1 - 0.33 * row
        set size 0.333, 0.33
        set title sprintf('%s, epoch %d: entanglement %.2f', label[row], epoch[column], abs(at(who[row], sprintf('%d', epoch[column]), 'snnl'))) font ',11'
        plot for [c = 0:3] cloud('^point '.who[row].' ', sprintf('%d', epoch[column]), 'class') \
            using 1:($3 == c ? $2 : NaN) with points pt shape[c + 1] ps 0.6 lc c + 1
    }
}
set size noratio
set offsets 0, 0, 0, 0
set border 3
set tics
unset title
set key top right
set xlabel 'epoch'
set yrange [0:*]
array metric = ['snnl', 'knn_error']
array axis = ['entanglement (SNNL at T = 0.1)', 'nearest neighbour of another class']
do for [column = 1:2] {
    set origin (column - 1) * 0.5, 0
    set size 0.5, 0.33
    set ylabel axis[column]
    plot for [i = 1:2] rows(who[i], metric[column]) using 2:7:8 with filledcurves lc 4 - i fs transparent solid 0.25 notitle, \
         for [i = 1:2] rows(who[i], metric[column]) using 2:5 with lines lc 4 - i lw 2 dt 3 - i title label[i]
}
unset multiplot
