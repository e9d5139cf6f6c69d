# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Points of four classes at epochs 0, 20 and 50, fixed temperature above, falling below; under them entanglement and neighbours of other classes over epochs, the falling one drops first.
# Figure 1: fixed temperature above, annealing below, at epochs 0, 20 and 50; then both
# measures along the epochs.
width = 1000
height = 1120
load 'common/run/figure.gp'

array who = ['fixed', 'annealing']
array label = ['trained at T = 1', 'annealing T']
array epoch = [0, 20, 50]

set multiplot title sprintf('Figure 1: a fixed and a falling temperature; points of seed %s', run_number) font ',14'
unset tics
set border 15
eval square_around('^point ', '', 'class')
do for [row = 1:2] {
    do for [column = 1:3] {
        set origin (column - 1) / 3.0, 0.965 - 0.325 * row
        set size square 0.333, 0.325
        set title sprintf("%s, epoch %d\nentanglement at T = 0.1: %.2f", label[row], epoch[column], abs(at(who[row], sprintf('%d', epoch[column]), 'snnl'))) font ',11'
        if (row == 2 && column == 2) { set key at screen 0.5, 0.315 center top vertical maxrows 1 } else { unset key }
        plot for [c = 0:3] cloud('^point '.who[row].' ', sprintf('%d', epoch[column]), 'class') \
                 using 1:($3 == c ? $2 : NaN) with points pt shape[c + 1] ps 0.6 lc c + 1 notitle, \
             for [c = 0:3] keyentry with points pt shape[c + 1] ps 1 lc c + 1 title sprintf('class %d', c + 1)
    }
}
set border 3
eval tics_shown
set key inside top right vertical maxrows auto
set xlabel 'epoch'
set autoscale x
set yrange [0:*]
array metric = ['snnl', 'knn_error']
array axis = ['entanglement (SNNL at T = 0.1)', 'share whose nearest neighbour is of another class']
do for [column = 1:2] {
    set origin (column - 1) * 0.5, 0
    set size nosquare 0.5, 0.28
    set title axis[column] font ',12'
    plot for [i = 1:2] rows(who[i], metric[column]) using 2:7:8 with filledcurves lc 4 - i fs transparent solid 0.25 notitle, \
         for [i = 1:2] rows(who[i], metric[column]) using 2:5 with lines lc 4 - i lw 2 dt 3 - i title label[i].', mean and 95 % interval'
}
unset multiplot
