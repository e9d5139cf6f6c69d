# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Points of four classes of two modes at the first step, the tenth and the last; below, over steps, entanglement and the inertia two centres leave, with the claim's line.
# Figure 13: two modes a class, at three moments, and whether both survive.
width = 1000
height = 720
load 'common/run/figure.gp'

last = real(system(sprintf("awk -F'\\t' '$1 == \"minimise\" && $2 + 0 > m { m = $2 + 0 } END { print m }' %s", seed)))
set multiplot title sprintf('Figure 13: a class may keep two modes; points of seed %s', run_number) font ',14'
unset tics
set border 15
eval square_around('^point ', '', 'mode')
do for [panel = 0:2] {
    step = panel == 0 ? 0 : panel == 1 ? 10 : last
    set origin panel / 3.0, 0.45
    set size square 0.333, 0.5
    set title sprintf("step %.0f, entanglement %.2f", step, abs(at('minimise', sprintf('%.0f', step), 'snnl')))
    if (panel == 1) { set key at screen 0.5, 0.46 center top vertical maxrows 1 } else { unset key }
    plot for [c = 0:3] for [m = 0:1] cloud('^point ', sprintf('%.0f', step), 'mode') \
             using 1:($3 == c && $4 == m ? $2 : NaN) with points pt (m ? 6 : 7) ps 0.8 lc c + 1 notitle, \
         for [c = 0:3] keyentry with points pt 7 ps 1 lc c + 1 title sprintf('class %d', c + 1), \
         keyentry with points pt 6 ps 1 lc rgb 'black' title 'second mode'
}
set size nosquare 1, 0.41
set origin 0, 0
unset title
set border 3
eval tics_shown
set key inside top right vertical maxrows auto
set xlabel 'step of gradient descent'
set ylabel 'entanglement (SNNL)'
set y2label 'inertia left by two centres'
set y2range [0:1]
set y2tics 0, .25, 1
set autoscale x
set yrange [0:*]
plot rows('minimise', 'snnl') using 2:7:8 with filledcurves lc 2 fs transparent solid 0.25 notitle, \
     rows('minimise', 'snnl') using 2:5 with lines lc 2 lw 2 title 'entanglement, mean and 95 % interval over seeds', \
     rows('minimise', 'mode_ratio') using 2:7:8 axes x1y2 with filledcurves lc 3 fs transparent solid 0.25 notitle, \
     rows('minimise', 'mode_ratio') using 2:5 axes x1y2 with lines lc 3 lw 2 dt 2 title 'inertia left by two centres, worst class (right)', \
     0.5 axes x1y2 with lines ls published dt 3 title 'one round cloud would leave 0.68; the claim is below 0.5'
unset multiplot
