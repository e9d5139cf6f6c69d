# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 17: entanglement of real and synthetic digits along three games, and how many have a neighbour
# of their own kind, mean and 95 % interval over seeds; below, the last samples of the first seed.
width = 1000
height = 700
load 'common/run/figure.gp'

array game = ['vanilla', 'least squares', 'Wasserstein']
array metric = ['snnl', 'own_kind']
array meaning = ['SNNL, least over T', "nearest neighbour\nof its own kind"]
array mixed = [log(2), 0.5]
set multiplot
do for [p = 1:2] {
    set lmargin at screen (p == 1 ? 0.08 : 0.5599999999999999)
    set rmargin at screen (p == 1 ? 0.48 : 0.97)
    set tmargin at screen 0.96
    set bmargin at screen 0.57
    set xlabel 'step' offset 0, 0.4
    set ylabel meaning[p]
    set yrange [-0.01:(p == 1 ? 0.8 : 1.05)]
    if (p == 1) { set key at screen 0.52, 0.495 center top vertical maxrows 1 } else { unset key }
    plot for [i = 1:3] rows(game[i], metric[p]) using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
         for [i = 1:3] rows(game[i], metric[p]) using 2:5 with lines lc 1 + i lw 1.8 title game[i], \
         mixed[p] with lines lc rgb 'black' dt 2 title 'perfectly mixed'
}
do for [i = 1:3] { set label i game[i] at screen 0.12, 0.02 + 0.432 * (3.5 - i) / 3 right }
eval mosaic('.samples.png', 0.13, 0.97, 0.02, 0.452)
unset multiplot
