# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 1: the points at three moments, and the entanglement along the way.
width = 1000
height = 640
load 'common/run/figure.gp'

last = real(system(sprintf("awk -F'\\t' '$1 == \"minimise\" && $2 + 0 > m { m = $2 + 0 } END { print m }' %s", seed)))
set multiplot
set size ratio -1
set offsets graph .05, graph .05, graph .05, graph .05
unset key
unset tics
set border 15
do for [panel = 0:2] {
    step = panel == 0 ? 0 : panel == 1 ? 10 : last
    set origin panel / 3.0, 0.42
    set size 0.333, 0.56
    set title sprintf("step %.0f, entanglement %.2f", step, abs(at('minimise', sprintf('%.0f', step), 'snnl')))
    plot for [c = 0:3] cloud('^point ', sprintf('%.0f', step), 'class') \
        using 1:($3 == c ? $2 : NaN) with points pt shape[c + 1] ps 0.8 lc c + 1
}
set size noratio
set offsets 0, 0, 0, 0
set size 1, 0.42
set origin 0, 0
unset title
set border 3
set tics
set key top right
set xlabel 'step of gradient descent'
set ylabel 'entanglement (SNNL)'
set y2label 'nearest neighbour of own class'
set y2range [0:1]
set y2tics 0, .25, 1
set yrange [0:*]
plot rows('minimise', 'snnl') using 2:7:8 with filledcurves lc 2 fs transparent solid 0.25 notitle, \
     rows('minimise', 'snnl') using 2:5 with lines lc 2 lw 2 title 'entanglement, mean and 95 % interval over seeds', \
     rows('minimise', 'knn_accuracy') using 2:5 axes x1y2 with lines lc 3 lw 2 dt 2 title 'share with a nearest neighbour of their class (right)'
unset multiplot
