# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 17: entanglement of real and synthetic digits along three games, mean and 95 % interval over
# seeds; below, the last samples of the first seed.
width = 1000
height = 720
load 'common/run/figure.gp'

array game = ['vanilla', 'least squares', 'Wasserstein']
set multiplot
set lmargin at screen 0.13
set rmargin at screen 0.97
set tmargin at screen 0.96
set bmargin at screen 0.55
set xlabel 'step' offset 0, 0.4
set ylabel 'soft nearest neighbour loss, least over T'
set yrange [0:0.8]
set key at screen 0.55, 0.485 center top horizontal maxrows 1
plot for [i = 1:3] rows(game[i], 'snnl') using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
     for [i = 1:3] rows(game[i], 'snnl') using 2:5 with lines lc 1 + i lw 1.8 title game[i], \
     log(2) with lines lc rgb grey dt 2 title 'perfectly mixed, log 2'
do for [i = 1:3] { set label i game[i] at screen 0.12, 0.03 + 0.39 * (3.5 - i) / 3 right }
eval mosaic('.samples.png', 0.13, 0.97, 0.03, 0.42)
unset multiplot
