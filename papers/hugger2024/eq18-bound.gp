# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Information of smoothed labels over epsilon, falling to nought, and bounds for N of 1, 4, 16, 64: equation 18 left, the closer, proven one right.
# Equation 18: information of smoothed labels, and its bounds, along epsilon: the run of the first seed.
width = 1000
height = 470
load 'common/run/figure.gp'

array N = [1, 4, 16, 64]
array metric = ['bound', 'proven']
array label = ['log N - loss (equation 18)', 'log (N + 1) - loss (proven)']

set multiplot title sprintf('Equation 18: the information of smoothed labels, and bounds of it; seed %s', run_number) font ',14'
set xlabel 'epsilon, smoothing of the labels'
set xrange [0:1]
set yrange [-0.8:*]
do for [panel = 1:2] {
    set origin (panel - 1) * 0.5, 0.1
    set size 0.5, 0.84
    set title label[panel]
    if (panel == 1) { set ylabel 'nats' } else { unset ylabel }
    if (panel == 2) { set key at screen 0.5, 0.09 center top horizontal maxrows 1 font ',11' width -2 } else { unset key }
    plot sprintf("< awk -F'\t' '$1 == \"information\" && $3 == \"bound\"' %s", seed) using 2:4 with lines lc rgb 'black' lw 2 title 'information', \
         for [i = 1:4] sprintf("< awk -F'\t' '$1 == \"N = %d\" && $3 == \"%s\"' %s", N[i], metric[panel], seed) using 2:4 with linespoints lc i + 1 lw 1.5 pt shape[i] ps 0.6 title sprintf('N = %d', N[i])
}
unset multiplot
