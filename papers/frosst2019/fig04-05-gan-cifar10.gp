# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 4: maps of real and synthetic images at four moments of the vanilla game, of the first seed.
# Figure 5: their entanglement along two games, and how many have a neighbour of their own kind, mean and
# 95 % interval over seeds; and the last samples.
width = 1000
height = 820
load 'common/run/figure.gp'

array game = ['vanilla', 'Wasserstein']
array metric = ['snnl', 'own_kind']
array meaning = ['SNNL, least over T', "nearest neighbour\nof its own kind"]
array mixed = [log(2), 0.5]
set multiplot
unset tics
set border 15
do for [k = 0:3] {
    set origin k * 0.25, 0.665
    set size square 0.25, 0.325
    name = sprintf('map %d', k)
    eval square_around('^point '.name.' ', '', 'class')
    set title sprintf("step %.0f, SNNL %.2f", at(name, '.', 'step'), abs(at(name, '.', 'snnl'))) offset 0, -0.5
    if (k == 3) { set key at screen 0.5, 0.66 center top vertical maxrows 1 } else { unset key }
    plot for [c = 0:1] cloud('^point '.name.' ', '', 'class') using 1:($3 == c ? $2 : NaN) \
             with points pt (c ? 2 : 7) ps 0.4 lc rgb (c ? '#d55e00' : '#0072b2') notitle, \
         keyentry with points pt 7 ps 1 lc rgb '#0072b2' title 'real', \
         keyentry with points pt 2 ps 1 lc rgb '#d55e00' title 'synthetic'
}
set size nosquare 1, 0.3
unset title
set border 3
eval tics_shown
set autoscale
do for [p = 1:2] {
    set lmargin at screen (p == 1 ? 0.08 : 0.5599999999999999)
    set rmargin at screen (p == 1 ? 0.48 : 0.97)
    set tmargin at screen 0.58
    set bmargin at screen 0.33
    set xlabel 'step' offset 0, 0.4
    set ylabel meaning[p]
    set yrange [-0.01:(p == 1 ? 0.8 : 1.05)]
    if (p == 1) { set key at screen 0.52, 0.26 center top vertical maxrows 1 } else { unset key }
    plot for [i = 1:2] rows(game[i], metric[p]) using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
         for [i = 1:2] rows(game[i], metric[p]) using 2:5 with lines lc 1 + i lw 1.8 title game[i], \
         mixed[p] with lines lc rgb 'black' dt 2 title 'perfectly mixed'
}
do for [i = 1:2] { set label i game[i] at screen 0.12, 0.02 + 0.171 * (2.5 - i) / 2 right }
eval mosaic('.samples.png', 0.13, 0.97, 0.02, 0.191)
unset multiplot
