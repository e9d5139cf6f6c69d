# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 13: two modes a class, at three moments, and whether both survive.
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
    plot for [c = 0:3] for [m = 0:1] cloud('^point ', sprintf('%.0f', step), 'mode') \
        using 1:($3 == c && $4 == m ? $2 : NaN) with points pt (m ? 6 : 7) ps 0.8 lc c + 1
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
set y2label 'inertia left by two centres'
set y2range [0:1]
set y2tics 0, .25, 1
set yrange [0:*]
plot rows('minimise', 'snnl') using 2:7:8 with filledcurves lc 2 fs transparent solid 0.25 notitle, \
     rows('minimise', 'snnl') using 2:5 with lines lc 2 lw 2 title 'entanglement, mean and 95 % interval over seeds', \
     rows('minimise', 'mode_ratio') using 2:7:8 axes x1y2 with filledcurves lc 3 fs transparent solid 0.25 notitle, \
     rows('minimise', 'mode_ratio') using 2:5 axes x1y2 with lines lc 3 lw 2 dt 2 title 'inertia left by two centres, worst class (right)', \
     0.5 axes x1y2 with lines ls published dt 3 title 'one round cloud would leave 0.68; the claim is below 0.5'
unset multiplot
