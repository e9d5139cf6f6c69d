# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Five data sets in the plane, from modes 90 degrees apart, in separate groups, to 18 degrees, where they blend; last, three measures of all nine over alignment.
# Figure 5: five data sets in the plane, ten of the twenty Gaussians by colour and shape and the others in grey; and the
# measures of all nine.
width = 1050
height = 800
load 'common/run/figure.gp'

array colour = ['#000000', '#e69f00', '#56b4e9', '#009e73', '#d0c000', '#0072b2', '#d55e00', '#cc79a7', '#8b4513', '#7570b3']
array mark = [7, 9, 13, 11, 5, 15, 6, 8, 12, 10]

set multiplot title sprintf('Figure 5: the data sets of Figure 1; points of seed %s', run_number) font ',14'
unset tics
set border 15
unset key
do for [panel = 0:4] {
    percent = sprintf('%d', 20 * panel)
    set origin (panel % 3) / 3.0, panel < 3 ? 0.5 : 0.02
    set size square 0.333, 0.46
    eval square_around('^point ', percent, 'mode')
    set title sprintf("%s %% alignment: modes %.0f degrees apart\nneighbour alike: %.2f, before t-SNE %.2f", percent, at('labels', percent, 'angle'), at('map', percent, 'knn_accuracy'), at('space', percent, 'knn_accuracy')) font ',10'
    plot cloud('^point ', percent, 'mode') using ($3 > 9 ? $1 : NaN):2 with points pt 7 ps 0.35 lc rgb '#c8c8c8', \
         for [k = 0:9] cloud('^point ', percent, 'mode') using ($3 == k ? $1 : NaN):2 with points pt mark[k + 1] ps 0.5 lc rgb colour[k + 1]
}
set size nosquare 0.333, 0.48
set origin 0.667, 0.02
set border 3
eval tics_shown
set title 'all nine data sets' font ',10'
set bmargin at screen 0.17
set tmargin at screen 0.43
set xlabel 'alignment of the modes, %' offset 0, 0.3
set xrange [-3:83]
set yrange [0:1.05]
set key at screen 0.985, 0.09 right top vertical maxrows 4 font ',9'
plot rows('space', 'knn_accuracy') using 2:5 with linespoints lc 2 lw 2 pt 7 ps 0.7 title 'neighbour of the same Gaussian', \
     rows('space', 'linear_accuracy') using 2:5 with linespoints lc 3 lw 2 pt 9 ps 0.7 title 'Gaussian named by the largest score', \
     rows('labels', 'entropy') using 2:($5 / log(20)) with linespoints lc 4 lw 2 pt 13 ps 0.7 title 'entropy of the labels, of its maximum'
unset multiplot
