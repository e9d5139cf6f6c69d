# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Three maps of attack directions, coloured by the network attacked: of two baselines, two entangled, one of each. Under each, how often neighbours are of the same network.
# Figures 10 and 11: maps of the directions in which two networks are attacked, for three pairs of networks.
width = 1100
height = 500
load 'common/run/figure.gp'

array pair = ['baseline', 'entangled', 'one of each']
array label = ['two baselines (Figure 10)', 'two entangled (Figure 11)', 'one of each']

set multiplot title sprintf('Directions of attack; points of seed %s, numbers over all seeds', run_number) font ',14'
unset tics
set border 15
do for [p = 1:3] {
    set origin (p - 1) / 3.0, 0.08
    set size square 0.333, 0.86
    eval square_around('^point '.pair[p].' ', '', 'class')
    if (p == 2) { set key at screen 0.5, 0.06 center top vertical maxrows 1 } else { unset key }
    set title label[p] offset 0, -0.4
    set xlabel sprintf("neighbours of the same network %.2f\ncosine between them %.2f", mean(pair[p], 'same_model'), mean(pair[p], 'cosine')) offset 0, 0.2 font ',11'
    plot for [k = 0:1] cloud('^point '.pair[p].' ', '', 'class') using 1:($3 == k ? $2 : NaN) \
             with points pt (k ? 9 : 7) ps 0.4 lc rgb (k ? '#e69f00' : '#0072b2') notitle, \
         keyentry with points pt 7 ps 1 lc rgb '#0072b2' title 'one network', \
         keyentry with points pt 9 ps 1 lc rgb '#e69f00' title 'the other'
}
unset multiplot
