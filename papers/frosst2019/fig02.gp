# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Six clouds of four classes: triplet loss above, soft nearest neighbour loss below; minimised left, the start in the middle, maximised right. Separation and spread below each.
# Figure 2: two rows of three clouds, as in the paper: minimised, initial, maximised.
width = 900
height = 790
load 'common/run/figure.gp'

array who = ['triplet', 'snnl']
array label = ['triplet loss', 'soft nearest neighbour loss']

unset tics
set border 15
set multiplot title sprintf('Figure 2: points of seed %s, numbers over all seeds', run_number) font ',14'
do for [row = 1:2] {
    do for [column = 1:3] {
        series = column == 2 ? 'initial' : who[row].(column == 1 ? '-minimise' : '-maximise')
        set origin (column - 1) / 3.0, 0.05 + (2 - row) * 0.45
        set size square 0.333, 0.45
        eval square_around('^point '.series.'$', '', 'class')
        if (row == 2 && column == 2) { set key at screen 0.5, 0.045 center top vertical maxrows 1 } else { unset key }
        set title (column == 2 ? 'at the start' : label[row].(column == 1 ? ', minimised' : ', maximised')) offset 0, -0.4 font ',11'
        set xlabel sprintf('separation %.2f, spread of the radius %.2f', mean(series, 'separation'), mean(series, 'radius_cv')) offset 0, -0.2 font ',10'
        plot for [c = 0:3] cloud('^point '.series.'$', '', 'class') \
                 using 1:($3 == c ? $2 : NaN) with points pt shape[c + 1] ps 0.75 lc c + 1 notitle, \
             for [c = 0:3] keyentry with points pt shape[c + 1] ps 1 lc c + 1 title sprintf('class %d', c + 1)
    }
}
unset multiplot
