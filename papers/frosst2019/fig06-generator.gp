# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 6: the entanglement along the training with three rules for the temperature, and how many digits
# have a neighbour of their own kind, mean and 95 % interval over seeds; below, for each rule, images of
# the first seed over two numbers of the noise.
width = 1000
height = 680
load 'common/run/figure.gp'

array rule = ['T is learned', 'T stays', 'T falls']
array metric = ['snnl', 'own_kind']
array meaning = ['SNNL, least over T', "nearest neighbour\nof its own kind"]
array mixed = [log(2), 0.5]
set multiplot
do for [p = 1:2] {
    set lmargin at screen (p == 1 ? 0.08 : 0.5599999999999999)
    set rmargin at screen (p == 1 ? 0.48 : 0.97)
    set tmargin at screen 0.96
    set bmargin at screen 0.68
    set xlabel 'step' offset 0, 0.4
    set ylabel meaning[p]
    set yrange [-0.01:(p == 1 ? 0.8 : 1.05)]
    if (p == 1) { set key at screen 0.52, 0.6 center top vertical maxrows 1 } else { unset key }
    plot for [i = 1:3] rows(rule[i], metric[p]) using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
         for [i = 1:3] rows(rule[i], metric[p]) using 2:5 with lines lc 1 + i lw 1.8 title rule[i], \
         mixed[p] with lines lc rgb 'black' dt 2 title 'perfectly mixed'
}
do for [i = 1:3] {
    set label i sprintf('%s; classes seen: %.0f', rule[i], at(rule[i], '.', 'classes')) at screen 0.02 + 0.96 * (7 + 15 * (i - 1)) / 44, 0.495 center
}
eval mosaic('.grid.png', 0.02, 0.98, 0.02, 0.47)
unset multiplot
