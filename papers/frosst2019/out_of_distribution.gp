# SPDX-License-Identifier: GPL-3.0-or-later
# Figures 12, 21 and 22: a layer of two networks, mapped, and how far apart known and strange rows are in the
# layer itself, over the seeds. `what` says what is mapped, `known` and `strange` the two kinds.
width = 1000
height = 560
load 'common/run/figure.gp'

array model = ['baseline', 'entangled']

eval show_stand_in
set multiplot title sprintf('%s; points of seed %s, numbers over all', what, run_number) font ',14'
unset tics
set border 15
do for [m = 1:2] {
    set origin (m - 1) * 0.5, 0.09
    set size square 0.5, 0.85
    eval square_around('^point '.model[m].' ', '', 'class')
    if (m == 2) { set key at screen 0.5, 0.05 center top vertical maxrows 1 } else { unset key }
    set title model[m] offset 0, -0.4
    set xlabel sprintf("told apart by distance %.2f, neighbours of its kind %.2f", mean(model[m], 'auroc'), mean(model[m], 'apart')) offset 0, -0.2 font ',11'
    plot for [k = 0:1] cloud('^point '.model[m].' ', '', 'class') using 1:($3 == k ? $2 : NaN) \
             with points pt (k ? 2 : 7) ps (k ? 0.5 : 0.4) lc rgb (k ? '#d55e00' : '#0072b2') notitle, \
         keyentry with points pt 7 ps 1 lc rgb '#0072b2' title known, \
         keyentry with points pt 2 ps 1 lc rgb '#d55e00' title strange
}
unset multiplot
