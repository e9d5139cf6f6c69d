# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Points of four classes at the first step, the tenth and the last: mixed, then in groups of one class. Below, entanglement falls, the share with a neighbour alike rises.
# Figure 1: the points at three moments, and the entanglement along the way.
width = 1000
height = 720
load 'common/run/figure.gp'

last = real(system(sprintf("awk -F'\\t' '$1 == \"minimise\" && $2 + 0 > m { m = $2 + 0 } END { print m }' %s", seed)))
set multiplot title sprintf('Figure 1: classes drawn at random are isolated; points of seed %s', run_number) font ',14'
unset tics
set border 15
eval square_around('^point ', '', 'class')
do for [panel = 0:2] {
    step = panel == 0 ? 0 : panel == 1 ? 10 : last
    set origin panel / 3.0, 0.45
    set size square 0.333, 0.5
    set title sprintf("step %.0f, entanglement %.2f", step, abs(at('minimise', sprintf('%.0f', step), 'snnl')))
    if (panel == 1) { set key at screen 0.5, 0.46 center top vertical maxrows 1 } else { unset key }
    plot for [c = 0:3] cloud('^point ', sprintf('%.0f', step), 'class') \
             using 1:($3 == c ? $2 : NaN) with points pt shape[c + 1] ps 0.8 lc c + 1 notitle, \
         for [c = 0:3] keyentry with points pt shape[c + 1] ps 1 lc c + 1 title sprintf('class %d', c + 1)
}
set size nosquare 1, 0.41
set origin 0, 0
unset title
set border 3
eval tics_shown
set key inside top right vertical maxrows auto
set xlabel 'step of gradient descent'
set ylabel 'entanglement (SNNL)'
set y2label 'neighbour of own class'
set y2range [0:1]
set y2tics 0, .25, 1
set autoscale x
set yrange [0:*]
plot rows('minimise', 'snnl') using 2:7:8 with filledcurves lc 2 fs transparent solid 0.25 notitle, \
     rows('minimise', 'snnl') using 2:5 with lines lc 2 lw 2 title 'entanglement, mean; its 95 % interval where that is wider than the line', \
     rows('minimise', 'knn_accuracy') using 2:5 axes x1y2 with lines lc 3 lw 2 dt 2 title 'share with a nearest neighbour of their class (right)'
unset multiplot
